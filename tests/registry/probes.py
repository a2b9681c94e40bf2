"""Probes: for every guard of the database, an act it must refuse, and how the guard is taken away to see that the probe would tell.

What must be guarded is read from the models (not null, unique, foreign keys, checks) and written down here (checks' and triggers'
forbidden acts, what each role sees); the catalogue is only asked how a guard is called. Each probe runs in a transaction that is
rolled back, as the superuser (whom row-level security does not bind) or in the role it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from psycopg import sql

from tests.registry.stage import MODELS

OWNER, APPLICATION = "aljabr_owner", "aljabr_app"
EVERYWHERE, ELSEWHERE = ("system", "{*}", "{*}"), ("user:1", "{IQ-BA}", "{}")


@dataclass(frozen=True, kw_only=True)
class Probe:
    """An act that must be refused.

    ``refused`` is the SQLSTATE and perhaps the constraint's name; empty when nothing is refused but no row may be seen or changed
    (and ``seen`` when one must be). ``prepare`` is done before, ``take_away`` removes the guard.
    """

    guard: str
    act: str
    take_away: str
    refused: tuple[str, ...] = ()
    prepare: str = ""
    role: str = ""
    viewer: tuple[str, str, str] = EVERYWHERE
    seen: bool = False


def holds(connection: psycopg.Connection, probe: Probe, *, without: bool = False) -> bool:
    """Return whether the guard refuses the act; ``without`` takes it away first."""
    with connection.transaction(force_rollback=True):
        if without:
            connection.execute(probe.take_away)
        if probe.prepare:
            connection.execute(probe.prepare)
        for name, value in zip(("viewer", "areas", "units"), probe.viewer, strict=True):
            connection.execute("SELECT set_config(%s, %s, true)", [f"aljabr.{name}", value])
        if probe.role:
            connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(probe.role)))
        try:
            with connection.transaction():
                done = connection.execute(probe.act)
                rows = done.rowcount
                connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except psycopg.Error as error:
            if not probe.refused:
                return False
            return error.sqlstate == probe.refused[0] and error.diag.constraint_name in (
                *probe.refused[1:],
                *((None,) if len(probe.refused) < 2 else ()),
            )
        return not probe.refused and (rows > 0) == probe.seen


def constraints(connection: psycopg.Connection) -> Iterator[Probe]:
    """Return the probes of what the models say of every row."""
    names = _Names(connection)
    for model in MODELS:
        table = model._meta.db_table
        for field in model._meta.concrete_fields:
            if not field.null and not field.primary_key:
                yield _not_null(table, field.column)
            if field.is_relation:
                yield _foreign(table, field.column, names)
            if field.unique:
                yield _unique(table, names.unique(table, field.column), f"{field.column} IS NOT NULL", names)
            if isinstance(field, models.PositiveIntegerField | models.PositiveSmallIntegerField):
                yield _check(table, names.check(table, field.column), f'"{field.column}" = -1')
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                yield _unique(table, constraint.name, names.condition(constraint.name), names)
            elif isinstance(constraint, ExclusionConstraint):
                yield _unique(table, constraint.name, "true", names, state="23P01")
            else:
                yield _check(table, constraint.name, BROKEN[constraint.name])


# How each check is broken.
BROKEN = {
    "claimed_not_negative": "claimed_minor = -1",
    "overlap_verdict": "verdict = 'perhaps'",
    "mail_direction": "direction = 'up'",
    "waiver_has_rule": "rule = ''",
    "step_state": "state = 'lost'",
    "answer_after_request": "answered_on = sent_on - 1",
    "objection_has_reasons": "answer = 'objection', reasons = ''",
    "scan_of_minutes": "scan_sha256 = 'x', minutes_sha256 = ''",
    "grant_two_people": "given_by = 'user:1', confirmed_by = 'user:1'",
    "grant_ends_after_start": "until_on = from_on - 1",
    "against_has_ground": "against_proposal = true, written_ground = ''",
    "motion_not_negative": "amount_minor = -1",
    "vote_choice": "choice = 'maybe'",
    "dead_is_superseded": "live = false, superseded_by_id = NULL",
    "service_method": "method = 'rumour'",
    "period_from_service": "reached = false, appeal_until = attempted_on",
    "period_after_service": "reached = true, appeal_until = attempted_on - 1",
    "late_has_reasons": "late = true, late_reasons = ''",
    "factor_kind": "kind = 'x'",
    "nomination_two_people": "given_by = 'user:1', confirmed_by = 'user:1'",
    "reading_purpose": "purpose = 'curiosity'",
    "run_state": "state = 'x'",
    "export_two_people": "approved_by_id = asked_by_id",
    "export_approved_whole": "sha256 = ''",
    "export_has_reason": "reason = ''",
    "token_expires": "expires_at = made_at",
    "payment_method": "method = 'x'",
    "payment_has_number": "number = ''",
    "payment_two_people": "confirmed_by_id = stated_by_id",
    "doubt_settled_with_reason": "kin = true, settled_because = ''",
    "mandate_ends_after_start": "until_on = from_on - 1",
    "mandate_has_purpose": "purpose = ''",
    "point_cites": "cite = ''",
    "attestation_verdict": "verdict = 'x'",
    "dissent_has_text": "verdict = 'dissents', text = ''",
    "objection_reasoned": "reasons = ''",
    "objection_time_boxed": "lapses_on = lodged_on",
    "objection_outcome": "outcome = 'x'",
    "priority_has_rule": "rule = ''",
}


def _quiet(table: str) -> str:
    return f"ALTER TABLE {table} DISABLE TRIGGER USER"


def _one(table: str) -> str:
    return f"ctid = (SELECT min(ctid) FROM {table})"


def _not_null(table: str, column: str) -> Probe:
    return Probe(
        guard=f"not null {table}.{column}",
        prepare=_quiet(table),
        act=f'UPDATE {table} SET "{column}" = NULL WHERE {_one(table)}',
        refused=("23502", None),  # type: ignore[arg-type]
        take_away=f'ALTER TABLE {table} ALTER COLUMN "{column}" DROP NOT NULL',
    )


def _foreign(table: str, column: str, names: _Names) -> Probe:
    name = names.foreign(table, column)
    nobody = "'-1'" if names.is_text(table, column) else "-1"
    return Probe(
        guard=f"foreign key {table}.{column}",
        prepare=_quiet(table),
        act=f"UPDATE {table} SET {column} = {nobody} WHERE {_one(table)}",
        refused=("23503", name),
        take_away=f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def _check(table: str, name: str, broken: str) -> Probe:
    return Probe(
        guard=f"check {name}",
        prepare=_quiet(table),
        act=f"UPDATE {table} SET {broken} WHERE {_one(table)}",
        refused=("23514", name),
        take_away=f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def _unique(table: str, name: str, condition: str, names: _Names, *, state: str = "23505") -> Probe:
    """A row copied whole, past triggers, foreign keys and every other unique constraint of its table."""
    others = [names.removal(table, other) for other in names.uniques(table) if other != name]
    return Probe(
        guard=f"unique {name}",
        prepare="; ".join(["SET LOCAL session_replication_role = replica", *others]),
        act=f"INSERT INTO {table} SELECT * FROM {table} WHERE {condition} LIMIT 1",
        refused=(state, name),
        take_away=names.removal(table, name),
    )


class _Names:
    """What the catalogue calls the guards."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._ask = connection

    def _first(self, statement: str, *values: object) -> str:
        row = self._ask.execute(statement, values).fetchone()
        return str(row[0]) if row and row[0] is not None else "missing"

    def _by_column(self, kind: str, table: str, column: str) -> str:
        return self._first(
            "SELECT c.conname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum]"
            " WHERE c.contype = %s::\"char\" AND c.conrelid = %s::regclass AND a.attname = %s ORDER BY c.conname !~ '_check$'",
            kind,
            table,
            column,
        )

    def foreign(self, table: str, column: str) -> str:
        return self._by_column("f", table, column)

    def check(self, table: str, column: str) -> str:
        return self._by_column("c", table, column)

    def unique(self, table: str, column: str) -> str:
        found = self._by_column("p", table, column)
        return self._by_column("u", table, column) if found == "missing" else found

    def uniques(self, table: str) -> list[str]:
        statement = (
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass AND (indisunique OR indisexclusion)"
        )
        return [row[0] for row in self._ask.execute(statement, [table])]

    def condition(self, index: str) -> str:
        found = self._first("SELECT pg_get_expr(indpred, indrelid) FROM pg_index WHERE indexrelid = to_regclass(%s)", index)
        return "true" if found == "missing" else found

    def removal(self, table: str, name: str) -> str:
        known = self._first("SELECT 1 FROM pg_constraint WHERE conrelid = %s::regclass AND conname = %s", table, name)
        return f"DROP INDEX {name}" if known == "missing" else f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE"

    def is_text(self, table: str, column: str) -> bool:
        kind = self._first(
            "SELECT atttypid::regtype FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s", table, column
        )
        return kind.startswith("character")
