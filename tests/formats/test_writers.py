"""What leaves the house: CSV no spreadsheet executes, cheque lists, and payment files a bank's schema accepts."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from aljabr.errors import CheckFailed, UsageError
from aljabr.formats import Debtor, write_cheques, write_csv, write_pain001

XSD = "pyiso20022/xsd/payments_initiation/pain.001/pain.001.001.09.xsd"
NS = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}
FUND = Debtor(name="صندوق التعويضات", account="1000-2000", agent="Treasury bank")
AS_OF = date(2024, 3, 1)


def order(number, **changes):
    usual = {
        "order_id": f"pay_{number:020d}",
        "payee_name": f"نور علي {number}",
        "method": "transfer",
        "account": "GB82 WEST 1234 5698 7654 32",
        "amount_minor": 250_000 * number,
        "currency": "IQD",
        "instalment": 1,
        "due_on": AS_OF,
    }
    return usual | changes


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t=", "\r=", "＝", " ="])
def test_no_cell_is_taken_for_a_formula(tmp_path, lead):
    write_csv(tmp_path / "out.csv", ["name"], [[f"{lead}cmd|' /C calc'!A0"]])
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as stream:
        assert list(csv.reader(stream))[1:] == [[f"'{lead}cmd|' /C calc'!A0".replace("\r", "\n")]]


def test_plain_numbers_stay_numbers_and_the_mark_is_optional(tmp_path):
    assert write_csv(tmp_path / "out.csv", ["a", "b"], [[-5, "+9647701234567"], [None, "-1.5"]], bom=True) == 2
    assert (tmp_path / "out.csv").read_bytes() == b"\xef\xbb\xbfa,b\n-5,+9647701234567\n,-1.5\n"


def test_the_cheque_list_says_who_gets_what_and_is_the_same_bytes_each_time(tmp_path):
    orders = [order(2, account=None), order(1, account=None, due_on=None)]
    for turn in ("a", "b"):
        assert write_cheques(tmp_path / f"{turn}.csv", tmp_path / f"{turn}.xlsx", orders, as_of=AS_OF, exponent=3) == 2
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows[1:]] == ["250.000", "500.000", "750.000"]
    listed = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()
    assert listed[1] == "1,pay_00000000000000000001,نور علي 1,250.000,IQD,1,,pay-00000000000000000001"


def test_a_cheque_for_nobody_or_nothing_is_refused(tmp_path):
    for broken in (order(1, payee_name=" "), order(1, amount_minor=0)):
        with pytest.raises(CheckFailed, match="no payee or no amount"):
            write_cheques(tmp_path / "a.csv", tmp_path / "a.xlsx", [broken], as_of=AS_OF, exponent=3)
    assert write_cheques(tmp_path / "a.csv", tmp_path / "a.xlsx", [], as_of=AS_OF, exponent=3) == 0


def pain(path, orders, **changes):
    usual = {"debtor": FUND, "as_of": AS_OF, "message_id": "IQ-LAW20-demo-20240301", "exponent": 3}
    return write_pain001(path, orders, **(usual | changes))


def test_the_payment_file_satisfies_the_schema_and_its_sums_are_exact(tmp_path, test_data):
    schema = etree.XMLSchema(etree.parse(test_data("iso20022") / XSD))
    orders = [order(n, instalment=1 + n % 2, due_on=date(2024, 3 + n % 2, 1)) for n in range(1, 40)]
    orders += [order(99, method="cheque", account=None), order(100, account="7-55 x", payee_name="\u202eن" * 200)]
    assert pain(tmp_path / "p.xml", orders) == 41
    document = etree.parse(tmp_path / "p.xml")
    assert schema.validate(document), schema.error_log
    amounts = [Decimal(amount) for amount in document.xpath("//p:InstdAmt/text()", namespaces=NS)]
    assert sum(amounts) == Decimal(document.findtext(".//p:GrpHdr/p:CtrlSum", namespaces=NS)) == (780 + 199) * 250
    assert document.findtext(".//p:GrpHdr/p:NbOfTxs", namespaces=NS) == "41"


def test_each_batch_has_one_date_instalment_and_method_and_its_own_total(tmp_path):
    orders = [order(3, method="cheque"), order(1), order(2), order(4, due_on=date(2024, 9, 1), instalment=2)]
    pain(tmp_path / "p.xml", orders)
    batches = etree.parse(tmp_path / "p.xml").findall(".//p:PmtInf", NS)
    facts = [[batch.findtext(f"p:{name}", namespaces=NS) for name in ("PmtMtd", "NbOfTxs", "CtrlSum")] for batch in batches]
    assert facts == [["CHK", "1", "750.000"], ["TRF", "2", "750.000"], ["TRF", "1", "1000.000"]]
    assert [batch.findtext(".//p:Dt", namespaces=NS) for batch in batches] == ["2024-03-01", "2024-03-01", "2024-09-01"]


def test_the_order_of_the_orders_and_the_clock_change_nothing(tmp_path):
    orders = [order(number) for number in range(1, 9)]
    pain(tmp_path / "a.xml", orders)
    pain(tmp_path / "b.xml", reversed(orders))
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()
    assert b"<CreDtTm>2024-03-01T00:00:00Z</CreDtTm>" in (tmp_path / "a.xml").read_bytes()


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"payee_name": None}, "no payee"),
        ({"method": "hawala"}, "unknown"),
        ({"account": ""}, "no account"),
        ({"amount_minor": 0}, "not above zero"),
        ({"order_id": ""}, "200 characters"),
        ({"currency": "د.ع"}, "ISO code"),
    ],
)
def test_an_order_that_cannot_be_paid_is_refused(tmp_path, broken, said):
    with pytest.raises(CheckFailed, match=said):
        pain(tmp_path / "p.xml", [order(1, **broken)])


def test_no_order_is_paid_twice_and_a_file_is_never_empty(tmp_path):
    with pytest.raises(CheckFailed, match="share an id"):
        pain(tmp_path / "p.xml", [order(1), order(1)])
    with pytest.raises(UsageError, match="no payment order"):
        pain(tmp_path / "p.xml", [])
    with pytest.raises(UsageError, match="message id"):
        pain(tmp_path / "p.xml", [order(1)], message_id="//x")
    with pytest.raises(UsageError, match="decimals"):
        pain(tmp_path / "p.xml", [order(1)], exponent=6)
