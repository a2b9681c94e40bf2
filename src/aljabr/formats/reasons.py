"""Why a row or a value is refused or doubted: stable codes, each with what it means. Readers and intake use no others."""

from __future__ import annotations

REASONS: dict[str, str] = {
    "row.short": "the row has fewer cells than the header",
    "row.long": "the row has more cells than the header",
    "row.unnamed": "a cell stands in a column that has no name",
    "row.quote": "a quotation mark is not closed, or closes too early",
    "row.too_long": "the line or one of its fields is longer than a reader accepts",
    "row.undecodable": "bytes of the line are not text in the file's encoding",
    "row.nul": "the line holds a NUL character",
    "row.blank": "the row has cells but no value",
    "row.not_json": "the line is not one JSON object",
    "row.nested": "the line nests deeper than one level",
    "row.twice": "the object names one key twice",
    "row.dropped": "a person set the row aside and said why",
    "text.damaged": "the text was decoded twice, or letters of it were lost at an export",
    "value.read_as": "the value was read as a spelling of the code list that it is when folded",
    "value.missing": "a value that the programme or the mapping requires is not there",
    "value.too_long": "the text is longer than a person would write here",
    "value.unknown": "the value is not one of those the programme knows",
    "value.range": "the value is below the minimum or above the maximum",
    "date.unreadable": "the text is not a date in the stated order and calendar",
    "date.implausible": "the year cannot be meant",
    "date.about": "the text itself says that the date is only about so; it is taken as an interval",
    "date.two_days": "a Hijri day that is another Gregorian day by each calendar; the earlier is taken",
    "date.not_a_day": "the date is known only to the month or the year, and a day is needed",
    "money.unreadable": "the text is not an amount of money",
    "money.ambiguous": "the amount can be read in two ways",
    "money.negative": "the amount is below zero",
    "money.decimals": "the amount has more decimals than the currency",
    "money.currency": "the amount names another currency",
    "number.unreadable": "the text is not a number",
    "boolean.unreadable": "the text says neither yes nor no",
    "phone.unreadable": "the text is not a telephone number",
    "account.unreadable": "the account reads like an IBAN, and its country, length, structure or check digits are wrong",
    "phone.beside": "the cell says more than telephone numbers",
    "identifier.rounded": "a spreadsheet rounded the number, which strangers share",
    "reference.rounded": "a spreadsheet rounded the source's own number of the claim",
    "identifier.unreadable": "the text is not an identifier",
    "incident.after_filing": "the incident is later than the filing",
    "born.after_filing": "the claimant is born after the filing",
    "born.after_incident": "the victim is born after the incident",
    "victim.missing": "the harm is another person's, and no victim is named",
    "victim.differs": "the claimant is stated to be the victim, but the names differ",
}

# A value that is taken all the same: with a doubt, or with a note, said once for each spelling of a column.
WITH_VALUE = frozenset({"date.about", "date.two_days", "phone.beside", "reference.rounded", "value.read_as"})
NOTES = frozenset({"value.read_as"})
