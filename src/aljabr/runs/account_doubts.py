"""Doubts accounts that read like an IBAN and are not one: the claim is taken, and whoever can ask the claimant learns of it.

An account that is no IBAN at all is no fault: the claim is paid by cheque.
"""

from __future__ import annotations

from aljabr.banking import iban_problem, looks_like_iban
from aljabr.relations import Database

_DOUBTED = """
INSERT INTO _found BY NAME
SELECT v.record_id, v.source, v.row, v.line, '' AS cell, 'account' AS column_name, v.account AS value, 'account.unreadable' AS code,
       'doubt' AS severity, w.reason FROM _values v JOIN _wrong_accounts w USING (account)
"""


def doubt_accounts(db: Database) -> None:
    """Add to ``_found`` one doubt for every row of ``_values`` whose account is meant as an IBAN and cannot be one."""
    written = [str(account) for (account,) in db.rows("SELECT DISTINCT account FROM _values WHERE account IS NOT NULL ORDER BY 1")]
    problems = [(account, iban_problem(account)) for account in written if looks_like_iban(account)]
    wrong = [(account, f"The account reads like an IBAN and is not one: {problem}") for account, problem in problems if problem]
    if wrong:
        db.load_rows("_wrong_accounts", {"account": "TEXT", "reason": "TEXT"}, wrong)
        db.execute(_DOUBTED)
        db.execute("DROP TABLE _wrong_accounts")
