"""Reads what people state in a form or send to the interface: answers, amounts, days, telephone numbers. Both doors come here.

Every value goes through the reader that intake uses (``aljabr.formats``, ``aljabr.money``, ``aljabr.names``), with the type, bounds
and codes the programme gives the fact. What cannot be read is refused with its field, a code, what is wrong and the way out.
Nothing is guessed, and nothing becomes *no* or zero because it was not understood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from aljabr.formats import interpret
from aljabr.money import western_digits
from aljabr.names.identifiers import phones
from aljabr.programmes import Programme
from aljabr.programmes.codes import fact_values
from aljabr.programmes.records import Fact, Field_
from aljabr.registry.viewers import Unreadable
from aljabr.values import PartialDate

__all__ = [
    "FieldsRefused",
    "Stated",
    "Wrong",
    "read_amount",
    "read_answers",
    "read_born",
    "read_date",
    "read_day",
    "read_phone",
    "wrong",
]

T = TypeVar("T")
Answer = bool | int | str
# What the engine knows of itself and a claimant may still put right; the other facts of the engine are counted, not told.
_TOLD = frozenset({"relation", "incident_earliest_on", "incident_latest_on", "claimed_minor"})
_DIGITS = "Write all its digits without points and commas, for example 2500000."
_DATE = "Write a day, a month or a year, for example 2014-06-10, 06/2014 or 2014."
SENTENCES: dict[str, tuple[str, str]] = {
    "value.missing": ("Nothing is said here.", "Fill it in."),
    "value.unknown": ("This is not one of the choices.", "Choose one from the list."),
    "value.range": ("This amount or number is outside the bounds.", "Look at its digits again."),
    "value.too_long": ("This is longer than it can be.", "Shorten it."),
    "value.type": ("This is not a single value.", "Send one text, number, or yes or no."),
    "money.unreadable": ("This is not an amount.", "Write it in digits, for example 2500000."),
    "money.ambiguous": ("This amount can be read in two ways.", _DIGITS),
    "money.negative": ("An amount cannot be below zero.", "Write it without a sign."),
    "money.decimals": ("This amount is finer than the currency.", "Write no more decimal places than the currency has."),
    "money.currency": ("This amount is in another currency.", "Write it in the currency of the programme."),
    "money.twice": ("The amount is stated in two ways.", "Send it once: as a text, or in minor units."),
    "number.unreadable": ("This is not a number.", "Write it in digits, for example 62.5."),
    "number.share": ("This is less than one per cent.", "Write 60 for sixty per cent, or 0.6% if less than one is meant."),
    "boolean.unreadable": ("This says neither yes nor no.", "Choose yes or no."),
    "date.unreadable": ("This is not a date.", _DATE),
    "date.implausible": ("This year cannot be meant.", _DATE),
    "date.not_a_day": ("This is known only to the month or the year.", "Write the day, for example 2014-06-10."),
    "date.ahead": ("This day has not come yet.", "Look at the year again."),
    "phone.unreadable": ("This is not a telephone number.", "Write its digits, for example 0770 123 4567."),
    "fact.unknown": ("This is not a question of the programme.", "Answer what the programme asks."),
}


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """One value that cannot be taken: its field, a code of ``SENTENCES``, what is wrong, the way out, the reader's own words."""

    field: str
    code: str
    what: str
    way_out: str
    reason: str = ""


class FieldsRefused(Unreadable):
    """Fields of a form or body cannot be taken: mend each of them, the rest is kept."""

    code = "registry.fields_refused"

    def __init__(self, wrong: Iterable[Wrong]) -> None:
        self.wrong = tuple(wrong)
        super().__init__(self.wrong[0].what, self.wrong[0].way_out, fields=[one.field for one in self.wrong])


class Stated:
    """Reads the fields of one form or body one after the other, and refuses at the end with all that was wrong."""

    def __init__(self) -> None:
        self.wrong: list[Wrong] = []

    def take(self, read: Callable[[], T], otherwise: T) -> T:
        """Return what was read; ``otherwise`` when it was refused, which ``close`` will say."""
        try:
            return read()
        except FieldsRefused as refused:
            self.wrong += refused.wrong
            return otherwise

    def close(self) -> None:
        """Refuse when anything was refused.

        Raises
        ------
        FieldsRefused
            With every field that was wrong.
        """
        if self.wrong:
            raise FieldsRefused(self.wrong)


def wrong(field: str, code: str, reason: str = "") -> FieldsRefused:
    """Return the refusal of one field by a code of ``SENTENCES``."""
    what, way_out = SENTENCES[code]
    return FieldsRefused([Wrong(field=field, code=code, what=what, way_out=way_out, reason=reason)])


def answerable(programme: Programme) -> dict[str, Fact]:
    """Return the facts a claimant or an office may answer, by name; what the engine finds out itself is not asked."""
    return {fact.name: fact for fact in programme.facts if fact.source != "engine" or fact.name in _TOLD}


def read_answers(programme: Programme, stated: Mapping[str, object], *, at: str = "") -> dict[str, Answer]:
    """Return the facts that answers state, each of its type.

    Parameters
    ----------
    programme : Programme
        Its facts give types, bounds and codes.
    stated : mapping of str to object
        Fact to what was typed, or sent as text, number or truth value. Money is in the currency's major unit.
    at : str
        What stands before a fact's name in the names of fields.

    Returns
    -------
    dict
        Truth values as bool, whole numbers as int, others as decimal text, money in minor units, days as ``YYYY-MM-DD``, codes.

    Raises
    ------
    FieldsRefused
        With every answer that cannot be read, is out of bounds, or is about no fact of the programme.
    """
    facts, taken = answerable(programme), Stated()
    read: dict[str, Answer] = {}
    for name, value in stated.items():
        field = f"{at}{name}"
        if name not in facts:
            taken.wrong += wrong(field, "fact.unknown").wrong
            continue
        answer = taken.take(lambda n=name, v=value, f=field: _answer(programme, facts[n], v, field=f), None)  # type: ignore[misc]
        if answer is not None:
            read[name] = answer
    taken.close()
    return read


def read_amount(written: str, programme: Programme, *, field: str) -> int | None:
    """Return an amount in minor units from one written in the currency's major unit; None for an empty text."""
    if not written.strip():
        return None
    found = _read(written, _field("money"), programme, field=field)
    assert isinstance(found, int)
    return found


def read_date(written: str, *, field: str, until: date | None = None) -> PartialDate:
    """Return a day, month or year that has begun by ``until``."""
    found = _read(written, _field("date"), None, field=field)
    assert isinstance(found, PartialDate)
    if until is not None and found.earliest > until:
        raise wrong(field, "date.ahead")
    return found


def read_born(written: str, *, field: str, until: date) -> str:
    """Return a birth as the record keeps it, ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; empty for an empty text."""
    return str(read_date(written, field=field, until=until)) if written.strip() else ""


def read_day(written: str, *, field: str) -> date:
    """Return a day, also one far ahead where a period may end then."""
    try:
        return datetime.strptime(western_digits(written.strip()), "%Y-%m-%d").date()
    except ValueError:
        pass
    found = read_date(written, field=field)
    if found.earliest != found.latest:
        raise wrong(field, "date.not_a_day")
    return found.earliest


def read_phone(written: str, *, field: str) -> str:
    """Return a telephone number, or several, as typed, when each can be dialled; empty for an empty text."""
    text = " ".join(written.split())
    if text and not phones(text):
        raise wrong(field, "phone.unreadable")
    return text


def _answer(programme: Programme, fact: Fact, value: object, *, field: str) -> Answer:
    spelled = _spelled(value, field=field)
    kind = {"string": "text", "number": "number", "boolean": "boolean", "date": "date"}[fact.type]
    if fact.type == "number" and fact.name.endswith("_minor"):
        kind = "money"
    if isinstance(value, bool) and kind != "boolean":
        raise wrong(field, f"{kind}.unreadable" if kind != "text" else "value.type")
    found = _read(spelled, _field(kind, fact), programme, field=field, allowed=fact_values(programme, fact))
    if isinstance(found, PartialDate):
        if found.earliest != found.latest:
            raise wrong(field, "date.not_a_day")
        return found.earliest.isoformat()
    if isinstance(found, Decimal):
        _refuse_share(found, fact, spelled, field=field)
        return int(found) if found == found.to_integral_value() else f"{found.normalize():f}"
    assert isinstance(found, bool | int | str)
    return found


def _refuse_share(found: Decimal, fact: Fact, spelled: str, *, field: str) -> None:
    """Refuse ``0.6`` where per cent is asked: who writes it means 60 more often than less than one."""
    of_hundred = fact.name.endswith("_percent") and fact.maximum == 100
    if of_hundred and 0 < found < 1 and not any(sign in spelled for sign in "%٪"):
        raise wrong(field, "number.share")


def _spelled(value: object, *, field: str) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int():
            return str(value)
        case float():
            return f"{Decimal(repr(value)):f}"
    raise wrong(field, "value.missing" if value is None else "value.type")


def _field(kind: str, fact: Fact | None = None) -> Field_:
    bounds = {"minimum": fact.minimum, "maximum": fact.maximum} if fact else {}
    return Field_.model_validate({"to": f"facts.{fact.name}" if fact else "stated", "as": kind, **bounds})


def _read(written: str, reading: Field_, programme: Programme | None, *, field: str, allowed: Iterable[str] = ()) -> object:
    """Return the value by intake's reader; refuse what it refuses, what it doubts, and what says nothing."""
    currency = programme.currency if programme else None
    ((found, code, reason),) = interpret([written], reading, allowed=tuple(allowed), currency=currency)
    if code is None and found is None:  # words for nothing known, and signs that are none
        code = f"{reading.as_}.unreadable" if written.strip() else "value.missing"
    if code is not None:
        raise wrong(field, code if code in SENTENCES else "value.unknown", reason or "")
    return found
