"""Amounts as people write them: read exactly where they can mean one thing only, else refused with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aljabr.money import Unreadable, heading_of_money, major_units, money_text, read_money, read_number, western_digits

AMBIGUOUS = [
    "250.000",
    "٢٥٠٫٠٠٠",
    "2500,50",
    "12,5",
    "٢٥٠٠,٥",
    "250,00",
    "0,500",
    "1,2345",
    "1,25,000",
    "12,50,000",
    "1.250.50",
    "12'50",
    "1٬2٬5",
    "1 2500",
    "2,5 مليون",
    "2.500 million",
    "1,500 million",
    "2 مليون و 250",
    "3 million 1500 thousand",
]
UNREADABLE = [
    "ألف",
    "مليون",
    "مليونان",
    "هەزار",
    "ملیۆن",
    "hezar",
    "bin",
    "اثنا عشر مليون",
    "ستون",
    "صفر",
    "2m",
    "100 فلس",
    "²",
    "½",
    "٢²",
    "2.5E+06",
    "1.2E7",
    "1,2e+7",
    "2 x 10^6",
    "1٢3",
    "\u202e0052",
    "~2500",
    "2500-3000",
    "2500\n000",
    "2500؟",
    "1_000",
    "NaN",
    "",
]


def dinars(text, **stated):
    return read_money(text, currency="IQD", exponent=3, **stated)


def refused(text, **stated):
    with pytest.raises(Unreadable) as caught:
        dinars(text, **stated)
    assert caught.value.reason
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "dinar"),
    [
        ("12,500,000 د.ع", 12_500_000),
        ("١٢٬٥٠٠٬٠٠٠", 12_500_000),
        ("12.500.000", 12_500_000),
        ("12 500 000", 12_500_000),
        ("12\u202f500\u00a0000", 12_500_000),
        ("12'500'000", 12_500_000),
        ("12’500’000", 12_500_000),
        ("12،500،000", 12_500_000),
        ("٢،٥٠٠،٠٠٠", 2_500_000),
        ("12500000.00", 12_500_000),
        ("2,500,000.00", 2_500_000),
        ("2.500.000,00", 2_500_000),
        ("IQD 12,500,000", 12_500_000),
        ("12,500,000 IQD فقط لا غير", 12_500_000),
        ("12,500,000/-", 12_500_000),
        ("12,500,000 IQD/-", 12_500_000),
        ("5000=", 5_000),
        ("=5000=", 5_000),
        ("-/5000", 5_000),
        ("5000,-", 5_000),
        ("5000.-", 5_000),
        ("5000.", 5_000),
        ("2500 د.ع.", 2_500),
        ("2500 دیناری عێراقی", 2_500),
        ("2500 dînar", 2_500),
        ("2500 Irak dinarı", 2_500),
        ("+2500", 2_500),
        ("２５００", 2_500),
        ("\u202d2500\u202c", 2_500),
        ("12 مليون", 12_000_000),
        ("١٢ مليون دينار", 12_000_000),
        ("12٫5 مليون", 12_500_000),
        ("12.5 million", 12_500_000),
        ("12500 الف", 12_500_000),
        ("3 ملايين و 500 ألف", 3_500_000),
        ("3 ملايين و500 ألف دينار فقط", 3_500_000),
        ("2 مليون ونصف", 2_500_000),
        ("2 buçuk milyon", 2_500_000),
        ("2 milyon û nîv", 2_500_000),
        ("12 ملیۆن", 12_000_000),
        ("5 هەزار", 5_000),
        ("5 hezar", 5_000),
        ("5 bin", 5_000),
        ("500k", 500_000),
        ("5 آلاف و 500", 5_500),
        ("0", 0),
    ],
)
def test_an_amount_that_means_one_thing_is_read(text, dinar):
    assert dinars(text) == dinar * 1000


@pytest.mark.parametrize(("text", "fils"), [("1.250,50", 1_250_500), ("1,250.50", 1_250_500), ("٢٬٥٠٠٫٥", 2_500_500), ("0.5", 500)])
def test_two_kinds_of_separator_tell_thousands_from_decimals(text, fils):
    assert dinars(text) == fils


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_an_amount_that_can_mean_two_things_is_refused(text):
    assert refused(text) == "money.ambiguous"


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_amount_in_digits_is_refused(text):
    assert refused(text) in {"money.unreadable", "money.ambiguous"}


def test_signs_currencies_and_sizes_are_refused_with_their_own_reason():
    assert {refused(text) for text in ("-5000", "5000-", "(5000)", "−5", "-3 million", "-5000/-")} == {"money.negative"}
    assert {refused(text) for text in ("$5000", "5000 USD", "5000 دولار", "2500 دينار كويتي", "50 ليرة")} == {"money.currency"}
    assert {refused(text) for text in ("99999999999999999", "9" * 5000, "900000000 million", "0." + "0" * 30)} == {"value.range"}
    assert refused("0.0005") == "money.decimals"


def test_a_currency_named_by_a_word_it_shares_is_the_programmes():
    assert read_money("50 ليرة", currency="TRY", exponent=2) == 5_000
    assert read_money("50 دينار", currency="JOD", exponent=3) == 50_000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12.500", "may mean 12500 or 12.5; write it without a point"),
        ("12.050", "may mean 12050 or 12.05; write it without a point"),
        ("250.000", "may mean 250000 or 250; write it without a point"),
        ("2.500 million", "may mean 2500 or 2.5; write all digits"),
        ("12,5", "write 12.5, or state decimal: comma in the mapping"),
        ("2,5 مليون", "write 2.5 مليون, or state decimal: comma in the mapping"),
    ],
)
def test_an_ambiguous_amount_says_how_to_write_it(text, said):
    with pytest.raises(Unreadable) as caught:
        dinars(text)
    assert said in caught.value.reason


def test_a_stated_decimal_mark_settles_what_is_ambiguous():
    assert [dinars("250.000", decimal=mark) for mark in ("comma", "point")] == [250_000_000, 250_000]
    assert [dinars("250,000", decimal=mark) for mark in ("comma", "point")] == [250_000, 250_000_000]
    assert dinars("2,5 مليون", decimal="comma") == 2_500_000_000
    assert {refused("1,250.50", decimal="comma"), refused("12.5", decimal="comma"), refused("12,5", decimal="point")} == {
        "money.ambiguous"
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("62.5", "62.5"),
        ("60%", "60"),
        ("%60", "60"),
        ("٦٠٪", "60"),
        ("60 بالمئة", "60"),
        ("36.335", "36.335"),
        ("-3", "-3"),
        ("1,234", "1234"),
    ],
)
def test_a_number_is_read_with_or_without_its_per_cent(text, value):
    assert str(read_number(text)) == value


@pytest.mark.parametrize("text", ["ستون", "²", "62,5", "60%%", "1e3", "½", "(5)", "", "6٠"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(Unreadable):
        read_number(text)


@given(st.text(max_size=40))
def test_nothing_typed_breaks_the_reader(text):
    for read in (dinars, read_number):
        try:
            assert read(text) is not None
        except Unreadable as error:
            assert error.reason


@given(st.integers(0, 10**16))
def test_what_is_written_is_read_again(minor):
    assert dinars(major_units(minor, 3), decimal="point") == minor
    assert dinars(money_text(minor, exponent=3), decimal="point") == minor


def test_decimals_of_an_amount_are_never_dropped():
    assert money_text(2_500_000_250, exponent=3) == "2,500,000.250"
    assert money_text(2_500_000_000, exponent=3) == "2,500,000"
    assert western_digits("١٢۳۴５") == "12345"


@pytest.mark.parametrize(
    "heading", ["Amount claimed (IQD)", "المبلغ المطالب به (دينار)", "claimed_iqd", "المبلغ د.ع", "amount id", "بڕی پارە"]
)
def test_a_heading_in_the_programmes_own_currency_says_nothing_against_it(heading):
    heading_of_money(heading, "IQD")


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("المبلغ المطالب به $", "money.currency"),
        ("المبلغ بالدولار", "money.currency"),
        ("Amount (USD)", "money.currency"),
        ("US$ claimed", "money.currency"),
        ("بری پارە بە دۆلار", "money.currency"),
        ("المبلغ (مليون دينار)", "money.ambiguous"),
        ("المبلغ بالاف الدنانير", "money.ambiguous"),
        ("Amount in thousands of dinars", "money.ambiguous"),
    ],
)
def test_a_heading_that_counts_otherwise_is_refused(heading, code):
    with pytest.raises(Unreadable) as refused_:
        heading_of_money(heading, "IQD")
    assert refused_.value.code == code
