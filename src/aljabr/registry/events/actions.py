"""Writes an event; every action of every app calls this exactly once, inside its own transaction.

Steps: canonical bytes of the content; a fresh salt; leaf hash = SHA-256(0x00 || leaf); insert. The leaf is
``{"commitment": SHA-256(salt || content), "kind": "event"}``, so that the public log shows that something happened and nothing
more.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from aljabr.canonical import canonical_bytes
from aljabr.registry.events.models import Event
from aljabr.registry.viewers import Viewer


def record_event(
    viewer: Viewer, name: str, *, subject: str, claim_id: str | None = None, at: datetime | None = None, **content: Any
) -> Event:
    """Write one event.

    Parameters
    ----------
    viewer : Viewer
        Who acts.
    name : str
        ``noun.past_verb``, as in ``claim.lodged``.
    subject : str
        Identifier of what the act changed.
    claim_id : str, optional
        The claim it belongs to; decides who may read it.
    at : datetime, optional
        When it happened; now otherwise.
    content : JSON values without floats
        What was done.

    Raises
    ------
    RuntimeError
        Outside a transaction, where an act and its event could come apart.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{name} must be written in the transaction of its act.")
    moment = at or timezone.now()
    sealed = canonical_bytes(
        {"actor": viewer.actor, "at": moment.isoformat(), "claim": claim_id, "content": content, "name": name, "subject": subject}
    )
    salt = secrets.token_bytes(32)
    leaf = canonical_bytes({"commitment": hashlib.sha256(salt + sealed).hexdigest(), "kind": "event"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (transaction_id,) = cursor.fetchone()
    return Event.objects.create(
        name=name,
        happened_at=moment,
        actor=viewer.actor,
        claim_id=claim_id,
        subject=subject,
        content=content,
        salt=salt,
        leaf_hash=hashlib.sha256(b"\x00" + leaf).digest(),
        transaction_id=transaction_id,
    )
