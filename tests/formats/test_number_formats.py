"""What a number format shows beyond the value: percentages, parts of dates, zeros and words."""

from __future__ import annotations

from datetime import date

import pytest

from aljabr.formats.number_formats import date_text, look_of

PLAIN = (
    "General", "@", "0", "#,##0", "#,##0.00", "0.00E+00", "# ?/?", '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "[Red]0", "[$-401]0",
    "#,##0,",    "dd/mm/yyyy", "[$-409]d-mmm-yyyy;@", "dd/mm/yyyy hh:mm", "hh:mm", "[h]:mm",
    "mm:ss.0", "[$-2000401]dd/mm/yyyy", "dddd, d mmmm yyyy",
)  # fmt: skip


@pytest.mark.parametrize("code", PLAIN)
def test_a_format_that_shows_the_value_itself_needs_no_second_look(code):
    assert look_of(code) is None


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0%", 0.6, "60%"),
        ("0.00%;[Red]-0.00%", 0.56, "56%"),
        ("0%", 60, "6000%"),
        ('0"%"', 60, "60%"),
        ('0" مليون"', 12, "12 مليون"),
        ('0.0,," مليون"', 12_000_000, "12 مليون"),
        ('General" دينار"', 7, "7 دينار"),
        ("[$$-409]#,##0.00", 5, "$5"),
        ('"$"#,##0_);[Red]("$"#,##0)', -5, "-$5"),
        ("#,##0 [$د.ع.\u200f-801]", 5000, "5000 د.ع."),
        ("00000000000", 7701234567, "07701234567"),
        ("0000-000-0000", 7701234567, "0770-123-4567"),
        ('"MC/"0000', 12, "MC/0012"),
        ('[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', 2_500_000, "2.5M"),
        (";;;", 5, ""),
    ],
)
def test_a_number_is_given_as_the_cell_shows_it(code, value, shown):
    assert look_of(code).shown(value) == shown


@pytest.mark.parametrize(
    ("code", "calendar", "shown"),
    [
        ("yyyy", "gregorian", "1980"),
        ("mmm yyyy", "gregorian", "1980-05"),
        ("mmm-yy", "gregorian", "1980-05"),
        ("mm/yyyy", "gregorian", "1980-05"),
        ("[$-ar-IQ]mmmm yyyy", "gregorian", "1980-05"),
        ('yyyy"年"m"月"', "gregorian", "1980-05"),
        ("d-mmm", "gregorian", "1/5"),
        ("[$-2060401]B2dd/mm/yyyy;@", "hijri", "1980-05-01"),
        ("[$-1170401]dd/mm/yyyy", "hijri", "1980-05-01"),
        ("[$-1070000]d/mm/yyyy", "another", "1980-05-01"),
    ],
)
def test_a_date_is_as_precise_as_its_format(code, calendar, shown):
    look = look_of(code).date
    assert (look.calendar, date_text(date(1980, 5, 1), look)) == (calendar, shown)
