"""Probes of triggers, row-level security and rights: the act each must refuse."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from tests.registry.access_acts import ACCESS_ADDED, ACCESS_TRIGGERS
from tests.registry.engine_acts import ENGINE_TRIGGERS
from tests.registry.probes import APPLICATION, ELSEWHERE, OWNER, Probe

NOBODY = ("", "{}", "{}")
_OPEN = "(SELECT id FROM motions WHERE closed_at IS NULL ORDER BY id DESC LIMIT 1)"
_CLOSED = "(SELECT min(id) FROM motions WHERE closed_at IS NOT NULL)"
_APPEAL = "(SELECT min(id) FROM motions WHERE appeal_id IS NOT NULL)"
_VOTE = "INSERT INTO votes (motion_id, seat_id, officer_id, choice, dissent, cast_at) "
_SITTING = _VOTE + "SELECT {motion}, a.seat_id, {officer}, 'for', '', now() FROM appointments a JOIN seats t ON t.id = a.seat_id "
_SITTING += "JOIN motions m ON m.id = {motion} AND m.body_id = t.body_id WHERE t.number = {seat}"
_COPIED = (
    "INSERT INTO decisions (id, motion_id, item_id, claim_id, step, body_id, programme_hash, number, outcome, amount_minor,"
    " currency, ground, statutory_exception, decided_on, issued_by_id, live)"
    " SELECT 'new', m.id, m.item_id, m.claim_id, 'other', m.body_id, 'x', 'new', m.outcome, {amount}, m.currency, m.ground,"
    " {exception}, current_date, {issuer}, true FROM motions m WHERE m.id = {motion}"
)
_VOTES = (
    _VOTE + "SELECT m.id, s.id, a.user_id, {choice}, '', now() FROM motions m JOIN seats s ON s.body_id = m.body_id"
    " AND s.number BETWEEN 2 AND 5"
)
_VOTES += " JOIN appointments a ON a.seat_id = s.id WHERE m.id = " + _OPEN


def _vote(motion: str, officer: str = "a.user_id", seat: str = "2") -> str:
    return _SITTING.format(motion=motion, officer=officer, seat=seat)


def _decision(
    motion: str = _OPEN, amount: str = "m.amount_minor", exception: str = "'by law'", issuer: str = "m.drafted_by_id"
) -> str:
    return _COPIED.format(motion=motion, amount=amount, exception=exception, issuer=issuer)


_MEMBER = "FROM motions m JOIN seats t ON t.body_id = m.body_id AND t.number = 3 JOIN appointments a ON a.seat_id = t.id"
_KIN = f"UPDATE interests SET document_key = p.search_keys[1], user_id = a.user_id {_MEMBER}"
_KIN += f" JOIN people p ON p.claim_id = m.claim_id WHERE m.id = {_OPEN}"
_DOUBT = "UPDATE kinship_doubts SET kin = NULL, settled_because = '', claim_id = m.claim_id, user_id = a.user_id"
_DOUBT += f" {_MEMBER} WHERE m.id = {_OPEN}"
_SHA = "encode(sha256('{0}'), 'hex')"
_MINUTES = "UPDATE hearings SET minutes_text = '{0}', minutes_sha256 = " + _SHA
_MAIL = 'INSERT INTO mail SELECT (jsonb_populate_record(m, \'{"id": 999999, "serial": 0}\')).* FROM mail m LIMIT 1'


def _motion(column: str, table: str) -> str:
    changed = f"jsonb_build_object('id', 999999, 'written_ground', '', '{column}', (SELECT min(id) FROM {table}))"
    return f"INSERT INTO motions SELECT (jsonb_populate_record(m, {changed})).* FROM motions m WHERE m.id = {_CLOSED}"


# trigger, what is forbidden, its code; what is made ready before
TRIGGERS: tuple[tuple[str, str, str, str, str], ...] = (
    ("events", "events_frozen", "UPDATE events SET actor = 'x'", "AJ001", ""),
    ("events", "events_kept", "DELETE FROM events", "AJ001", ""),
    ("events", "events_kept", "TRUNCATE events", "AJ001", ""),
    ("votes", "votes_frozen", "UPDATE votes SET choice = 'against'", "AJ001", ""),
    ("votes", "votes_frozen", "DELETE FROM votes", "AJ001", ""),
    ("checkpoints", "checkpoints_frozen", "UPDATE checkpoints SET size = size + 1", "AJ001", ""),
    ("checkpoints", "checkpoints_frozen", "DELETE FROM checkpoints", "AJ001", ""),
    ("claims", "claims_evented", "UPDATE claims SET area = 'IQ-BA'", "AJ002", ""),
    ("case_steps", "case_steps_checked", "UPDATE case_steps SET state = 'withdrawn' WHERE state = 'open'", "AJ002", ""),
    ("case_steps", "case_steps_checked", "UPDATE case_steps SET due_on = '2030-01-01' WHERE state = 'open'", "AJ002", ""),
    ("case_steps", "case_steps_checked", "UPDATE case_steps SET state = 'served' WHERE state = 'open'", "AJ003", ""),
    ("case_steps", "case_steps_kept", "DELETE FROM case_steps", "AJ001", "DELETE FROM votes WHERE false"),
    (
        "reviews",
        "reviews_checked",
        "UPDATE reviews SET provisional_view = 'other'",
        "AJ004",
        "UPDATE reviews SET proposal_seen_at = now()",
    ),
    ("votes", "votes_checked", _vote(_CLOSED, seat="6"), "AJ005", ""),
    (
        "votes",
        "votes_checked",
        _vote(_OPEN),
        "AJ006",
        "UPDATE motions m SET drafted_by_id = a.user_id FROM appointments a JOIN seats t ON t.id = a.seat_id"
        " WHERE t.body_id = m.body_id AND t.number = 2",
    ),
    ("votes", "votes_checked", _vote(_OPEN, officer="a.user_id + 1"), "AJ007", ""),
    ("votes", "votes_checked", _vote(_OPEN, seat="6"), "AJ008", ""),
    (
        "votes",
        "votes_checked",
        _vote(_OPEN, seat="3"),
        "AJ009",
        "UPDATE motions SET appeal_id = (SELECT min(id) FROM appeals), item_id = (SELECT d.item_id FROM decisions d"
        f" JOIN appeals a ON a.decision_id = d.id) WHERE id = {_OPEN}",
    ),
    ("decisions", "decisions_checked", _decision(), "AJ010", ""),
    ("decisions", "decisions_checked", _decision(), "AJ011", _VOTES.format(choice="'against'")),
    (
        "decisions",
        "decisions_checked",
        _decision(issuer="(SELECT officer_id FROM votes v WHERE v.motion_id = m.id AND v.choice = 'for')"),
        "AJ012",
        _VOTES.format(choice="'abstain'"),
    ),
    (
        "decisions",
        "decisions_checked",
        _decision(exception="''"),
        "AJ013",
        _VOTES.format(choice="'for'") + "; UPDATE seats SET principal = 'executive'",
    ),
    ("decisions", "decisions_checked", _decision(amount="m.amount_minor + 1"), "AJ014", _VOTES.format(choice="'for'")),
    ("decisions", "decisions_frozen", "UPDATE decisions SET amount_minor = 9", "AJ001", ""),
    ("decisions", "decisions_kept", "DELETE FROM decisions", "AJ001", ""),
    ("votes", "votes_checked", _vote(_OPEN, seat="3"), "AJ016", _KIN),
    ("votes", "votes_checked", _vote(_OPEN, seat="3"), "AJ017", _DOUBT),
    ("motions", "motions_corrected", _motion("corrects_id", "decisions"), "AJ015", ""),
    ("motions", "motions_checked", _motion("objection_id", "objections"), "AJ019", ""),
    ("hearings", "hearings_checked", "UPDATE hearings SET minutes_text = 'x', minutes_sha256 = 'x'", "AJ018", ""),
    ("hearings", "hearings_checked", _MINUTES.format("y"), "AJ018", _MINUTES.format("x")),
    ("mandates", "mandates_frozen", "UPDATE mandates SET report = 'other'", "AJ001", ""),
    ("attestations", "attestations_frozen", "UPDATE attestations SET text = 'other'", "AJ001", ""),
    ("attestations", "attestations_frozen", "DELETE FROM attestations", "AJ001", ""),
)


def triggers() -> Iterator[Probe]:
    """Return the probes of the triggers."""
    for table, name, act, code, prepare in TRIGGERS + ACCESS_TRIGGERS + ENGINE_TRIGGERS:
        taken = f"ALTER TABLE {table} DISABLE TRIGGER {name}"
        yield Probe(
            guard=f"trigger {name} {code}: {act[:48]}…{act[-24:]}", act=act, refused=(code,), prepare=prepare, take_away=taken
        )
    taken = "ALTER TABLE mail DISABLE TRIGGER mail_numbered"
    yield Probe(guard="trigger mail_numbered", act="SELECT FROM mail WHERE serial = 0", prepare=_MAIL, take_away=taken)


def policies(connection: psycopg.Connection) -> Iterator[Probe]:
    """Return the probes of row-level security: what another area sees, what nobody adds, what the owner's functions must see."""
    secured = "SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r' ORDER BY 1"
    for (table,) in connection.execute(secured).fetchall():
        off = f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
        for name, viewer in (("elsewhere", ELSEWHERE), ("unset", NOBODY)):
            yield Probe(guard=f"security of {table} {name}", act=_all(table), role=APPLICATION, viewer=viewer, take_away=off)
        unforced = f"SELECT FROM pg_class WHERE oid = '{table}'::regclass AND NOT relforcerowsecurity"
        off = f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"
        yield Probe(guard=f"security of {table} for its owner", act=unforced, take_away=off)
    found = "SELECT c.relname, p.polname, p.polwithcheck IS NOT NULL, p.polqual IS NOT NULL, p.polroles = '{0}',"
    found += " p.polpermissive, p.polcmd = 'w' FROM pg_policy p"
    for row in connection.execute(f"{found} JOIN pg_class c ON c.oid = p.polrelid ORDER BY 1, 2").fetchall():
        yield _policy(*row)


def _policy(table: str, name: str, check: bool, using: bool, everybody: bool, permissive: bool, changes: bool) -> Probe:
    if not permissive:
        return _narrowing(table, name)
    if not everybody:
        return Probe(
            guard=f"policy {name}",
            act=f"SELECT FROM {table}",
            seen=True,
            role=OWNER,
            viewer=NOBODY,
            take_away=f"DROP POLICY {name} ON {table}",
        )
    opened = " ".join(["USING (true)"] * using + ["WITH CHECK (true)"] * check)
    taken = f"ALTER POLICY {name} ON {table} {opened}"
    if using:
        act = f"UPDATE {table} SET seen_at = now()" if changes else _all(table)
        return Probe(guard=f"policy {name}", act=act, role=APPLICATION, viewer=ELSEWHERE, take_away=taken)
    act, prepare = ADDED[table]
    return Probe(
        guard=f"policy {name}",
        act=act,
        refused=("42501",),
        prepare=prepare,
        role=APPLICATION,
        viewer=NOBODY,
        take_away=taken,
    )


def _narrowing(table: str, name: str) -> Probe:
    """Whoever mediates sees, of the claims of a mandate, only what it names; without one, none."""
    who = "SELECT set_config('aljabr.mandated', {0}, true)"
    given = f"UPDATE mandates SET claim_id = (SELECT min(claim_id) FROM {table}), scopes = '{{}}'; "
    prepare = who.format("'-1'") if table == "claims" else given + who.format("user_id::text") + " FROM mandates"
    taken = f"DROP POLICY {name} ON {table}"
    return Probe(guard=f"policy {name}", act=_all(table), role=APPLICATION, prepare=prepare, take_away=taken)


def _all(table: str) -> str:
    return f"SELECT FROM {table}" + (" WHERE claim_id IS NOT NULL" if table == "events" else "")


# What nobody may add while it is not said who is looking, and what is made ready before.
ADDED = ACCESS_ADDED | {
    "events": (
        "INSERT INTO events (name, happened_at, actor, subject, content, salt, leaf_hash, transaction_id)"
        " VALUES ('x', now(), 'x', 'x', '{}', '', '', 0)",
        "",
    )
}


# Never changed by the application, whatever an action asks.
KEPT = (
    "events",
    "votes",
    "checkpoints",
    "state_transitions",
    "services",
    "assignments",
    "recusals",
    "waivers",
    "exhibits",
    "readings",
    "openings",
    "letters",
    "tree_nodes",
    "bodies",
    "seats",
)


def rights(connection: psycopg.Connection) -> Iterator[Probe]:
    """Return the probes of the application's few rights."""
    for (table,) in connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND relname !~ '^procrastinate_' ORDER BY 1"
    ).fetchall():
        for verb, act in (("DELETE", f"DELETE FROM {table}"), ("TRUNCATE", f"TRUNCATE {table}")):
            if (table, verb) != ("django_session", "DELETE"):
                yield Probe(
                    guard=f"no {verb} on {table}",
                    act=act,
                    refused=("42501",),
                    role=APPLICATION,
                    prepare="SET LOCAL session_replication_role = replica",
                    take_away=f"GRANT {verb} ON {table} TO {APPLICATION}",
                )
        column = connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum LIMIT 1", [table]
        ).fetchone()[0]
        if table in KEPT:
            yield Probe(
                guard=f"no UPDATE on {table}",
                act=f"UPDATE {table} SET {column} = {column}",
                refused=("42501",),
                role=APPLICATION,
                take_away=f"GRANT UPDATE ON {table} TO {APPLICATION}",
            )


def unprobed(connection: psycopg.Connection, probes: list[Probe]) -> list[str]:
    """Return the catalogue's checks, unique indexes, foreign keys and triggers that no probe takes away."""
    taken = " ".join(f"{probe.take_away} {probe.guard}" for probe in probes).split()
    mine = "relnamespace = 'public'::regnamespace AND relname !~ '^(django|auth|procrastinate)_' AND relname <> 'state_transitions'"
    kinds = "('c', 'u', 'x', 'p', 'f')"
    named = [
        f"SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT tgisinternal AND {mine}",
        f"SELECT k.conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE contype IN {kinds} AND {mine}",
        f"SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE indisunique AND {mine}",
    ]
    return sorted({row[0] for statement in named for row in connection.execute(statement)} - set(taken))
