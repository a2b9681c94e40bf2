"""A committed database in which every table has a row, claims at every point of their way: to probe what it refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
from django.apps import apps
from django.db import models
from django.utils import timezone
from psycopg import sql

from aljabr.registry.accounts.queries import viewer_of
from aljabr.registry.bodies.models import Recusal
from aljabr.registry.claims.actions import record_mail
from aljabr.registry.claims.models import Claim, ClaimItem, ItemOverlap
from aljabr.registry.decisions.actions import cast_vote, open_motion
from aljabr.registry.decisions.sittings import hold_hearing
from aljabr.registry.evidence.models import Waiver
from aljabr.registry.procedure.actions import answer_request, draw_reviewer, propose, send_request
from aljabr.registry.procedure.models import Holiday
from tests.registry.commission import SUB, Commission
from tests.registry.walks import Racers, committed, settle_offices, walk

MODELS = [model for model in apps.get_models() if model.__module__.startswith("aljabr.registry")]
_PLAIN: tuple[tuple[type[models.Field[Any, Any]], str], ...] = (
    (models.BooleanField, "true"),
    (models.JSONField, "'{}'"),
    (models.DateTimeField, "now()"),
    (models.DateField, "current_date"),
    (models.BinaryField, "'x'"),
    (models.IntegerField, "1"),
    (models.DecimalField, "0"),
    (models.CharField, "'x'"),
    (models.TextField, "'x'"),
)
# What a plain row says where a check or a probe asks for more than any value.
_CHOSEN = {
    ("objections", "outcome"): "'upheld'",
    ("objections", "lapses_on"): "current_date + 9",
    ("attestations", "verdict"): "'attests'",
    ("runs", "state"): "'running'",
    ("exports", "approved_by_id"): "(SELECT max(id) FROM users)",
    ("tokens", "expires_at"): "now() + interval '1 day'",
    ("tokens", "revoked_at"): "NULL",
    ("payments", "method"): "'cheque'",
    ("payments", "confirmed_by_id"): "NULL",
    ("payments", "rejected_because"): "''",
    ("factors", "kind"): "'totp'",
    ("nominations", "confirmed_by"): "''",
    ("readings", "purpose"): "'correction'",
    ("readings", "user_id"): "(SELECT max(id) FROM users)",
    ("openings", "user_id"): "(SELECT max(id) FROM users)",
    ("notices", "user_id"): "(SELECT max(id) FROM users)",
    ("openings", "until"): "now() + interval '1 hour'",
    ("mandates", "ended_on"): "NULL",
    ("saved_filters", "dropped_on"): "NULL",
    ("saved_filters", "user_id"): "(SELECT max(id) FROM users)",
}


def set_stage() -> None:
    """Walk claims to every point, commit them, and see to it that no table is empty."""
    people, second = committed(lambda: settle_offices(on=date(2024, 1, 1)))
    racers = Racers(1)
    try:
        walk(racers, people, second, appealed=True)
        walk(racers, people, second, appealed=False)
    finally:
        racers.close()
    if racers.tally.violations:
        raise RuntimeError(f"The stage cannot be set: {racers.tally.violations}")
    committed(lambda: _an_open_motion(people))


def _an_open_motion(people: Commission) -> None:
    from tests.registry.commission import house_claim

    secretary = people.viewer("secretary")
    claim = house_claim(people.viewer("intake"), filing_key="stage-open")
    item = ClaimItem.objects.get(claim=claim)
    for answer in ("form_issued", "answered"):
        answer_request(secretary, send_request(secretary, item, disclosed={}), answer=answer)
    assignment = draw_reviewer(secretary, item)
    reviewer = next(user for user in people.users.values() if user.pk == assignment.officer_id)
    propose(viewer_of(reviewer), item, outcome="granted", amount_minor=7, ground="x")
    motion = open_motion(secretary, item, outcome="granted", amount_minor=7, ground="x")
    cast_vote(people.viewer(f"{SUB}_1"), motion, seat=people.seat(f"{SUB}_1"), choice="for")
    _the_rest(people, claim, item)


def _the_rest(people: Commission, claim: Claim, item: ClaimItem) -> None:
    moment, day = timezone.now(), date(2024, 3, 1)
    record_mail(people.viewer("secretary"), claim, direction="in", number="1", dated_on=day, correspondent="x", subject="x")
    hold_hearing(people.viewer("secretary"), people.seat(f"{SUB}_1").body, held_on=day)
    Recusal.objects.create(claim_id=claim.pk, user=people.users[f"{SUB}_6"], reason="kin", automatic=False, declared_at=moment)
    Waiver.objects.create(claim_id=claim.pk, item_id=item.pk, fact="x", rule="x", reason="x", waived_by="x")
    Holiday.objects.create(day=day)
    ItemOverlap.objects.create(item=item, other_item_id="x", other_claim_id=claim.pk, kind="same", probability=1)


def fill_empty_tables(connection: psycopg.Connection) -> None:
    """Put one plain row into each table that has none; triggers and foreign keys look away, checks do not."""
    connection.execute("SELECT sequence_events()")
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("UPDATE appeals SET settled_on = NULL")
    for model in MODELS:
        table = sql.Identifier(model._meta.db_table)
        if connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(table)).fetchone():
            continue
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField | models.BigAutoField)]
        columns = sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)
        values = sql.SQL(", ").join(_plain(field) for field in fields)
        with connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute(sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(table, columns, values))


def _plain(field: Any) -> sql.Composable:
    chosen = _CHOSEN.get((field.model._meta.db_table, field.column))
    if chosen:
        return sql.SQL(chosen)
    if field.column == "claim_id":
        return sql.SQL("(SELECT min(id) FROM claims)")
    if field.is_relation:
        target = field.related_model._meta
        some = sql.SQL("(SELECT min({}) FROM {})")
        return some.format(sql.Identifier(target.pk.column), sql.Identifier(target.db_table))
    return sql.SQL(next((text for kind, text in _PLAIN if isinstance(field, kind)), "'{}'"))
