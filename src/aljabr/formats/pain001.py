"""Writes payment orders as an ISO 20022 customer credit transfer initiation, pain.001.001.09, element by element.

One ``PmtInf`` stands for each due date, instalment and method: ``TRF`` for transfers, ``CHK`` for cheques. Counts and control sums
are exact. The file says nothing of harms or grounds, and no clock enters it: it is dated ``as_of``. Orders stand in key order.
Every reference in it is one that any bank takes (``aljabr.banking``): an order's own id has an underscore, which banks refuse.

References
----------
ISO 20022, pain.001.001.09, with the characters for references of SEPA and the Common Global Implementation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from anyascii import anyascii
from lxml import etree

from aljabr.banking import bank_reference, compact_iban, iban_problem, is_bic, is_reference, looks_like_iban
from aljabr.errors import CheckFailed, UsageError
from aljabr.money import major_units

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
METHODS = {"transfer": "TRF", "TRF": "TRF", "cheque": "CHK", "CHK": "CHK"}
MAX_EXPONENT = 5
MAX_TOTAL_DIGITS = 18
MAX_NAME = 140
MAX_ACCOUNT = 34
MAX_ORDER_ID = 200
_NOT_LATIN = re.compile(r"[^0-9A-Za-z/\-?:().,'+ ]+")
_NOT_XML = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, kw_only=True)
class Debtor:
    """Who pays, from which account, at which bank.

    Parameters
    ----------
    name : str
        At most 140 characters are sent.
    account : str
        An IBAN, or the bank's own number of at most 34 characters.
    bic : str
        The bank's BIC; when empty, ``agent`` identifies it.
    agent : str
        The bank's name.
    letters : str
        ``any`` writes names as they are; ``latin`` writes them in the characters that every bank accepts.
    """

    name: str
    account: str
    bic: str = ""
    agent: str = ""
    letters: str = "any"


@dataclass(frozen=True, kw_only=True)
class _Order:
    reference: str
    payee: str
    method: str
    account: str
    amount_minor: int
    currency: str
    instalment: int
    due_on: date

    def batch(self) -> tuple[date, int, str]:
        return self.due_on, self.instalment, self.method


def write_pain001(
    path: Path, orders: Iterable[Mapping[str, Any]], *, debtor: Debtor, as_of: date, message_id: str, exponent: int
) -> int:
    """Write one pain.001.001.09 file.

    Parameters
    ----------
    path : Path
        Overwritten when it exists.
    orders : iterable of mappings
        Grain one payment order: ``order_id`` (gives the end-to-end id), ``payee_name``, ``method`` (transfer or cheque),
        ``account`` (needed for transfers), ``amount_minor``, ``currency``, ``instalment``, ``due_on`` (at the earliest ``as_of``).
    debtor : Debtor
    as_of : date
        Creation date of the message.
    message_id : str
        At most 35 of the characters that banks take in references.
    exponent : int
        Decimal places of the orders' currency, at most 5.

    Returns
    -------
    int
        Number of transactions.

    Raises
    ------
    UsageError
        When there is no order, or message id, debtor or exponent cannot be written.
    CheckFailed
        When an order has no payee, amount, account or method, or two orders share an id.
    """
    if not 0 <= exponent <= MAX_EXPONENT:
        raise UsageError(f"ISO 20022 writes at most {MAX_EXPONENT} decimals, not {exponent}.", "Check the programme's currency.")
    if not is_reference(message_id):
        raise UsageError(f"The message id {message_id!r} is not 1 to 35 characters that banks take.", "Choose another.")
    taken = sorted((_order(order, as_of, debtor.letters) for order in orders), key=lambda order: (*order.batch(), order.reference))
    if not taken:
        raise UsageError("There is no payment order to write.", "Run the award and pay stages first.")
    if len({order.reference for order in taken}) != len(taken):
        raise CheckFailed("Two payment orders share an id.", "No order may be paid twice: mend the orders.")
    with path.open("wb") as stream:
        with etree.xmlfile(stream, encoding="UTF-8") as xml:
            xml.write_declaration()
            with xml.element(_tag("Document"), nsmap={None: NAMESPACE}), xml.element(_tag("CstmrCdtTrfInitn")):
                xml.write(_group_header(taken, debtor, as_of=as_of, message_id=message_id, exponent=exponent))
                for number, (_, batch) in enumerate(groupby(taken, key=_Order.batch), start=1):
                    _write_batch(xml, list(batch), debtor, identifier=_batch_id(message_id, number), exponent=exponent)
        stream.write(b"\n")
    return len(taken)


def order_problems(order: Mapping[str, Any], *, letters: str = "any") -> list[str]:
    """Return why an order cannot be sent to a bank, each in a few words; nothing when it can.

    Parameters
    ----------
    order : mapping
        As for ``write_pain001``.
    letters : str
        How the payee's name is written: ``any`` or ``latin``.
    """
    identifier, account = str(order["order_id"]), str(order["account"] or "")
    method, amount_minor = METHODS.get(str(order["method"])), int(order["amount_minor"])
    transferred = method == "TRF"
    wrong = iban_problem(account) if transferred and looks_like_iban(account) else ""
    return [
        *([f"its id is not 1 to {MAX_ORDER_ID} characters: {identifier!r}"] if not 0 < len(identifier) <= MAX_ORDER_ID else []),
        *(["it names no payee"] if not written_name(order["payee_name"], letters) else []),
        *([f"its method {order['method']!r} is unknown"] if method is None else []),
        *(["it has no account of at most 34 characters"] if transferred and not 0 < len(_compact(account)) <= MAX_ACCOUNT else []),
        *([f"its account reads like an IBAN and is not one: {wrong}"] if wrong else []),
        *(["its amount is not above zero"] if not 0 < amount_minor < 10**MAX_TOTAL_DIGITS else []),
        *([f"its currency {order['currency']!r} is no ISO code"] if not re.fullmatch("[A-Z]{3}", str(order["currency"])) else []),
    ]


def written_name(name: object, letters: str) -> str:
    """Return a name as the file has it: at most 140 characters, without control characters; empty when nothing is left.

    Examples
    --------
    >>> written_name("  Nûr \u202eAlî ", "latin"), written_name("نور علي", "any")
    ('Nur Ali', 'نور علي')
    """
    text = clean_text(name, MAX_NAME)
    if letters == "latin":
        text = clean_text(_NOT_LATIN.sub(" ", anyascii(text)), MAX_NAME).strip("/")
    return text if any(map(str.isalnum, text)) else ""


def _order(order: Mapping[str, Any], as_of: date, letters: str) -> _Order:
    if problems := order_problems(order, letters=letters):
        raise CheckFailed(f"The payment order {order['order_id']} cannot be sent: {'; '.join(problems)}.", "Mend the order.")
    return _Order(
        reference=bank_reference(str(order["order_id"])),
        payee=written_name(order["payee_name"], letters),
        method=METHODS[str(order["method"])],
        account=str(order["account"] or ""),
        amount_minor=int(order["amount_minor"]),
        currency=str(order["currency"]),
        instalment=int(order["instalment"] or 1),
        due_on=max(order["due_on"] or as_of, as_of),
    )


def _batch_id(message_id: str, number: int) -> str:
    return bank_reference(f"{message_id}-{number:06d}", readable=20)


def _group_header(orders: Sequence[_Order], debtor: Debtor, *, as_of: date, message_id: str, exponent: int) -> etree._Element:
    header = _element("GrpHdr")
    _add(header, "MsgId", message_id)
    _add(header, "CreDtTm", f"{as_of.isoformat()}T00:00:00Z")
    _add_totals(header, orders, exponent)
    _add(_add(header, "InitgPty"), "Nm", written_name(debtor.name, debtor.letters))
    return header


def _write_batch(xml: Any, orders: Sequence[_Order], debtor: Debtor, *, identifier: str, exponent: int) -> None:
    head = _element("PmtInf")
    _add(head, "PmtInfId", identifier)
    _add(head, "PmtMtd", orders[0].method)
    _add_totals(head, orders, exponent)
    _add(_add(head, "ReqdExctnDt"), "Dt", orders[0].due_on.isoformat())
    _add(_add(head, "Dbtr"), "Nm", written_name(debtor.name, debtor.letters))
    _add_account(_add(head, "DbtrAcct"), debtor.account)
    agent = _add(_add(head, "DbtrAgt"), "FinInstnId")
    if debtor.bic:
        if not is_bic(debtor.bic):
            raise UsageError(f"{debtor.bic!r} is not a BIC.", "Write 8 or 11 capital letters and digits, or name the bank.")
        _add(agent, "BICFI", debtor.bic)
    else:
        _add(agent, "Nm", written_name(debtor.agent, debtor.letters) or "NOTPROVIDED")
    with xml.element(_tag("PmtInf")):
        for part in head:
            xml.write(part)
        for order in orders:
            xml.write(_transaction(order, exponent))


def _transaction(order: _Order, exponent: int) -> etree._Element:
    element = _element("CdtTrfTxInf")
    _add(_add(element, "PmtId"), "EndToEndId", order.reference)
    amount = _add(_add(element, "Amt"), "InstdAmt", major_units(order.amount_minor, exponent))
    amount.set("Ccy", order.currency)
    _add(_add(element, "Cdtr"), "Nm", order.payee)
    if order.method == "TRF":
        _add_account(_add(element, "CdtrAcct"), order.account)
    return element


def _add_totals(parent: etree._Element, orders: Sequence[_Order], exponent: int) -> None:
    total = sum(order.amount_minor for order in orders)
    if total >= 10**MAX_TOTAL_DIGITS:
        raise UsageError("The control sum has more than 18 digits.", "Write the orders in several files.")
    _add(parent, "NbOfTxs", str(len(orders)))
    _add(parent, "CtrlSum", major_units(total, exponent))


def _add_account(parent: etree._Element, account: str) -> None:
    identity = _add(parent, "Id")
    if looks_like_iban(account):
        if wrong := iban_problem(account):
            raise UsageError(f"The account {account!r} reads like an IBAN and is not one: {wrong}", "Correct it in the programme.")
        _add(identity, "IBAN", compact_iban(account))
        return
    compact = _compact(account)
    if not 0 < len(compact) <= MAX_ACCOUNT:
        raise UsageError(f"The account {account!r} is empty or longer than 34 characters.", "Write an IBAN or the bank's number.")
    _add(_add(identity, "Othr"), "Id", clean_text(compact, MAX_ACCOUNT))


def _compact(account: str) -> str:
    return "".join(account.split())


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, _tag(name))
    child.text = text
    return child


def _element(name: str) -> etree._Element:
    return etree.Element(_tag(name), nsmap={None: NAMESPACE})  # type: ignore[dict-item]


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def clean_text(value: object, limit: int) -> str:
    """Return a text without control characters and marks of direction, with single spaces, cut at a number of characters."""
    clean = _DIRECTION.sub("", _NOT_XML.sub(" ", unicodedata.normalize("NFC", str(value or ""))))
    return " ".join(clean.split())[:limit].rstrip()
