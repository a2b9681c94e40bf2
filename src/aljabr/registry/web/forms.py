"""Reads values out of a posted form; what cannot be read is refused beside its field, never guessed.

Values that people state go through ``registry.stated``, as those sent to the interface do.
"""

from __future__ import annotations

from datetime import date

from aljabr.money import western_digits
from aljabr.programmes import Programme
from aljabr.registry.days import legal_today
from aljabr.registry.stated import read_amount, read_day, wrong
from aljabr.registry.web.pages import Page


def text(request: Page, name: str, *, required: bool = False) -> str:
    """Return a text without surrounding space."""
    value = request.POST.get(name, "").strip()
    if required and not value:
        raise wrong(name, "value.missing")
    return value


def code(request: Page) -> str:
    """Return the code of a second factor as its generator wrote it, however the keyboard writes digits."""
    return western_digits(text(request, "code")).replace(" ", "")


def day(request: Page, name: str, *, programme: str = "") -> date:
    """Return a day; the legal day it is now in the programme's zone when the field is empty."""
    value = text(request, name)
    return read_day(value, field=name) if value else legal_today(programme)


def money(request: Page, name: str, programme: Programme) -> int | None:
    """Return an amount in minor units from one written in the currency; None when empty."""
    return read_amount(text(request, name), programme, field=name)


def whole(request: Page, name: str) -> int:
    """Return a whole number, such as the id a list of choices sends."""
    value = western_digits(text(request, name))
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise wrong(name, "number.unreadable" if value else "value.missing")
    return int(value)
