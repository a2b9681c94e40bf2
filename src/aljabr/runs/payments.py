"""Writes the payment files of a run: the transfers as ISO 20022, the cheques as the list a treasury prints, and what is held back.

Only what falls due first is instructed; later instalments stand in ``payment_orders`` with their dates and are instructed when due.
An order that no bank could carry out, or that may pay the wrong person, is held: it stands in ``held.csv`` with the reason and in
no file that goes to a bank. It stays a payment order, so that it is sent once the reason is gone.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from aljabr.banking import bank_reference
from aljabr.errors import CheckFailed
from aljabr.formats import Debtor, write_cheques, write_csv, write_pain001
from aljabr.formats.pain001 import order_problems
from aljabr.formats.payment_check import payment_file_problems
from aljabr.money import major_units
from aljabr.programmes.records import Fund, Programme
from aljabr.relations import Database

PAYMENT_FILE, HELD = "pain001.xml", "held.csv"
HELD_COLUMNS = (
    "order_id",
    "reference",
    "claim_id",
    "payee_name",
    "method",
    "account",
    "amount",
    "currency",
    "instalment",
    "reason",
)
_DUE = "SELECT * FROM payment_orders WHERE instalment = 1 ORDER BY order_id"
# An account that different people gave: in any instalment, because the next ones go where the first went.
_SHARED = """
SELECT account, count(DISTINCT coalesce(person_id, claim_id)) AS people FROM payment_orders
WHERE account IS NOT NULL GROUP BY account HAVING people > 1
"""


def write_payment_files(db: Database, programme: Programme, folder: Path, *, fund: Fund, as_of: date) -> dict[str, Any]:
    """Write ``pain001.xml``, ``cheques.csv`` and ``cheques.xlsx`` into ``folder``, ``held.csv`` if any, and return what they hold.

    Returns
    -------
    dict
        For each method, and for what is held, number of orders and sum in minor units.

    Raises
    ------
    CheckFailed
        When the payment file that was written does not pass its own check.
    """
    folder.mkdir(parents=True)
    payer = fund.payer
    orders, exponent = db.dicts(_DUE), programme.currency.exponent
    reasons = _held(db, orders, letters=payer.letters if payer else "any")
    sent = [order for order in orders if order["order_id"] not in reasons]
    transfers, cheques = ([order for order in sent if order["method"] == method] for method in ("transfer", "cheque"))
    if transfers and payer:
        debtor = Debtor(name=payer.name, account=payer.account, bic=payer.bic, agent=payer.agent, letters=payer.letters)
        message = bank_reference(f"PROPOSED-{as_of:%Y%m%d}-{programme.key}-{fund.key}", readable=22)
        path = folder / PAYMENT_FILE
        write_pain001(path, transfers, debtor=debtor, as_of=as_of, message_id=message, exponent=exponent)
        for problem in payment_file_problems(path):
            raise CheckFailed(f"The payment file does not pass its own check: {problem}", "Report this: it must not go to a bank.")
    write_cheques(folder / "cheques.csv", folder / "cheques.xlsx", cheques, as_of=as_of, exponent=exponent)
    notes = {"transfers": _sum(transfers), "cheques": _sum(cheques)}
    if reasons:
        held = [order for order in orders if order["order_id"] in reasons]
        write_csv(folder / HELD, HELD_COLUMNS, [_held_row(order, reasons[order["order_id"]], exponent) for order in held])
        notes["held"] = _sum(held)
    return notes


def _held(db: Database, orders: list[dict[str, Any]], *, letters: str) -> dict[str, str]:
    """Why an order is held, by order id."""
    shared = dict(db.rows(_SHARED))
    used = Counter(bank_reference(str(order["order_id"])) for order in orders)
    reasons: dict[str, list[str]] = {}
    for order in orders:
        found = order_problems(order, letters=letters)
        if order["account"] in shared:
            found.append(f"its account was given by {shared[order['account']]} different people")
        if used[bank_reference(str(order["order_id"]))] > 1:
            found.append("its reference is another order's too")
        if found:
            reasons[order["order_id"]] = found
    return {order: "; ".join(found) for order, found in reasons.items()}


def _held_row(order: dict[str, Any], reason: str, exponent: int) -> list[object]:
    known = {**order, "reference": bank_reference(str(order["order_id"])), "reason": reason}
    known["amount"] = major_units(int(order["amount_minor"]), exponent)
    return [known[column] for column in HELD_COLUMNS]


def _sum(orders: list[dict[str, Any]]) -> dict[str, int | str]:
    return {"orders": len(orders), "minor": str(sum(order["amount_minor"] for order in orders))}
