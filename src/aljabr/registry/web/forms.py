"""Reads values out of a posted form; what cannot be read is a clear error, never a guess."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from aljabr.programmes import Programme
from aljabr.registry.days import legal_today
from aljabr.registry.viewers import Conflict, Unreadable
from aljabr.registry.web.pages import Page

_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?")
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def text(request: Page, name: str, *, required: bool = False) -> str:
    """Return a text without surrounding space."""
    value = request.POST.get(name, "").strip()
    if required and not value:
        raise Conflict(f"{name} is empty.", "Fill it in.")
    return value


def code(request: Page) -> str:
    """Return the code of a second factor as its generator wrote it, however the keyboard writes digits."""
    return text(request, "code").translate(_EASTERN).replace(" ", "")


def day(request: Page, name: str, *, programme: str = "") -> date:
    """Return a day; the legal day it is now in the programme's zone when the field is empty."""
    value = text(request, name).translate(_EASTERN)
    if not value:
        return legal_today(programme)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Conflict(f"{value!r} is no day.", "Write YYYY-MM-DD.") from None


def money(request: Page, name: str, programme: Programme) -> int | None:
    """Return an amount in minor units from one written in the currency; None when empty."""
    value = text(request, name).translate(_EASTERN).replace(",", "").replace("٬", "").replace("٫", ".")
    if not value:
        return None
    if not _AMOUNT.fullmatch(value):
        raise Conflict(f"{value!r} is no amount.", "Write digits, for example 2500000.")
    minor = Decimal(value).scaleb(programme.currency.exponent)
    if minor != minor.to_integral_value():
        raise Conflict(f"{value} {programme.currency.code} is no amount.", "Write no more decimal places than the currency has.")
    return int(minor)


def whole(request: Page, name: str) -> int:
    """Return a whole number, such as the id a list of choices sends."""
    value = text(request, name).translate(_EASTERN)
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise Unreadable(f"{name} is no number.", "Choose one from the list.")
    return int(value)
