"""Where two values differ: words of names, signs of numbers."""

from __future__ import annotations

import pytest

from aljabr.report.pair_differences import compare_values, direction_of


def told(spans):
    return [(span.text, span.state) for span in spans]


def test_a_grandfather_left_out_is_marked_on_the_side_that_has_him():
    found = compare_values("صالح احمد نايف الحمداني", "صالح احمد الحمداني", "full_name")
    assert told(found.left) == [("صالح", "same"), ("احمد", "same"), ("نايف", "only"), ("الحمداني", "same")]
    assert [span.state for span in found.right] == ["same"] * 3


def test_a_particle_stays_with_its_name_and_the_name_as_written():
    found = compare_values("عبد الله بن محمد", "عبدالله محمد", "full_name")
    assert told(found.left)[0] == ("عبد الله", "spelt")
    assert " ".join(span.text for span in found.left) == "عبد الله بن محمد"


def test_names_of_two_scripts_meet_without_marks():
    assert compare_values("محمد علي", "Mohammed Ali", "full_name").state == "same"


def test_swapped_names_are_in_another_place_not_missing():
    found = compare_values("Ali Hasan Saleh", "Hasan Ali Saleh", "full_name")
    assert {state for _, state in told(found.left) + told(found.right)} == {"same", "moved"}


@pytest.mark.parametrize(
    ("left", "right", "meaning", "state"),
    [
        ("1978-06-07", "1978-07-01", "born", "alike"),
        ("07701234567", "07509999999", "phone", "differs"),
        ("IQG15Q07", "", "locality", "one"),
        ("الموصل", "الموصل", "locality", "same"),
        ("ن/050", "CR149", "reference", "differs"),
    ],
)
def test_other_values_are_compared_by_their_signs(left, right, meaning, state):
    assert compare_values(left, right, meaning).state == state


def test_spans_put_together_are_the_value_as_given():
    found = compare_values("07701234567", "07701234657", "phone")
    assert ("".join(s.text for s in found.left), "".join(s.text for s in found.right)) == ("07701234567", "07701234657")


@pytest.mark.parametrize(
    ("text", "direction"), [("محمد", "rtl"), ("هۆشیار", "rtl"), ("ܝܘܚܢܢ", "rtl"), ("Ali 1990", "ltr"), ("", "ltr")]
)
def test_a_value_keeps_the_direction_of_its_letters(text, direction):
    assert direction_of(text) == direction
