"""Turns allocations into payment orders: one for every instalment of every award, to the claimant who lodged the claim.

A valid IBAN is paid by transfer, anything else by cheque. It writes no payment file and decides nobody's share.
"""

from __future__ import annotations

from datetime import date

from aljabr.banking import compact_iban, is_iban
from aljabr.errors import CheckFailed
from aljabr.programmes.records import Programme
from aljabr.relations import Database

_ORDERS = """
INSERT INTO payment_orders
SELECT 'pay_' || substr(sha256(a.award_id || ':' || CAST(l.instalment AS VARCHAR)), 1, 20), a.claim_id, a.person_id, p.full_name,
    CASE WHEN i.iban IS NULL THEN 'cheque' ELSE 'transfer' END, i.iban, l.amount_minor, a.currency, l.instalment,
    greatest(l.due_on, CAST($as_of AS DATE))
FROM allocations l
JOIN awards a USING (award_id)
JOIN claims c USING (claim_id)
JOIN person_records p ON p.person_record_id = c.claimant_person_record_id
LEFT JOIN _ibans i ON i.account = c.account
ORDER BY 1
"""

_PAID_TWICE = """
SELECT min(item_id) FROM (
    SELECT d.item_id FROM allocations l JOIN awards a USING (award_id) JOIN determinations d USING (determination_id)
    GROUP BY d.item_id, l.instalment HAVING count(*) > 1
)
"""

_TOTALS = """
SELECT (SELECT count(*) FROM payment_orders), (SELECT count(DISTINCT order_id) FROM payment_orders),
    (SELECT count(*) FROM allocations), (SELECT coalesce(sum(amount_minor), 0) FROM payment_orders),
    (SELECT coalesce(sum(amount_minor), 0) FROM allocations)
"""


def make_payment_orders(db: Database, programme: Programme, *, as_of: date) -> None:
    """Fill ``payment_orders``, grain one instalment of one award, key ``order_id``.

    The same award and instalment always give the same ``order_id``, so an order sent twice is recognised.

    Parameters
    ----------
    db : Database
        With ``allocations``, ``awards``, ``determinations``, ``claims`` and ``person_records``.
    programme : Programme
        For the currency orders must be in.
    as_of : date
        No order is due before this day.

    Raises
    ------
    CheckFailed
        When an item would be paid twice in one instalment, an order is in another currency, or orders and allocations differ.
    """
    twice = db.value(_PAID_TWICE)
    if twice:
        raise CheckFailed(f"The item {twice} would be paid twice in one instalment.", "Keep one award for each item.")
    accounts = [
        str(account) for (account,) in db.rows("SELECT DISTINCT account FROM claims WHERE account IS NOT NULL ORDER BY account")
    ]
    valid = [(account, compact_iban(account)) for account in accounts if is_iban(account)]
    db.load_rows("_ibans", {"account": "TEXT", "iban": "TEXT"}, valid)
    db.create("payment_orders")
    db.execute(_ORDERS, {"as_of": as_of})
    db.execute("DROP TABLE _ibans")
    _check_orders(db, programme)


def _check_orders(db: Database, programme: Programme) -> None:
    foreign = db.value("SELECT min(order_id) FROM payment_orders WHERE currency IS DISTINCT FROM ?", [programme.currency.code])
    if foreign:
        raise CheckFailed(f"The order {foreign} is not in {programme.currency.code}.", "Award in the programme's currency.")
    orders, distinct, allocations, ordered, allocated = db.rows(_TOTALS)[0]
    if not orders == distinct == allocations or ordered != allocated:
        raise CheckFailed(
            f"{orders} orders over {ordered} were made for {allocations} instalments over {allocated}.",
            "Every award needs one claim and one claimant.",
        )
