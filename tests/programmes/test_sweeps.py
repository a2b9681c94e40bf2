"""One number of a programme moved step by step."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aljabr.errors import ProgrammeBroken, UsageError
from aljabr.programmes import load_programme
from aljabr.programmes.differences import differences
from aljabr.programmes.sweeps import current_value, moved, read_sweep


def _moved(written: str, value: str) -> list[tuple[str, str, str]]:
    law = load_programme("IQ-LAW20")
    return [(d.place, d.before, d.after) for d in differences(law, moved(law, read_sweep(written), Decimal(value)))]


def test_an_amount_takes_the_value_on_every_day():
    assert _moved("property_share_percent=40:60:5", "45") == [("property_share_percent", "50", "45")]


def test_a_threshold_moves_in_both_bands_that_meet_there():
    places = [place for place, _, _ in _moved("Tariff.disability_percent@50=40:60:5", "60")]
    assert places == ["Tariff.tar_disability_50.disability_percent", "Tariff.tar_disability_below_50.disability_percent"]


def test_the_value_in_force_is_known():
    law = load_programme("IQ-LAW20")
    assert current_value(law, read_sweep("property_share_percent=40:60:5")) == 50
    assert current_value(law, read_sweep("Tariff.disability_percent@50=40:60:5")) == 50


@pytest.mark.parametrize("written", ["x", "x=1:2", "x=3:1:1", "x=1:2:0", "x=a:b:c", "=1:2:1", "x=1:1000:1"])
def test_a_misspelt_or_endless_sweep_is_refused(written):
    with pytest.raises(UsageError, match="--sweep"):
        read_sweep(written)


def test_a_cell_with_two_numbers_names_the_other_way():
    with pytest.raises(ProgrammeBroken, match=r"2 numbers.*Table\.column@NUMBER"):
        _moved("Tariff.tar_disability_50.disability_percent=40:60:5", "45")


def test_a_number_that_stands_nowhere_is_refused():
    with pytest.raises(ProgrammeBroken, match=r"No cell of Tariff\.disability_percent writes 33"):
        _moved("Tariff.disability_percent@33=40:60:5", "45")
