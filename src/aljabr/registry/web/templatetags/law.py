"""Texts of a programme in the page's language; codes, days, sentences and money as people write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from aljabr.money import money_text
from aljabr.registry import law
from aljabr.registry.web.codes import LABELS, label
from aljabr.registry.web.dates import written
from aljabr.registry.web.said import said

register = template.Library()
register.filter("label", label)
register.filter("said", said)


@register.simple_tag(takes_context=True)
def lawtext(context: dict[str, Any], texts: dict[str, str]) -> str:
    """Return a text of a programme in the page's language; one it was not written in is translated where the catalogue has it."""
    language = str(context.get("language", "ar"))
    known = texts.get(language)
    if not known and texts.get("en"):
        translated = gettext(texts["en"])
        known = translated if translated != texts["en"] else None
    return known or law.text(texts, language)


@register.filter
def titled(key: str, titles: dict[str, str]) -> str:
    """Return the title of a code; the registry's own word for it when the programme has none, else the code."""
    return titles.get(key) or label(key)


@register.filter
def day(value: date | None) -> str:
    """Return a day as people write it; a dash when there is none."""
    if value is None:
        return "–"
    return written(timezone.localtime(value).date() if isinstance(value, datetime) else value)


@register.simple_tag
def money(amount_minor: int | None, code: str, programme: Any) -> SafeString | str:
    """Return an amount with its currency; a dash when there is none."""
    if amount_minor is None:
        return "–"
    shown = money_text(amount_minor, exponent=programme.currency.exponent)
    return format_html('<bdi class="whitespace-nowrap tabular-nums" dir="ltr">{} {}</bdi>', shown, code)


@register.simple_tag
def fact(name: str, value: object, titles: dict[str, str], programme: Any) -> SafeString | str:
    """Return the value of a fact in words: yes or no, money, a day, a title."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if name.endswith("_minor") and isinstance(value, int | str) and str(value).isdecimal():
        return money(int(value), programme.currency.code, programme)
    text = str(value)
    if name.endswith("_on"):
        try:
            return written(date.fromisoformat(text))
        except ValueError:
            return text
    return titles.get(text) or (label(text) if text in LABELS else text)
