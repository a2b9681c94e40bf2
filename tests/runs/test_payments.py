"""Which orders go to the bank, and which are held with a reason."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from aljabr.programmes import load_programme
from aljabr.relations import Database
from aljabr.relations.schemas import relation
from aljabr.runs.payments import write_payment_files

IBANS = ("IQ98NBIQ850123456789012", "IQ92DEMO001000000000002", "IQ22DEMO001000000000001")
COLUMNS = tuple(relation("payment_orders").columns)


def order(number: int, **changes: Any) -> dict[str, Any]:
    usual = {
        "order_id": f"pay_{number:020x}",
        "claim_id": f"clm_{number}",
        "person_id": f"per_{number}",
        "payee_name": f"Invented Person {number}",
        "method": "transfer",
        "account": IBANS[number % 3],
        "amount_minor": 1000 * number,
        "currency": "IQD",
        "instalment": 1,
        "due_on": date(2024, 3, 1),
    }
    return usual | changes


def paid(db: Database, folder: Path, *orders: dict[str, Any]) -> tuple[dict[str, Any], list[str], dict[str, str]]:
    """The notes, the references sent by transfer, and the reason for each order held."""
    db.create("payment_orders")
    for entry in orders:
        db.execute(f"INSERT INTO payment_orders VALUES ({', '.join('?' for _ in COLUMNS)})", [entry[name] for name in COLUMNS])
    law = load_programme("IQ-LAW20")
    fund = next(fund for fund in law.funds if fund.key == "demo-small")
    notes = write_payment_files(db, law, folder / "payments", fund=fund, as_of=date(2024, 3, 1))
    path = folder / "payments" / "pain001.xml"
    sent = [str(found.text) for found in etree.parse(path).iterfind(".//{*}EndToEndId")] if path.exists() else []
    held = folder / "payments" / "held.csv"
    rows = list(csv.DictReader(held.read_text(encoding="utf-8").splitlines())) if held.exists() else []
    return notes, sent, {row["order_id"]: row["reason"] for row in rows}


def test_what_is_in_order_is_sent_and_nothing_is_held(db: Database, tmp_path: Path) -> None:
    notes, sent, held = paid(db, tmp_path, order(1), order(2, method="cheque", account=None))
    assert sent == ["pay-00000000000000000001"] and held == {}
    assert notes == {"transfers": {"orders": 1, "minor": "1000"}, "cheques": {"orders": 1, "minor": "2000"}}


def test_one_account_of_two_people_is_held_for_both(db: Database, tmp_path: Path) -> None:
    notes, sent, held = paid(db, tmp_path, order(1), order(2, account=IBANS[1]), order(3))
    assert sent == ["pay-00000000000000000003"]
    assert set(held.values()) == {"its account was given by 2 different people"} and len(held) == 2
    assert notes["held"] == {"orders": 2, "minor": "3000"} and notes["transfers"] == {"orders": 1, "minor": "3000"}


def test_one_person_may_be_paid_twice_into_one_account(db: Database, tmp_path: Path) -> None:
    _, sent, held = paid(db, tmp_path, order(1), order(2, account=IBANS[1], person_id="per_1"))
    assert len(sent) == 2 and held == {}


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"payee_name": "\u202e "}, "no payee"),
        ({"account": "IQ98NBIQ850123456789021"}, "check digits"),
        ({"amount_minor": 0}, "above zero"),
        ({"method": "cheque", "account": None, "payee_name": "-"}, "no payee"),
    ],
)
def test_an_order_that_no_bank_could_carry_out_stops_nobody_else_s(
    db: Database, tmp_path: Path, broken: dict[str, Any], reason: str
) -> None:
    notes, sent, held = paid(db, tmp_path, order(1, **broken), order(2))
    assert sent == ["pay-00000000000000000002"]
    assert reason in held["pay_00000000000000000001"]
    assert notes["held"]["orders"] == 1


def test_two_orders_whose_references_would_be_one_are_both_held(db: Database, tmp_path: Path) -> None:
    _, sent, held = paid(db, tmp_path, order(1, order_id="a_1"), order(2, order_id="a-1"))
    assert sent == [] and set(held) == {"a_1", "a-1"}
