"""Writes payment orders as an ISO 20022 customer credit transfer initiation, pain.001.001.09, element by element.

One ``PmtInf`` stands for each due date, instalment and method: ``TRF`` for transfers, ``CHK`` for cheques. Counts and control sums
are exact. The file says nothing of harms or grounds, and no clock enters it: it is dated ``as_of``. Orders stand in key order.

References
----------
ISO 20022, pain.001.001.09; Character set X of SWIFT for identifiers.
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

from lxml import etree

from aljabr.errors import CheckFailed, UsageError
from aljabr.money import major_units

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
METHODS = {"transfer": "TRF", "TRF": "TRF", "cheque": "CHK", "CHK": "CHK"}
MAX_EXPONENT = 5
MAX_TOTAL_DIGITS = 18
_ID = re.compile(r"(?!/)(?!.*//)[0-9A-Za-z/\-?:().,'+ _]{1,35}(?<!/)")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
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
    """

    name: str
    account: str
    bic: str = ""
    agent: str = ""


@dataclass(frozen=True, kw_only=True)
class _Order:
    order_id: str
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
        Grain one payment order: ``order_id`` (becomes the end-to-end id), ``payee_name``, ``method`` (transfer or cheque),
        ``account`` (needed for transfers), ``amount_minor``, ``currency``, ``instalment``, ``due_on`` (at the earliest ``as_of``).
    debtor : Debtor
    as_of : date
        Creation date of the message.
    message_id : str
        At most 35 characters of SWIFT's set X.
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
    if not _ID.fullmatch(message_id):
        raise UsageError(f"The message id {message_id!r} is not 1 to 35 characters of SWIFT's set.", "Choose another.")
    taken = sorted((_order(order, as_of) for order in orders), key=lambda order: (*order.batch(), order.order_id))
    if not taken:
        raise UsageError("There is no payment order to write.", "Run the award and pay stages first.")
    if len({order.order_id for order in taken}) != len(taken):
        raise CheckFailed("Two payment orders share an id.", "No order may be paid twice: mend the orders.")
    with path.open("wb") as stream:
        with etree.xmlfile(stream, encoding="UTF-8") as xml:
            xml.write_declaration()
            with xml.element(_tag("Document"), nsmap={None: NAMESPACE}), xml.element(_tag("CstmrCdtTrfInitn")):
                xml.write(_group_header(taken, debtor, as_of=as_of, message_id=message_id, exponent=exponent))
                for number, (_, batch) in enumerate(groupby(taken, key=_Order.batch), start=1):
                    _write_batch(xml, list(batch), debtor, identifier=f"{message_id[:28]}-{number:06d}", exponent=exponent)
        stream.write(b"\n")
    return len(taken)


def _order(order: Mapping[str, Any], as_of: date) -> _Order:
    name, identifier = _text(order["payee_name"], 140), str(order["order_id"])
    account = "".join(str(order["account"] or "").split())
    method = METHODS.get(str(order["method"]))
    amount_minor = int(order["amount_minor"])
    problems = [
        *([f"its id is not 1 to 35 characters of SWIFT's set: {identifier!r}"] if not _ID.fullmatch(identifier) else []),
        *(["it names no payee"] if not name else []),
        *([f"its method {order['method']!r} is unknown"] if method is None else []),
        *(["it has no account of at most 34 characters"] if method == "TRF" and not 0 < len(account) <= 34 else []),
        *(["its amount is not above zero"] if not 0 < amount_minor < 10**MAX_TOTAL_DIGITS else []),
        *([f"its currency {order['currency']!r} is no ISO code"] if not re.fullmatch("[A-Z]{3}", str(order["currency"])) else []),
    ]
    if problems:
        raise CheckFailed(f"The payment order {identifier} cannot be sent: {'; '.join(problems)}.", "Mend the order.")
    return _Order(
        order_id=identifier,
        payee=name,
        method=str(method),
        account=account,
        amount_minor=amount_minor,
        currency=str(order["currency"]),
        instalment=int(order["instalment"] or 1),
        due_on=max(order["due_on"] or as_of, as_of),
    )


def _group_header(orders: Sequence[_Order], debtor: Debtor, *, as_of: date, message_id: str, exponent: int) -> etree._Element:
    header = _element("GrpHdr")
    _add(header, "MsgId", message_id)
    _add(header, "CreDtTm", f"{as_of.isoformat()}T00:00:00Z")
    _add_totals(header, orders, exponent)
    _add(_add(header, "InitgPty"), "Nm", _text(debtor.name, 140))
    return header


def _write_batch(xml: Any, orders: Sequence[_Order], debtor: Debtor, *, identifier: str, exponent: int) -> None:
    head = _element("PmtInf")
    _add(head, "PmtInfId", identifier)
    _add(head, "PmtMtd", orders[0].method)
    _add_totals(head, orders, exponent)
    _add(_add(head, "ReqdExctnDt"), "Dt", orders[0].due_on.isoformat())
    _add(_add(head, "Dbtr"), "Nm", _text(debtor.name, 140))
    _add_account(_add(head, "DbtrAcct"), debtor.account)
    agent = _add(_add(head, "DbtrAgt"), "FinInstnId")
    if debtor.bic:
        if not _BIC.fullmatch(debtor.bic):
            raise UsageError(f"{debtor.bic!r} is no BIC.", "Write 8 or 11 capital letters and digits, or name the bank.")
        _add(agent, "BICFI", debtor.bic)
    else:
        _add(agent, "Nm", _text(debtor.agent, 140) or "NOTPROVIDED")
    with xml.element(_tag("PmtInf")):
        for part in head:
            xml.write(part)
        for order in orders:
            xml.write(_transaction(order, exponent))


def _transaction(order: _Order, exponent: int) -> etree._Element:
    element = _element("CdtTrfTxInf")
    _add(_add(element, "PmtId"), "EndToEndId", order.order_id)
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
    compact = "".join(account.split())
    if not 0 < len(compact) <= 34:
        raise UsageError(f"The account {account!r} is empty or longer than 34 characters.", "Write an IBAN or the bank's number.")
    identity = _add(parent, "Id")
    if _IBAN.fullmatch(compact.upper()):
        _add(identity, "IBAN", compact.upper())
    else:
        _add(_add(identity, "Othr"), "Id", _text(compact, 34))


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, _tag(name))
    child.text = text
    return child


def _element(name: str) -> etree._Element:
    return etree.Element(_tag(name), nsmap={None: NAMESPACE})  # type: ignore[dict-item]


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _text(value: object, limit: int) -> str:
    clean = _DIRECTION.sub("", _NOT_XML.sub(" ", unicodedata.normalize("NFC", str(value or ""))))
    return " ".join(clean.split())[:limit].rstrip()
