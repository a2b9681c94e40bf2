"""What the guards of runs, exports, letters and tokens must refuse; see ``acts``."""

from __future__ import annotations

_APPROVED = (
    "UPDATE exports SET approved_by_id = (SELECT max(id) FROM users), approved_at = now(), expires_on = current_date, sha256 = 'x'"
)

_OWN = "SELECT set_config('aljabr.viewer', 'user:' || stated_by_id, true) FROM payments; "
_CONFIRMED = "UPDATE payments SET confirmed_by_id = (SELECT max(id) FROM users), confirmed_at = now()"
_PAID = "INSERT INTO payments SELECT (jsonb_populate_record(c, '{0}')).* FROM payments c LIMIT 1"

# trigger, what is forbidden, its code; what is made ready before
ENGINE_TRIGGERS: tuple[tuple[str, str, str, str, str], ...] = (
    ("runs", "runs_frozen", "UPDATE runs SET recorded = recorded + 1", "AJ001", "UPDATE runs SET state = 'recorded'"),
    ("exports", "exports_frozen", "UPDATE exports SET reason = 'other'", "AJ001", ""),
    ("exports", "exports_frozen", "UPDATE exports SET downloads = downloads + 2", "AJ001", ""),
    ("exports", "exports_frozen", "UPDATE exports SET sha256 = 'y'", "AJ001", ""),
    ("letters", "letters_frozen", "UPDATE letters SET text = 'other'", "AJ001", ""),
    ("letters", "letters_frozen", "DELETE FROM letters", "AJ001", ""),
    ("tokens", "tokens_frozen", "UPDATE tokens SET label = 'other'", "AJ001", ""),
    ("tokens", "tokens_frozen", "UPDATE tokens SET revoked_at = NULL", "AJ001", "UPDATE tokens SET revoked_at = now()"),
    ("payments", "payments_checked", "UPDATE payments SET number = 'other'", "AJ040", ""),
    ("payments", "payments_checked", _OWN + "UPDATE payments SET confirmed_by_id = stated_by_id + 1", "AJ040", ""),
    ("payments", "payments_checked", "UPDATE payments SET rejected_because = 'x'", "AJ040", _CONFIRMED),
    ("payments", "payments_checked", _PAID.format('{"id": 999999, "rejected_because": "x"}'), "AJ040", ""),
    ("payments", "payments_checked", _PAID.format('{"id": 999999, "amount_minor": -7}'), "AJ041", ""),
    ("payments", "payments_kept", "DELETE FROM payments", "AJ001", ""),
)
