"""Amounts as people type them, and what is none: nothing is guessed, nothing breaks a page."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from aljabr.registry import law
from aljabr.registry.viewers import Unreadable


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("2500000", 2_500_000_000),
        ("٢٬٥٠٠٫٥", 2_500_500),
        ("", None),
        ("0", 0),
        ("2 500 000", 2_500_000_000),
        ("٢،٥٠٠،٠٠٠", 2_500_000_000),
        ("2500000 دينار", 2_500_000_000),
    ],
)
def test_an_amount_is_read(registry, typed, minor):
    from aljabr.registry.web.forms import money

    assert money(SimpleNamespace(POST={"amount": typed}), "amount", law.programme("IQ-LAW20")) == minor


@pytest.mark.parametrize(
    "typed",
    ["Infinity", "NaN", "1e99999", "-1", "1.2.3", "0x10", "12345678901234567", "2.00001", "250.000", "2500,50", "12,5", "٢٥٠٠,٥"],
)
def test_what_is_no_amount_is_refused(registry, typed):
    from aljabr.registry.web.forms import money

    with pytest.raises(Unreadable, match="amount"):
        money(SimpleNamespace(POST={"amount": typed}), "amount", law.programme("IQ-LAW20"))
