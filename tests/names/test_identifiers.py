"""Telephones, identity numbers and placeholders: one form to compare, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.names.identifiers import find_phones, identifier, is_placeholder, is_rounded, phone, phones


@pytest.mark.parametrize(
    "text",
    ["07701234567", "٠٧٧٠١٢٣٤٥٦٧", "0770 123 4567", "+9647701234567", "00964-770-1234567", "+964 (0) 770 1234567", "7701234567.0"],
)
def test_every_way_of_writing_an_iraqi_mobile_gives_one_number(text):
    assert phone(text) == "+9647701234567"


@pytest.mark.parametrize(
    "text", ["", "لا يوجد", "0770123456", "07700000000", "07701234567/07801234567", "+964123", "12345", "077012345678"]
)
def test_what_is_no_single_telephone_number_is_none(text):
    assert phone(text) is None


def test_a_foreign_number_needs_its_country_code():
    assert phone("+44 20 7946 0958") == "+442079460958"
    assert phone("00442079460958") == "+442079460958"
    assert phone("20 7946 0958") is None


@settings(deadline=None, max_examples=60)
@given(st.integers(3, 9), st.integers(0, 99_999_999).filter(lambda n: len(set(f"{n:08d}"[-7:])) > 1))
def test_a_number_in_its_final_form_stays_as_it_is(operator, subscriber):
    number = phone(f"07{operator}{subscriber:08d}")
    assert number == f"+9647{operator}{subscriber:08d}"
    assert phone(number) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("١٩٨٧-٠٠١٢٣٤٥٦", "198700123456"), ("a 123-987", "A123987"), ("198700123456.0", "198700123456"), ("ب ١٢٣٩", "ب1239")],
)
def test_an_identity_number_is_written_one_way(text, number):
    assert identifier(text) == number


@pytest.mark.parametrize("text", ["0000", "٠٠٠٠٠", "123456", "لا يوجد", "n/a", "-", "", "12", "ABC", "1.98701E+11", "9999999"])
def test_a_placeholder_is_no_identity_number(text):
    assert identifier(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "unknown",
        "Unknown.",
        "مجهول",
        "مجهولة الهوية",
        "طفل رضيع",
        "رضيع ذكر",
        "baby of unknown",
        "-",
        "???",
        "xxx",
        " ",
        "N/A",
        "نادیار",
    ],
)
def test_words_for_nobody_are_placeholders(text):
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["علي", "Ali", "هێمن", "baby of Ali", "رضيع حسن", "طفلان"])
def test_names_are_no_placeholders(text):
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0770 123 4567", ("+9647701234567",)),
        ("0770-123-4567 / 0750 123 4568", ("+9647701234567", "+9647501234568")),
        ("٠٧٧٠١٢٣٤٥٦٧ و ٠٧٥٠١٢٣٤٥٦٨", ("+9647701234567", "+9647501234568")),
        ("07701234567, 07701234567", ("+9647701234567",)),
        ("07701234567  07501234568", ("+9647701234567", "+9647501234568")),
        ("لا يوجد", ()),
        ("07701112222-07901112222", ("+9647701112222", "+9647901112222")),
        ("07701234567 07501234568", ("+9647701234567", "+9647501234568")),
        ("0770 123 4567 0750 123 4568", ("+9647701234567", "+9647501234568")),
        ("0770-123-4567 - 0750-123-4568", ("+9647701234567", "+9647501234568")),
        ("٠٧٧٠١٢٣٤٥٦٧، ٠٧٥٠١٢٣٤٥٦٨", ("+9647701234567", "+9647501234568")),
        ("07701234567و07501234568", ("+9647701234567", "+9647501234568")),
        ("07701234567\n07501234568", ("+9647701234567", "+9647501234568")),
        ("07701234567;07501234568", ("+9647701234567", "+9647501234568")),
        ("1- 07701234567 2- 07501234568", ("+9647701234567", "+9647501234568")),
        ("009647701234567-009647501234568", ("+9647701234567", "+9647501234568")),
        ("+447700900123 07701234567", ("+447700900123", "+9647701234567")),
        ("07701234567 - 066 2123456", ("+9647701234567", "+964662123456")),
        ("7.701234567E+09", ("+9647701234567",)),
        ("7.70123E+09", ()),
        ("077012345 07811234567", ("+9647811234567",)),
    ],
)
def test_every_number_of_a_cell_is_read(text, numbers):
    assert phones(text) == numbers


def test_what_else_a_cell_says_is_told():
    assert find_phones("07701234567 (الاخ)").beside == "الاخ"
    assert find_phones("07701234567/8").beside == "8"
    assert find_phones("077012345 07811234567").beside == "077012345"


@pytest.mark.parametrize(
    "text",
    """1,98E+11|2E+11|1.98E+11|1.98765E+11|١٫٩٨E+١١|1.98 x 10^11|2e11|123456780000000|198000000000|12345678901234500000|
    1234567890123450000.0|
    123456789.5""".replace("\n    ", "").split("|"),
)
def test_a_number_that_a_spreadsheet_rounded_identifies_nobody(text):
    assert is_rounded(text)
    assert identifier(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.98765432101E+11", "198765432101"), ("198712345670", "198712345670"), ("A1234567", "A1234567"), ("3000000", "3000000")],
)
def test_a_number_with_all_its_digits_is_kept(text, number):
    assert not is_rounded(text)
    assert identifier(text) == number
