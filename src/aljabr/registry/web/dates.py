"""Days as people write them: the month by its name in the page's language (Iraq's names in Arabic)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import pgettext
from django.utils.translation import pgettext_lazy as _

MONTHS = (
    _("month", "January"),
    _("month", "February"),
    _("month", "March"),
    _("month", "April"),
    _("month", "May"),
    _("month", "June"),
    _("month", "July"),
    _("month", "August"),
    _("month", "September"),
    _("month", "October"),
    _("month", "November"),
    _("month", "December"),
)


def written(value: date) -> str:
    """Return a day as written in the page's language.

    Examples
    --------
    >>> from django.utils import translation
    >>> with translation.override("en"):
    ...     written(date(2024, 3, 1))
    '1 March 2024'
    """
    pattern = pgettext("a day", "{day} {month} {year}")
    return pattern.format(day=value.day, month=MONTHS[value.month - 1], year=value.year)
