"""Temporal values out of text and every value back into text: ISO 8601 as XML Schema and XPath limit it.

References
----------
DMN 1.5, clause 10.3.2.3 (lexical spaces) and 10.3.4.1 (``string()``); XML Schema part 2, clauses 3.2.6 to 3.2.9.
"""

from __future__ import annotations

import re
from decimal import Decimal

from aljabr.feel.durations import read_duration
from aljabr.feel.dynamic.budget import bounded, spend
from aljabr.feel.dynamic.calendar import MAX_OFFSET, day_number, numbered_day, valid_day, zone_named
from aljabr.feel.dynamic.values import DAY, SECOND, Callee, Clock, Day, Moment, Months, Range, Span, Value, Zone

_DAY = re.compile(r"(-?)([1-9]\d{4,8}|\d{4})-(\d\d)-(\d\d)", re.ASCII)
_CLOCK = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d(?::\d\d)?|@[^\s@]+)?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)


def day_of(text: str) -> Day | None:
    """Return the date a text names.

    Examples
    --------
    >>> day_of("2017-02-29"), day_of("-0044-03-15"), day_of("01211-12-31")
    (None, Day(year=-44, month=3, day=15), None)
    """
    found = _DAY.fullmatch(text)
    return valid_day(int(found[1] + found[2]), int(found[3]), int(found[4])) if found else None


def clock_of(text: str) -> Clock | None:
    """Return the time of day a text names."""
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3])
    nanos = int((found[4] or "0").ljust(9, "0")[:9])
    zone = zone_of(found[5] or "")
    if (found[5] and zone is None) or minute > 59 or second > 59 or hour > 23:
        return None
    return Clock(hour, minute, second, nanos, zone)


def zone_of(text: str) -> Zone | None:
    """Return the zone of ``Z`` or ``z``, ``+02:00``, ``-01:30:15`` or ``@Europe/Paris``; None when it is none."""
    if text in ("Z", "z"):
        return Zone()
    if text.startswith("@"):
        return Zone(name=text[1:]) if zone_named(text[1:]) else None
    found = _OFFSET.fullmatch(text)
    if not found or int(found[3]) > 59 or int(found[4] or 0) > 59:
        return None
    seconds = (int(found[2]) * 60 + int(found[3])) * 60 + int(found[4] or 0)
    return Zone(offset=-seconds if found[1] == "-" else seconds) if seconds <= MAX_OFFSET else None


def moment_of(text: str) -> Moment | None:
    """Return the date and time a text names; a date alone is its midnight."""
    before, mark, after = text.partition("T")
    day = day_of(before)
    if not mark:
        return Moment(day, Clock(0, 0, 0)) if day else None
    if after.startswith("24:00:00"):  # the midnight that ends the day (XML Schema part 2, clause 3.2.7)
        day = numbered_day(day_number(day) + 1) if day else None
        after = after.replace("24", "00", 1)
    clock = clock_of(after)
    return Moment(day, clock) if day and clock else None


def duration_of(text: str) -> Months | Span | None:
    """Return the duration a text names.

    Examples
    --------
    >>> duration_of("P1Y2M"), duration_of("-PT36H"), duration_of("P"), duration_of("P1DT")
    (Months(months=14), Span(nanos=-129600000000000), None, None)
    """
    found = read_duration(text)
    if found is None:
        return None
    return Months(found.size) if found.unit == "months" else Span(found.size)


def literal_of(text: str) -> Day | Clock | Moment | Months | Span | None:
    """Return what an at-literal ``@"…"`` means, None when it means nothing."""
    return (
        day_of(text)
        or (moment_of(text) if "T" in text and not text.lstrip("-").startswith("P") else None)
        or clock_of(text)
        or duration_of(text)
    )


def written(value: Value) -> str | None:
    """Return a value as ``string()`` writes it; None for null."""
    if value is None:
        return None
    if isinstance(value, str):
        return value
    text = _inside(value)
    bounded(text)
    return text


def _inside(value: Value) -> str:
    """A value inside a list or context: text in quotes, null by its name."""
    spend()
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case list():
            return f"[{', '.join(_inside(item) for item in value)}]"
        case dict():
            return f"{{{', '.join(f'{_key(key)}: {_inside(item)}' for key, item in value.items())}}}"
        case Range():
            return _range_text(value)
        case Callee():
            return f"function({', '.join(value.parameters)})"
    return temporal_text(value)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[^\s:,{}\[\]()\"]+(?: [^\s:,{}\[\]()\"]+)*", key) else _inside(key)


def _range_text(value: Range) -> str:
    if value.sign:
        return f"({value.sign} {_inside(value.low if value.low is not None else value.high)})"
    opened, closed = "[" if value.low_included else "(", "]" if value.high_included else ")"
    return f"{opened}{_inside(value.low)}..{_inside(value.high)}{closed}"


def plain(value: Decimal) -> str:
    """Return a number without an exponent and without needless zeros.

    Examples
    --------
    >>> plain(Decimal("1E+3")), plain(Decimal("0.500")), plain(Decimal("-0"))
    ('1000', '0.5', '0')
    """
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def temporal_text(value: Day | Clock | Moment | Months | Span) -> str:
    """Return a temporal value in ISO 8601, as ``string()`` writes it and ``@"…"`` reads it."""
    match value:
        case Day(year=year, month=month, day=day):
            return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}"
        case Moment(day=day, clock=clock):
            return f"{temporal_text(day)}T{temporal_text(clock)}"
        case Clock():
            fraction = f".{value.nanos:09d}".rstrip("0").rstrip(".")
            return f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}{fraction}{zone_text(value.zone)}"
        case Months(months=months):
            years, rest = divmod(abs(months), 12)
            parts = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
            return f"{'-' if months < 0 else ''}P{parts or '0M'}"
        case Span(nanos=nanos):
            return _span_text(nanos)
    raise TypeError(value)


def _span_text(nanos: int) -> str:
    days, rest = divmod(abs(nanos), DAY)
    seconds, fraction = divmod(rest, SECOND)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    second = f"{seconds}" + f".{fraction:09d}".rstrip("0").rstrip(".")
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + (f"{second}S" if second != "0" else "")
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return f"{'-' if nanos < 0 else ''}P{text or 'T0S'}"


def zone_text(zone: Zone | None) -> str:
    """Return a zone as it stands after a time: ``Z``, ``+02:00``, ``@Europe/Paris``, or nothing."""
    if zone is None:
        return ""
    if zone.name:
        return f"@{zone.name}"
    if not zone.offset:
        return "Z"
    minutes, seconds = divmod(abs(zone.offset), 60)
    tail = f":{seconds:02d}" if seconds else ""
    return f"{'-' if zone.offset < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}{tail}"
