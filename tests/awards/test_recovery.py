"""Set-off takes from nobody but whoever was overpaid, and loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aljabr.awards import set_off
from aljabr.errors import AljabrError

SUMS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 1_000))


@given(payable=SUMS, overpaid=SUMS)
def test_what_is_paid_and_what_is_owed_are_conserved_holder_by_holder(payable: dict[str, int], overpaid: dict[str, int]) -> None:
    result = set_off(payable, overpaid)
    for holder in payable.keys() | overpaid.keys():
        recovered = result.recovered.get(holder, 0)
        assert result.paid.get(holder, 0) + recovered == payable.get(holder, 0)
        assert result.outstanding.get(holder, 0) + recovered == overpaid.get(holder, 0)
        assert result.paid.get(holder, 0) >= 0
        assert not (result.paid.get(holder, 0) and result.outstanding.get(holder, 0)), "set off before anything is paid"


def test_nobody_else_bears_an_overpayment() -> None:
    assert set_off({"a": 10, "b": 10}, {"c": 5}).paid == {"a": 10, "b": 10}


def test_a_negative_sum_is_refused() -> None:
    with pytest.raises(AljabrError, match="negative"):
        set_off({"a": -1}, {})
