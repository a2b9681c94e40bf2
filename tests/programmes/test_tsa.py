"""9,831 real decided claims of another world: nothing in the code knows Iraq, and no row and no cent is lost."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from aljabr.relations import Database
from aljabr.runs import run_job, summarise, verify
from tests.conftest import ROOT

US_TSA = str(ROOT / "tests" / "programmes" / "US-TSA")


@pytest.fixture(scope="module")
def published(test_data):
    with (test_data("claims-tsa") / "tsa_claims_a.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def result(test_data, tmp_path_factory):
    out = tmp_path_factory.mktemp("tsa") / "out"
    return run_job(US_TSA, (test_data("claims-tsa") / "tsa_claims_a.csv",), out, as_of=date(2018, 4, 16))


def cents(rows, column):
    return sum((int(Decimal(row[column]) * 100) for row in rows if row[column]), 0)


def test_no_row_is_lost_and_counts_by_status_equal_the_files(result, published):
    figures = summarise(result).to_dict()
    assert (figures["rows"], figures["accepted"], figures["quarantined"]) == (9831, 9831, 0)
    assert figures["published"] == dict(Counter(row["Status"].lower() for row in published))


def test_both_sums_of_money_equal_the_files_to_the_cent(result, published):
    with Database() as db:
        db.read("claim_items", result.out / "private" / "relations")
        claimed, closed = db.rows("SELECT sum(claimed_minor), sum(close_minor) FROM claim_items")[0]
    assert (claimed, closed) == (cents(published, "Claim.Amount"), cents(published, "Close.Amount"))


def test_agreement_with_the_published_decisions_is_counted_as_it_is(result, published):
    agreement = summarise(result).to_dict()["agreement"]
    assert 0 < agreement["agree"] < agreement["compared"] <= len(published)


def test_what_it_wrote_verifies_without_link_and_pay(result):
    assert verify(result.out, progress=lambda *_: None).problems == ()
    assert not (result.out / "private" / "payments").exists()
