"""Writes the list from which cheques are made out, as CSV and as a right-to-left XLSX, in the order of the payment orders' keys.

Amounts stand in major units with exactly the currency's decimals; the last line of the workbook is the total. Dates inside the
workbook are ``as_of``, so that the same orders give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from aljabr.banking import bank_reference
from aljabr.errors import CheckFailed
from aljabr.formats.csv_writer import write_csv
from aljabr.formats.pain001 import clean_text
from aljabr.money import major_units

COLUMNS = ("number", "order_id", "payee_name", "amount", "currency", "instalment", "due_on", "reference")
HEADINGS = {
    "number": "التسلسل / No.",
    "order_id": "رقم أمر الصرف / Payment order",
    "payee_name": "اسم المستفيد / Payee",
    "amount": "المبلغ / Amount",
    "currency": "العملة / Currency",
    "instalment": "الدفعة / Instalment",
    "due_on": "تاريخ الاستحقاق / Due on",
    "reference": "المرجع لدى المصرف / Bank's reference",
}
MAX_PAYEE = 200
_WIDTHS = (10, 28, 42, 20, 12, 12, 18, 28)


def write_cheques(path_csv: Path, path_xlsx: Path, orders: Iterable[Mapping[str, Any]], *, as_of: date, exponent: int) -> int:
    """Write the cheque list twice: for machines and for the desk that makes the cheques out.

    Parameters
    ----------
    path_csv, path_xlsx : Path
        Overwritten when they exist.
    orders : iterable of mappings
        Payment orders with ``order_id``, ``payee_name``, ``amount_minor``, ``currency``, ``instalment``, ``due_on``; all of them
        are listed, so choose those paid by cheque first.
    as_of : date
        The date the workbook carries.
    exponent : int
        Decimal places of the orders' currency.

    Returns
    -------
    int
        Number of cheques.

    Raises
    ------
    CheckFailed
        When an order has no payee or no amount above zero, or the orders have more than one currency.
    """
    listed = sorted(orders, key=lambda order: str(order["order_id"]))
    if len({order["currency"] for order in listed}) > 1:
        raise CheckFailed("The orders have more than one currency.", "Write one cheque list for each.")
    rows = [_row(number, order, exponent) for number, order in enumerate(listed, start=1)]
    write_csv(path_csv, COLUMNS, rows)
    total = sum(int(order["amount_minor"]) for order in listed)
    _write_workbook(path_xlsx, rows, major_units(total, exponent), as_of=as_of)
    return len(rows)


def _row(number: int, order: Mapping[str, Any], exponent: int) -> tuple[str, ...]:
    payee = clean_text(order["payee_name"], MAX_PAYEE)
    if not payee or int(order["amount_minor"]) <= 0:
        raise CheckFailed(f"The payment order {order['order_id']} names no payee or no amount.", "Mend the order.")
    due_on = order["due_on"].isoformat() if order["due_on"] else ""
    amount, currency = major_units(int(order["amount_minor"]), exponent), str(order["currency"])
    return (
        str(number),
        str(order["order_id"]),
        payee,
        amount,
        currency,
        str(order["instalment"]),
        due_on,
        bank_reference(str(order["order_id"])),
    )


def _write_workbook(path: Path, rows: list[tuple[str, ...]], total: str, *, as_of: date) -> None:
    strings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
    with xlsxwriter.Workbook(path, strings) as book:
        book.set_properties({"created": datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC), "author": "", "title": "Cheques"})
        sheet = book.add_worksheet("Cheques")
        sheet.right_to_left()
        sheet.freeze_panes(1, 0)
        for position, width in enumerate(_WIDTHS):
            sheet.set_column(position, position, width)
        bold = book.add_format({"bold": True})
        for position, column in enumerate(COLUMNS):
            sheet.write_string(0, position, HEADINGS[column], bold)
        for line, row in enumerate(rows, start=1):
            for position, value in enumerate(row):
                sheet.write_string(line, position, value)
        for position, value in enumerate(("", "", "المجموع / Total", total, rows[0][4] if rows else "")):
            sheet.write_string(len(rows) + 1, position, value, bold)
