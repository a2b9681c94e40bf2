"""Accounts, bank codes and references as banks take them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aljabr.banking import MAX_REFERENCE, bank_reference, compact_iban, iban_problem, is_bic, is_iban, is_reference

# Examples of the SWIFT IBAN registry, and what people make of them.
GOOD = ["IQ98NBIQ850123456789012", "GB82 WEST 1234 5698 7654 32", "tr330006100519786457841326", "JO94CBJO0010000000000131000302"]
WRITTEN = [
    *("iq98 nbiq 8501 2345 6789 012", "IBAN IQ98NBIQ850123456789012", "IBAN: IQ98-NBIQ-8501-2345-6789-012"),
    *("\u200eIQ98\u00a0NBIQ\u202f850123456789012\u200f", "IQ98.NBIQ.850123456789012", "IQ٩٨NBIQ٨٥٠١٢٣٤٥٦٧٨٩٠١٢"),
]
BAD = {
    "IQ98NBIQ85012345678901": "An IBAN of IQ has 23 characters, this one 22.",
    "IQ98NBIQ8501234567890123": "An IBAN of IQ has 23 characters, this one 24.",
    "IQ98NBIQ850123456789021": "Its check digits do not fit the rest.",
    "ZZ98NBIQ850123456789012": "No country has IBANs that begin with ZZ.",
    "IQ98NBIQ85012345678901²": "It is not two letters, two digits and the number of the account.",
    "07701234567": "It is not two letters, two digits and the number of the account.",
}


@pytest.mark.parametrize("account", [*GOOD, *WRITTEN])
def test_an_iban_is_read_however_it_is_written(account: str) -> None:
    assert iban_problem(account) == ""
    assert account in GOOD or compact_iban(account) == GOOD[0]


@pytest.mark.parametrize(("account", "problem"), BAD.items())
def test_what_is_wrong_with_an_iban_is_said(account: str, problem: str) -> None:
    assert iban_problem(account) == problem
    assert not is_iban(account)


def test_letters_stand_where_the_country_has_them() -> None:
    body = "1234850123456789012"  # Iraq's bank code is four letters; the check digits are right for these digits
    check = 98 - int(body + "182600") % 97
    assert iban_problem(f"IQ{check:02d}{body}") == "Letters and digits do not stand where an IBAN of IQ has them."


def test_a_bank_code_has_a_country() -> None:
    assert all(map(is_bic, ("NBIQIQBA", "NBIQIQBAXXX")))
    assert not any(map(is_bic, ("NBIQIQB", "NBIQXXBA", "nbiqiqba", "")))


@pytest.mark.parametrize("text", ["/a", "a/", "a//b", " a", "a ", "a_b", "a\n", "a&b", "أ", "", "x" * 36, "a@b", 'a"b', "é"])
def test_a_reference_that_some_bank_refuses_is_none(text: str) -> None:
    assert not is_reference(text)


def test_an_order_s_own_id_can_be_told_from_its_reference() -> None:
    assert bank_reference("pay_0123456789abcdef0123") == "pay-0123456789abcdef0123"


@given(st.lists(st.text(min_size=1, max_size=60), min_size=2, max_size=6, unique=True))
def test_references_are_taken_by_every_bank_and_stay_different(identifiers: list[str]) -> None:
    references = [bank_reference(identifier) for identifier in identifiers]
    assert all(is_reference(reference) and len(reference) <= MAX_REFERENCE for reference in references)
    apart = {identifier.replace("_", "-") for identifier in identifiers}
    assert len(apart) < len(identifiers) or len(set(references)) == len(identifiers)
