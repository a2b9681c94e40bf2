"""What the guards of runs, exports, letters and tokens must refuse; see ``acts``."""

from __future__ import annotations

_APPROVED = (
    "UPDATE exports SET approved_by_id = (SELECT max(id) FROM users), approved_at = now(), expires_on = current_date, sha256 = 'x'"
)

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
)
