"""Document numbers: families by form and by what they are called, and numbers nobody was issued."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aljabr.names.documents import read_document


@pytest.mark.parametrize(
    ("text", "called", "families"),
    [
        ("198700123456", "", ("national_card",)),
        ("١٩٨٧٠٠١٢٣٤٥٦", "", ("national_card",)),
        ("A1730498", "", ("passport",)),
        ("1984561", "", ("civil_identity", "ration_card")),
        ("1984561", "رقم هوية الأحوال", ("civil_identity",)),
        ("1984561", "البطاقة التموينية", ("ration_card",)),
        ("245-15C00937", "", ("unhcr",)),
        ("هوية 1984561", "", ("civil_identity",)),
        ("KR-77/20", "", ("unknown",)),
    ],
)
def test_a_number_may_be_of_the_families_of_its_form_or_name(text, called, families):
    assert read_document(text, called=called).families == families


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("000000", "fake"),
        ("123456", "fake"),
        ("987654321", "fake"),
        ("111111222", "fake"),
        ("121212", "fake"),
        ("A12345678", "fake"),
        ("لا يوجد", "placeholder"),
        ("مجهول", "placeholder"),
        ("", "placeholder"),
        ("1.98E+11", "rounded"),
        ("12/5/1980", "date"),
        ("12", "short"),
    ],
)
def test_a_number_nobody_was_issued_is_kept_out_of_comparison(text, doubt):
    found = read_document(text)
    assert (found.number, found.doubt, found.families) == (None, doubt, ())


def test_a_telephone_in_the_column_of_numbers_is_doubted_and_kept():
    found = read_document("0770 123 4567")
    assert (found.number, found.doubt) == ("07701234567", "phone")


def test_a_long_number_with_a_few_equal_digits_is_no_fake():
    assert read_document("198755555321").doubt is None


def test_a_household_s_number_does_not_make_two_people_one():
    assert read_document("1984561", called="ration card").of_household
    assert not read_document("1984561").of_household


@given(st.text(max_size=30))
def test_any_text_is_read(text):
    found = read_document(text)
    assert found.number is None or found.number.isalnum()
