"""What the guards of access must refuse: claims opened, roles and seats given, acts of the recused; see ``acts``."""

from __future__ import annotations

_AS_OFFICER = "SELECT set_config('aljabr.viewer', 'user:' || user_id, true) FROM recusals; "
_OPENED = "INSERT INTO openings (claim_id, user_id, reason, opened_at, until) "
_COPY = "INSERT INTO {0} SELECT (jsonb_populate_record(c, '{1}')).* FROM {0} c LIMIT 1"
_EVENT = "INSERT INTO events (name, happened_at, actor, claim_id, subject, content, salt, leaf_hash, transaction_id)"
_SECOND = "SELECT set_config('aljabr.viewer', 'user:' || user_id, true) FROM grants WHERE id = (SELECT min(id) FROM grants); "

# trigger, what is forbidden, its code; what is made ready before
ACCESS_TRIGGERS: tuple[tuple[str, str, str, str, str], ...] = (
    ("readings", "readings_kept", "UPDATE readings SET fields = 'x'", "AJ001", ""),
    ("readings", "readings_kept", "DELETE FROM readings", "AJ001", ""),
    ("openings", "openings_kept", "UPDATE openings SET reason = 'other'", "AJ001", ""),
    ("openings", "openings_kept", "DELETE FROM openings", "AJ001", ""),
    (
        "openings",
        "openings_checked",
        _AS_OFFICER + _OPENED + "SELECT min(id), 0, 'x', now(), now() FROM claims",
        "AJ030",
        "",
    ),
    (
        "openings",
        "openings_checked",
        _AS_OFFICER + _OPENED + "SELECT min(c.id), min(r.user_id), 'x', now(), now() + interval '2 days' FROM claims c, recusals r",
        "AJ030",
        "",
    ),
    (
        "openings",
        "openings_checked",
        _AS_OFFICER + _OPENED + "SELECT min(c.id), min(r.user_id), ' ', now(), now() FROM claims c, recusals r",
        "AJ030",
        "",
    ),
    (
        "openings",
        "openings_checked",
        _AS_OFFICER + _OPENED + "SELECT min(c.id), min(r.user_id), 'x', now(), now() FROM claims c, recusals r",
        "AJ030",
        "ALTER TABLE claims DISABLE TRIGGER USER; UPDATE claims SET sealed_unit = 'women'",
    ),
    (
        "openings",
        "openings_checked",
        _AS_OFFICER + _OPENED + "SELECT claim_id, user_id, 'x', now(), now() FROM recusals",
        "AJ031",
        "",
    ),
    (
        "events",
        "events_by_the_unbiased",
        _EVENT + " SELECT 'x', now(), 'user:' || user_id, claim_id, 'x', '{}', '', '', 0 FROM recusals",
        "AJ031",
        "",
    ),
    ("grants", "grants_checked", _COPY.format("grants", '{"id": 999999, "given_by": "user:0", "confirmed_by": ""}'), "AJ032", ""),
    ("grants", "grants_checked", "UPDATE grants SET from_on = from_on - 1", "AJ001", ""),
    ("grants", "grants_checked", _SECOND + "UPDATE grants SET confirmed_by = 'user:' || user_id", "AJ032", ""),
    ("nominations", "nominations_checked", "UPDATE nominations SET given_by = 'user:0'", "AJ001", ""),
    ("nominations", "nominations_checked", "UPDATE nominations SET confirmed_by = 'user:0'", "AJ032", ""),
    (
        "appointments",
        "appointments_nominated",
        "SELECT set_config('aljabr.viewer', 'user:0', true); " + _COPY.format("appointments", '{"id": 999999, "until_on": null}'),
        "AJ032",
        "",
    ),
)

# What nobody may add while it is not said who is looking, and what is made ready before.
ACCESS_ADDED = {
    "openings": (
        _OPENED + "VALUES ('x', 1, 'x', now(), now())",
        "ALTER TABLE openings DISABLE TRIGGER openings_checked",
    ),
    "notices": ("INSERT INTO notices (user_id, kind, about, text, written_at) SELECT max(id), 'x', 'x', 'x', now() FROM users", ""),
}
