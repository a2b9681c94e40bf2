"""Payment orders: who is paid how, under an identity that never changes, and never twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

import pytest
from tests.awards.conftest import AS_OF, make_fund, make_programme

from aljabr.awards import is_iban, make_awards, make_payment_orders
from aljabr.errors import CheckFailed
from aljabr.relations import Database

UNIT = 250_000
World = Callable[..., Database]


@pytest.mark.parametrize(
    ("account", "valid"),
    [
        ("IQ98NBIQ850123456789012", True),  # the example of the SWIFT IBAN registry
        ("iq98 nbiq 8501 2345 6789 012", True),
        ("GB82WEST12345698765432", True),
        ("IQ98NBIQ850123456789021", False),  # two digits swapped
        ("IQ99NBIQ850123456789012", False),
        ("IQ98", False),
        ("", False),
        ("٠٧٧٠١٢٣٤٥٦٧", False),
        ("IQ98NBIQ85012345678901²", False),
    ],
)
def test_an_iban_is_known_by_its_check_digits(account: str, valid: bool) -> None:
    assert is_iban(account) is valid


def _ordered(world: World, account: str | None, **changes: object) -> Database:
    db = world([("per_a", 4 * UNIT, "one")], account=account)
    make_awards(db, make_programme(), make_fund(9 * UNIT, **changes), as_of=AS_OF)
    make_payment_orders(db, make_programme(), as_of=AS_OF)
    return db


def test_a_valid_iban_is_paid_by_transfer(world: World) -> None:
    db = _ordered(world, "iq98 nbiq 8501 2345 6789 012")
    assert db.rows("SELECT method, account, payee_name, amount_minor, currency FROM payment_orders") == [
        ("transfer", "IQ98NBIQ850123456789012", "Invented Person 0", 4 * UNIT, "IQD")
    ]


@pytest.mark.parametrize("account", [None, "", "07701234567"])
def test_anything_else_is_paid_by_cheque(world: World, account: str | None) -> None:
    assert _ordered(world, account).rows("SELECT method, account FROM payment_orders") == [("cheque", None)]


def test_every_instalment_has_an_order_known_by_award_and_instalment(world: World) -> None:
    db = _ordered(world, None, instalments=(50, 50), instalment_interval_days=90)
    award = db.value("SELECT award_id FROM awards")
    expected = [f"pay_{hashlib.sha256(f'{award}:{n}'.encode()).hexdigest()[:20]}" for n in (1, 2)]
    assert db.rows("SELECT order_id, amount_minor, due_on FROM payment_orders ORDER BY instalment") == [
        (expected[0], 2 * UNIT, date(2024, 1, 31)),
        (expected[1], 2 * UNIT, date(2024, 4, 30)),
    ]


def test_no_order_is_due_before_the_day_it_is_made(world: World) -> None:
    db = _ordered(world, None)
    make_payment_orders(db, make_programme(), as_of=date(2025, 5, 1))
    assert db.value("SELECT due_on FROM payment_orders") == date(2025, 5, 1)


def test_an_item_is_never_ordered_twice_in_one_instalment(world: World) -> None:
    db = _ordered(world, None)
    db.execute("INSERT INTO awards SELECT 'awd_other', * EXCLUDE (award_id) FROM awards")
    db.execute("INSERT INTO allocations SELECT 'awd_other', * EXCLUDE (award_id) FROM allocations")
    with pytest.raises(CheckFailed, match="itm_0 would be paid twice"):
        make_payment_orders(db, make_programme(), as_of=AS_OF)


def test_an_award_without_a_claimant_stops_the_orders(world: World) -> None:
    db = _ordered(world, None)
    db.execute("DELETE FROM person_records")
    with pytest.raises(CheckFailed, match=r"0 orders over 0 were made for 1 instalments over 1000000"):
        make_payment_orders(db, make_programme(), as_of=AS_OF)


def test_nothing_allocated_gives_no_orders(world: World) -> None:
    db = world([])
    make_awards(db, make_programme(), make_fund(UNIT), as_of=AS_OF)
    make_payment_orders(db, make_programme(), as_of=AS_OF)
    assert db.value("SELECT count(*) FROM payment_orders") == 0
