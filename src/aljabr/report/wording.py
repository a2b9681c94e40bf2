"""Says things in a language: fixed words from ``words.yaml``, a programme's own labels, numbers, money and dates.

Western digits are kept in every language, as Iraqi official forms do, and whatever may run in the other direction is wrapped in
Unicode isolates (FSI … PDI), so that the bidi algorithm never reorders a reference or an amount.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

import yaml

from aljabr.errors import AljabrError
from aljabr.money import money_text
from aljabr.programmes.records import Programme

RIGHT_TO_LEFT = frozenset({"ar", "ckb"})
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
NO_BREAK_SPACE = "\u00a0"
# Controls that could end an isolate early or turn a line round; a stated name may not carry them into a letter.
BIDI_CONTROLS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"


@cache
def words() -> dict[str, dict[str, str]]:
    """Return the fixed words: key → language → text."""
    loaded: dict[str, dict[str, str]] = {}
    for name in ("words.yaml", "simulation_words.yaml"):
        loaded |= yaml.safe_load(files("aljabr.report").joinpath(name).read_text(encoding="utf-8"))
    return loaded


def say(key: str, language: str, **values: object) -> str:
    """Return a fixed text in a language, in English where that language has none.

    Raises
    ------
    AljabrError
        When there is no text of that key.

    Examples
    --------
    >>> say("letter_date", "ckb")
    'بەروار'
    """
    if key not in words():
        raise AljabrError(f"There is no text {key!r}.", "Add it to words.yaml.")
    return pick(words()[key], language).format(**values)


def pick(text: dict[str, str], language: str, *, otherwise: str = "") -> str:
    """Return a text in a language, else in English, else in whatever language comes first.

    Examples
    --------
    >>> pick({"ar": "وفاة"}, "en")
    'وفاة'
    """
    return text.get(language) or text.get("en") or next(iter(text.values()), otherwise)


def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr``."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def isolate(text: str) -> str:
    """Wrap a text whose direction may differ, after removing its own direction controls.

    Examples
    --------
    >>> isolate("A\u202e-7")
    '\u2068A-7\u2069'
    """
    return ISOLATE + text.translate({ord(control): None for control in BIDI_CONTROLS}) + END_ISOLATE


def unit(number: int, code: str, language: str) -> str:
    """Return the word for a unit as it stands after a number; the code when it has no word.

    Examples
    --------
    >>> [unit(number, "days", "ar") for number in (7, 30, 100)]
    ['أيام', 'يوماً', 'يوم']
    """
    # Arabic: after 3 to 10 the plural, after 11 to 99 the accusative, after whole hundreds the plain singular.
    few, rest = range(3, 11), number % 100
    form = "" if rest < few.start else "_few" if rest in few else "_many"
    key = next((key for key in (f"unit_{code}{form}", f"unit_{code}") if key in words()), "")
    return say(key, language) if key else code


def currency_name(code: str, language: str) -> str:
    """Return what a currency is called; its code when no name is known."""
    key = f"currency_{code}"
    return say(key, language) if key in words() else code


def long_date(day: date, language: str) -> str:
    """Return a date with the month's name, as used in Iraq.

    Examples
    --------
    >>> long_date(date(2025, 6, 30), "ar")
    '30 حزيران 2025'
    """
    month = say("months", language).split()[day.month - 1].replace("_", NO_BREAK_SPACE)
    return f"{day.day} {month} {day.year}"


def programme_labels(programme: Programme) -> dict[str, dict[str, str]]:
    """Return a programme's labels by code: amounts, facts, bodies, harms and, before all of these, its own list."""
    labels: dict[str, dict[str, str]] = {}
    labels |= {amount.key: amount.label for amount in programme.amounts if amount.label}
    labels |= {fact.name: fact.label for fact in programme.facts if fact.label}
    labels |= {body.key: body.title for body in programme.bodies}
    labels |= {harm.code: harm.label for harm in programme.harms}
    return labels | programme.labels


def label(labels: dict[str, dict[str, str]], code: str, language: str) -> str:
    """Return the label of a code in a language, or the code with its underscores as spaces."""
    return pick(labels.get(code, {}), language) or code.replace("_", " ")


def name_label(programme: Programme, name: str, language: str) -> str:
    """Return what a fact or an amount is called, whatever else its name may be a code of."""
    own = [fact.label for fact in programme.facts if fact.name == name]
    own += [amount.label for amount in programme.amounts if amount.key == name]
    return pick(own[0], language) if own and own[0] else label(programme_labels(programme), name, language)


def outcome_word(labels: dict[str, dict[str, str]], outcome: str, language: str) -> str:
    """Return the word for an outcome: the programme's own in that language, else the fixed one; with a capital letter.

    Examples
    --------
    >>> outcome_word({"held": {"en": "held back"}}, "held", "en"), outcome_word({}, "held", "ar")
    ('Held back', 'موقوف للتدقيق')
    """
    key = f"outcome_{outcome}"
    fixed = say(key, language) if key in words() else label(labels, outcome, language)
    word = labels.get(outcome, {}).get(language) or fixed
    return word[:1].upper() + word[1:]


def value_text(programme: Programme, name: str, value: object, language: str) -> str:
    """Return the value of a fact or amount in words; empty when there is none.

    Parameters
    ----------
    programme : Programme
        Its labels say what codes are called, its currency what money is called.
    name : str
        The fact or amount: a name that ends in ``_minor`` is money.
    value : object
        As facts hold it.
    language : str
        One of the four.
    """
    match value:
        case None:
            return ""
        case bool():
            return say("answer_yes" if value else "answer_no", language)
        case date():
            return long_date(value, language)
        case str() if name == "overlap" and f"overlap_{value}" in words():
            return say(f"overlap_{value}", language)
        case int() | Decimal() if name.endswith("_minor"):
            currency = programme.currency
            return f"{money_text(int(value), exponent=currency.exponent)}{NO_BREAK_SPACE}{currency_name(currency.code, language)}"
        case int() | Decimal():
            written = f"{Decimal(value).normalize():f}"
            return f"{written}%" if name.endswith("_percent") else written
    return label(programme_labels(programme), str(value), language)
