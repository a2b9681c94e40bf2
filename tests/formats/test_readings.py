"""Distinct strings become values once, or say why not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.errors import MappingBroken
from aljabr.formats import interpret
from aljabr.programmes.records import CurrencySpec, Field_

DINAR = CurrencySpec(code="IQD", exponent=3, payable_unit_minor=250_000)
DOLLAR = CurrencySpec(code="USD", exponent=2)


def one(text, kind, *, to="facts.x", currency=None, codes=None, allowed=(), **field):
    mapped = Field_.model_validate({"to": to, "as": kind, **field})
    return interpret([text], mapped, currency=currency, codes=codes, allowed=allowed)[0]


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1098.0", 1_098_000),
        ("5,000,000", 5_000_000_000),
        ("5000000 دينار", 5_000_000_000),
        ("IQD 250,000", 250_000_000),
        ("٥٬٠٠٠٬٠٠٠", 5_000_000_000),
        ("١٬٢٣٤٫٥", 1_234_500),
        ("۱۲۳۴", 1_234_000),
        ("5 000 000 د.ع", 5_000_000_000),
        ("0.005", 5),
        ("1.000.000", 1_000_000_000),
        ("1.000,00", 1_000_000),
        ("0", 0),
    ],
)
def test_an_amount_becomes_exact_fils(text, minor):
    assert one(text, "money", currency=DINAR) == (minor, None, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("250.000", "money.ambiguous"),
        ("1,50", "money.ambiguous"),
        ("-1", "money.negative"),
        ("٥-", "money.negative"),
        ("(100)", "money.negative"),
        ("0.0005", "money.decimals"),
        ("100 $", "money.currency"),
        ("1e9", "money.unreadable"),
        ("Infinity", "money.unreadable"),
        ("0x10", "money.unreadable"),
        ("1_000", "money.unreadable"),
        ("१००", "money.unreadable"),
        ("1٢3", "money.unreadable"),
        ("9" * 60, "value.range"),
        ("0." + "0" * 30 + "1", "value.range"),
    ],
)
def test_an_amount_that_could_mean_something_else_is_refused(text, code):
    value, found, reason = one(text, "money", currency=DINAR)
    assert (value, found) == (None, code)
    assert reason


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**13), st.sampled_from([(",", "."), ("٬", "٫"), ("", "."), (" ", "٫")]))
def test_every_amount_comes_back_however_it_is_spelled(minor, marks):
    thousands, point = marks
    text = f"{minor // 100:,}".replace(",", thousands) + f"{point}{minor % 100:02d}"
    assert one(text, "money", currency=DOLLAR) == (minor, None, None)


def test_a_mapping_that_states_its_decimal_mark_is_never_in_doubt():
    assert one("250.000", "money", currency=DINAR, decimal="comma")[0] == 250_000_000
    assert one("250.000", "money", currency=DINAR, decimal="point")[0] == 250_000
    assert one("12,5", "money", currency=DINAR, decimal="comma")[0] == 12_500
    assert one("62,5", "number", decimal="comma")[0] == Decimal("62.5")
    assert one("1,250.50", "money", currency=DINAR, decimal="comma")[1] == "money.ambiguous"


def test_a_number_of_a_spreadsheet_has_a_point_whatever_the_mapping_says():
    field = Field_.model_validate({"to": "facts.x", "as": "money", "decimal": "comma"})
    cells = ["2500.5", "250.125", "250.000", "2500,5"]
    read = interpret(cells, field, currency=DINAR, numeric=True)
    assert [value for value, _, _ in read] == [2_500_500, None, 250_000_000, 2_500_500]


def test_minor_units_bounds_and_a_missing_currency_are_heeded():
    assert one("250000", "money", currency=DINAR, unit="minor")[0] == 250_000
    assert one("1", "money", currency=DINAR, unit="minor", minimum=2)[1] == "value.range"
    with pytest.raises(MappingBroken, match="currency"):
        one("1", "money")


@pytest.mark.parametrize(("text", "value"), [("62.5", "62.5"), ("٦٢٫٥ ٪", "62.5"), ("80%", "80"), ("-3", "-3")])
def test_a_number_is_exact(text, value):
    assert one(text, "number")[0] == Decimal(value)


def test_a_number_out_of_bounds_is_refused():
    assert one("101", "number", minimum=0, maximum=100)[:2] == (None, "value.range")
    assert one("most", "number")[:2] == (None, "number.unreadable")


def test_a_date_may_be_partial_carry_a_time_and_must_be_possible():
    assert one("2016-05-03", "date")[0].earliest == date(2016, 5, 3)
    assert one("2016-05-03T13:05:00.000+03:00", "date")[0].latest == date(2016, 5, 3)
    assert str(one("2016-05", "date")[0]) == "2016-05"
    assert one("3/5/2016", "date", order="dmy")[0].earliest == date(2016, 5, 3)
    assert one("soon", "date")[1] == "date.unreadable"


def test_yes_and_no_are_read_in_every_language_of_the_programme():
    assert [one(text, "boolean")[0] for text in ("نعم", "Yes", "1", "TRUE", "بەڵێ", "erê")] == [True] * 6
    assert [one(text, "boolean")[0] for text in ("لا", "no", "0", "false", "نەخێر", "na")] == [False] * 6
    assert one("ربما", "boolean")[1] == "boolean.unreadable"


def test_a_code_is_found_whatever_its_case_and_spaces():
    codes = {"قضاء  الموصل": "IQG15Q05", "Mosul": "IQG15Q05", "none": ""}
    assert [one(text, "place", codes=codes)[0] for text in ("قضاء الموصل", " MOSUL ", "none")] == ["IQG15Q05", "IQG15Q05", None]
    assert one("Basra", "place", codes=codes)[1] == "value.unknown"
    assert one("death", "code", allowed=("death", "injury")) == ("death", None, None)
    assert one("fire", "code", allowed=("death", "injury"))[1] == "value.unknown"
    with pytest.raises(MappingBroken, match="two codes"):
        one("x", "code", codes={"A": "1", "a": "2"})


def test_of_several_codes_the_known_ones_are_taken_with_a_doubt_about_the_others():
    codes = {"tapu": "title_deed", "photos": "damage_photos"}
    assert one("tapu photos tapu", "codes", codes=codes, separator=" ") == (("title_deed", "damage_photos"), None, None)
    value, code, reason = one("tapu; will", "codes", codes=codes)
    assert (value, code) == (("title_deed",), "value.unknown")
    assert "'will'" in reason


def test_a_name_loses_controls_and_extra_spaces_but_no_letter():
    assert one("\u202e نور \u200f  علي\u202c", "name")[0] == "نور علي"
    assert one("هه\u200cڵۆ", "name")[0] == "هه\u200cڵۆ"
    assert one("نور" + "\u064b" * 20_000, "name")[1] == "value.too_long"


@pytest.mark.parametrize(
    "kind", ["text", "name", "date", "money", "number", "boolean", "code", "codes", "phone", "identifier", "place"]
)
def test_nothing_and_words_for_nothing_are_no_value_and_no_complaint(kind):
    assert one("  ", kind, currency=DINAR) == one("-", kind, currency=DINAR) == (None, None, None)
    assert one("غير معروف", kind, currency=DINAR) == (None, None, None)


@pytest.mark.parametrize("kind", ["money", "number", "date", "phone", "identifier", "boolean"])
def test_what_is_not_read_and_says_no_nothing_is_an_issue(kind):
    for text in ("∞", "∞∞", "Ⅴ", "??", "٪", "xx", "طفل"):
        taken, code, reason = one(text, kind, currency=DINAR)
        assert taken is None and code and reason
    assert one("①", kind, currency=DINAR) != (None, None, None)
    assert one("00000000000", kind, currency=DINAR) != (None, None, None)


def test_a_text_is_not_lost_because_it_names_nobody():
    assert [one(text, "text")[0] for text in ("∞", "طفل", "xx")] == ["∞", "طفل", "xx"]


def test_nan_is_an_empty_cell_for_every_reading():
    for kind in ("money", "number", "date", "phone", "identifier", "boolean", "text"):
        assert one("NaN", kind, currency=DINAR) == (None, None, None)


@pytest.mark.parametrize("text", ["07701234567/8", "07701234567/8 - 07801234567"])
def test_the_shorthand_for_a_second_telephone_is_told(text):
    taken, code, reason = one(text, "phone")
    assert taken and code == "phone.beside" and "'8'" in reason


@pytest.mark.parametrize("text", ["O7701234567", "0770l234567", "+964 O7701234567", "077O1234567"])
def test_a_letter_typed_for_a_digit_of_a_telephone_is_refused(text):
    assert one(text, "phone")[:2] == (None, "phone.unreadable")
