"""An account that is meant as an IBAN and cannot be one is doubted; the claim is taken all the same."""

from __future__ import annotations

from aljabr.relations import Database
from aljabr.runs.account_doubts import doubt_accounts

WRITTEN = (
    "IQ98NBIQ850123456789012",
    "IQ98NBIQ850123456789021",
    "IQ98NBIQ85012345678901",
    "07701234567",
    None,
    "IQ98NBIQ850123456789021",
)


def test_each_row_with_a_wrong_iban_is_doubted_with_the_reason(db: Database) -> None:
    columns = {"record_id": "TEXT", "source": "TEXT", "row": "BIGINT", "line": "BIGINT", "account": "TEXT"}
    db.load_rows("_values", columns, [(f"rec_{n}", "portal", n, n + 1, account) for n, account in enumerate(WRITTEN)])
    db.execute(
        "CREATE TABLE _found (record_id TEXT, source TEXT, row BIGINT, line BIGINT, cell TEXT, column_name TEXT, value TEXT, "
        "code TEXT, severity TEXT, reason TEXT)"
    )
    doubt_accounts(db)
    assert db.rows("SELECT row, value, severity, reason FROM _found ORDER BY row") == [
        (1, WRITTEN[1], "doubt", "The account reads like an IBAN and is not one: Its check digits do not fit the rest."),
        (2, WRITTEN[2], "doubt", "The account reads like an IBAN and is not one: An IBAN of IQ has 23 characters, this one 22."),
        (5, WRITTEN[5], "doubt", "The account reads like an IBAN and is not one: Its check digits do not fit the rest."),
    ]
    assert set(db.rows("SELECT DISTINCT code, column_name FROM _found")) == {("account.unreadable", "account")}
