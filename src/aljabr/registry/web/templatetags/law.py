"""Texts of a programme in the page's language, and money as people write it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aljabr.registry import law

register = template.Library()


@register.simple_tag(takes_context=True)
def lawtext(context: dict[str, Any], texts: dict[str, str]) -> str:
    """Return a text of a programme in the page's language."""
    return law.text(texts, str(context.get("language", "ar")))


@register.filter
def titled(key: str, titles: dict[str, str]) -> str:
    """Return the title of a code; the code when nobody gave it one."""
    return titles.get(key, key)


@register.simple_tag
def money(amount_minor: int | None, code: str, programme: Any) -> SafeString | str:
    """Return an amount with its currency; a dash when there is none."""
    if amount_minor is None:
        return "–"
    value = Decimal(amount_minor).scaleb(-programme.currency.exponent)
    shown = f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,}"
    return format_html('<bdi class="whitespace-nowrap tabular-nums">{} {}</bdi>', shown, code)
