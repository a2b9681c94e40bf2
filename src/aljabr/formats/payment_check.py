"""Checks a payment file as the bank that receives it would, before it is sent and whenever a run is verified.

It reads pain.001 of any version, element by element, never a document type or an entity, and says what a bank would refuse:
references outside the bank's characters or used twice, account numbers and bank codes that cannot be, amounts with other decimals
than others of their currency, counts and sums that do not fit. The schema itself is the standard's and is checked by tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from lxml import etree

from aljabr.banking import compact_iban, iban_problem, is_bic, is_reference

MAX_PROBLEMS = 20
_REFERENCES = ("MsgId", "PmtInfId", "InstrId", "EndToEndId")
_AMOUNT = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,5})?")
_NAME = {"Nm": 140, "Ustrd": 140}


def payment_file_problems(path: Path) -> list[str]:
    """Return what a bank would refuse in a payment file, each in one sentence, at most 20; nothing when it would not.

    Parameters
    ----------
    path : Path
        A customer credit transfer initiation, ISO 20022 pain.001.
    """
    check = _Check()
    try:
        with path.open("rb") as stream:
            for element in _elements(stream):
                check.look(element)
                if len(check.problems) >= MAX_PROBLEMS:
                    return check.problems[:MAX_PROBLEMS]
    except (OSError, etree.XMLSyntaxError, UnicodeError) as error:
        return [f"It is not well-formed XML: {str(error)[:200]}."]
    return check.whole()[:MAX_PROBLEMS]


def _elements(stream: object) -> Iterator[etree._Element]:
    """Every element as it ends; one that has ended is forgotten, so that a long file takes no memory."""
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    for _, element in etree.iterparse(stream, events=("end",), **options):
        if isinstance(element.tag, str):
            yield element
        if _local(element) == "CdtTrfTxInf":
            element.clear()


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


class _Check:
    """What was seen of a file so far."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.seen: dict[str, set[str]] = {name: set() for name in _REFERENCES}
        self.batch: list[Decimal] = []
        self.all: list[Decimal] = []
        self.stated: list[tuple[str, str, str]] = []
        self.currencies: dict[str, int] = {}

    def look(self, element: etree._Element) -> None:
        name, text = _local(element), element.text or ""
        if name in self.seen:
            self._reference(name, text)
        elif name == "IBAN" and (wrong := iban_problem(text) or ("" if text == compact_iban(text) else "It is not plain.")):
            self.problems.append(f"The IBAN {text[:40]!r} is not one: {wrong}")
        elif name in ("BICFI", "BIC", "AnyBIC") and not is_bic(text):
            self.problems.append(f"The bank code {text[:20]!r} is not a BIC.")
        elif name == "InstdAmt":
            self._amount(text, element.get("Ccy", ""))
        elif name in _NAME and not (0 < len(text) <= _NAME[name] and text.strip()):
            self.problems.append(f"A {name} has {len(text)} characters; banks take 1 to {_NAME[name]}.")
        elif name in ("NbOfTxs", "CtrlSum"):
            self.stated.append((_local(element.getparent()), name, text))  # type: ignore[arg-type]
        elif name == "PmtInf":
            self._sums("PmtInf", self.batch)
            self.batch = []

    def whole(self) -> list[str]:
        """Everything that speaks against the file, once it has been read to its end."""
        self._sums("GrpHdr", self.all)
        missing = [name for name in ("MsgId", "PmtInfId", "EndToEndId") if not self.seen[name]]
        return self.problems + [f"It has no {name}." for name in missing]

    def _reference(self, name: str, text: str) -> None:
        if not is_reference(text):
            self.problems.append(f"The {name} {text[:50]!r} has characters or a length that banks refuse.")
        if text in self.seen[name]:
            self.problems.append(f"The {name} {text[:50]!r} is used twice.")
        self.seen[name].add(text)

    def _amount(self, text: str, currency: str) -> None:
        if not _AMOUNT.fullmatch(text) or not Decimal(text):
            self.problems.append(f"The amount {text[:40]!r} is not one above zero with at most 5 decimals.")
            return
        decimals = len(text.partition(".")[2])
        if self.currencies.setdefault(currency, decimals) != decimals:
            others = f"others in {currency[:10]!r} have {self.currencies[currency]}"
            self.problems.append(f"The amount {text} has {decimals} decimals, {others}.")
        if not re.fullmatch("[A-Z]{3}", currency):
            self.problems.append(f"The currency {currency[:10]!r} is not an ISO code.")
        self.batch.append(Decimal(text))
        self.all.append(Decimal(text))

    def _sums(self, part: str, amounts: list[Decimal]) -> None:
        found = {"NbOfTxs": str(len(amounts)), "CtrlSum": str(sum(amounts, Decimal(0)))}
        for where, name, stated in self.stated:
            if where == part and not (_AMOUNT.fullmatch(stated) and Decimal(stated) == Decimal(found[name])):
                self.problems.append(f"The {name} of {part} says {stated[:40]!r}, the transactions come to {found[name]}.")
        self.stated = [entry for entry in self.stated if entry[0] != part]
