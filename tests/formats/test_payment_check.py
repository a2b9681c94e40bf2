"""The payment file's own check sees what a bank would refuse, and takes the standard's own examples."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from aljabr.errors import CheckFailed
from aljabr.formats import Debtor, write_pain001
from aljabr.formats.payment_check import payment_file_problems

XSD = "pyiso20022/xsd/payments_initiation/pain.001/pain.001.001.09.xsd"
AS_OF = date(2024, 3, 1)


def order(number: int, **changes: Any) -> dict[str, Any]:
    usual = {
        "order_id": f"pay_{number:020x}",
        "payee_name": "نور علي",
        "method": "transfer",
        "account": "iq98 nbiq 8501 2345 6789 012",
        "amount_minor": 250_000,
        "currency": "IQD",
        "instalment": 1,
        "due_on": AS_OF,
    }
    return usual | changes


@pytest.fixture
def payment_file(tmp_path: Path) -> Path:
    return written(tmp_path)


def written(folder: Path, *orders: dict[str, Any], message_id: str = "PROPOSED-20240301-IQ-LAW20-demo", **debtor: str) -> Path:
    payer = Debtor(**({"name": "صندوق", "account": "IQ92DEMO001000000000002", "bic": "DEMOIQBA"} | debtor))  # type: ignore[arg-type]
    path = folder / "pain001.xml"
    write_pain001(path, orders or (order(1), order(2)), debtor=payer, as_of=AS_OF, message_id=message_id, exponent=3)
    return path


def test_what_the_programme_writes_passes(payment_file: Path) -> None:
    assert payment_file_problems(payment_file) == []
    assert b"<IBAN>IQ98NBIQ850123456789012</IBAN>" in payment_file.read_bytes()
    assert b"<EndToEndId>pay-00000000000000000001</EndToEndId>" in payment_file.read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("pay-00000000000000000001", "pay_00000000000000000001", "EndToEndId 'pay_"),
        ("pay-00000000000000000001", "/ay-00000000000000000001", "EndToEndId '/ay"),
        ("pay-00000000000000000001", "pay-00000000000000000002", "used twice"),
        ("PROPOSED-20240301-IQ-LAW20-demo</", "PROPOSED_20240301</", "MsgId"),
        ("PROPOSED-20240301-IQ-LAW20-demo</", "P" * 36 + "</", "MsgId"),
        ("IQ98NBIQ850123456789012", "IQ98NBIQ850123456789021", "check digits"),
        ("IQ98NBIQ850123456789012", "IQ98NBIQ85012345678901", "23 characters, this one 22"),
        ("IQ98NBIQ850123456789012", "iq98nbiq850123456789012", "not plain"),
        ("DEMOIQBA", "DEMOXXBA", "not a BIC"),
        (">250.000<", ">250.00<", "decimals"),
        (">250.000<", ">0.000<", "above zero"),
        (">250.000<", ">25e1<", "above zero"),
        ('Ccy="IQD"', 'Ccy="دينار"', "ISO code"),
        ("<NbOfTxs>2<", "<NbOfTxs>3<", "NbOfTxs of GrpHdr"),
        ("<CtrlSum>500.000<", "<CtrlSum>500.001<", "CtrlSum of GrpHdr"),
        ("<CtrlSum>500.000<", "<CtrlSum>NaN<", "CtrlSum of GrpHdr"),
        ("نور علي", "ن" * 141, "141 characters"),
        ("نور علي", " ", "1 characters"),
        ("</Document>", "", "well-formed"),
        ("<Document", '<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><Document', ""),
    ],
)
def test_what_a_bank_would_refuse_is_seen(payment_file: Path, old: str, new: str, said: str) -> None:
    text = payment_file.read_text(encoding="utf-8")
    assert old in text
    payment_file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(said in problem for problem in payment_file_problems(payment_file)) or not said


def test_the_schema_takes_every_kind_of_identifier(tmp_path: Path, test_data: Callable[[str], Path]) -> None:
    schema = etree.XMLSchema(etree.parse(test_data("iso20022") / XSD))
    ids = ("pay_1", "pay/2", "صرف_3", "a b-c_d", "3f2b8c1e-0000-4000-8000-000000000001")
    path = written(tmp_path, *(order(1, order_id=name) for name in ids), message_id="x" * 35)
    assert schema.validate(etree.parse(path)), schema.error_log
    assert payment_file_problems(path) == []


def test_names_are_written_as_the_programme_chose(tmp_path: Path) -> None:
    path = written(tmp_path, order(1, payee_name="Şîlan\x07 \u202eHecî & Sons_"), letters="latin")
    assert etree.parse(path).findtext(".//{*}Cdtr/{*}Nm") == "Silan Heci Sons"
    assert etree.parse(path).findtext(".//{*}Dbtr/{*}Nm").isascii()
    assert etree.parse(written(tmp_path)).findtext(".//{*}Cdtr/{*}Nm") == "نور علي"


def test_two_messages_never_share_the_identity_of_a_batch(tmp_path: Path) -> None:
    messages = (f"PROPOSED-20240301-IQ-LAW20-demo-{end}" for end in "ab")
    batches = [etree.parse(written(tmp_path, message_id=message)).findtext(".//{*}PmtInfId") for message in messages]
    assert len(set(batches)) == 2


@pytest.mark.parametrize("account", ["IQ98NBIQ850123456789021", "IQ98NBIQ85012345678901"])
def test_an_order_to_what_only_reads_like_an_iban_is_not_written(tmp_path: Path, account: str) -> None:
    with pytest.raises(CheckFailed, match="reads like an IBAN"):
        written(tmp_path, order(1, account=account))
