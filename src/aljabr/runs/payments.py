"""Writes the payment files of a run: the transfers as ISO 20022, the cheques as the list a treasury prints.

Only what falls due first is instructed; later instalments stand in ``payment_orders`` with their dates and are instructed when due.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from aljabr.formats import Debtor, write_cheques, write_pain001
from aljabr.programmes.records import Fund, Programme
from aljabr.relations import Database

_DUE = "SELECT * FROM payment_orders WHERE instalment = 1 AND method = $1 ORDER BY order_id"


def write_payment_files(db: Database, programme: Programme, folder: Path, *, fund: Fund, as_of: date) -> dict[str, Any]:
    """Write ``pain001.xml``, ``cheques.csv`` and ``cheques.xlsx`` into ``folder`` and return what they hold.

    Returns
    -------
    dict
        For each method, number of orders and sum in minor units.
    """
    folder.mkdir(parents=True)
    transfers, cheques = db.dicts(_DUE, ["transfer"]), db.dicts(_DUE, ["cheque"])
    exponent = programme.currency.exponent
    if transfers and fund.payer:
        debtor = Debtor(name=fund.payer.name, account=fund.payer.account, bic=fund.payer.bic, agent=fund.payer.agent)
        message = f"PROPOSED-{as_of:%Y%m%d}-{programme.key}-{fund.key}"[:35]
        write_pain001(folder / "pain001.xml", transfers, debtor=debtor, as_of=as_of, message_id=message, exponent=exponent)
    write_cheques(folder / "cheques.csv", folder / "cheques.xlsx", cheques, as_of=as_of, exponent=exponent)
    return {"transfers": _sum(transfers), "cheques": _sum(cheques)}


def _sum(orders: list[dict[str, Any]]) -> dict[str, int | str]:
    return {"orders": len(orders), "minor": str(sum(order["amount_minor"] for order in orders))}
