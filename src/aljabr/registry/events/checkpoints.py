"""The public log of events: one sequencer gives gapless places and signs checkpoints; nothing else serialises writers.

Steps of ``publish_checkpoint``: places for the events whose neighbours can no longer appear before them; their leaves appended
to the frontier (roots of the perfect subtrees, largest first), so that the cost grows with what is new; the root; a signed note.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from aljabr.ledger.merkle import node_hash
from aljabr.ledger.notes import Checkpoint as Note
from aljabr.ledger.notes import sign_checkpoint
from aljabr.registry.events.models import Checkpoint
from aljabr.registry.events.proofs import keep_subtrees
from aljabr.registry.viewers import Conflict

Frontier = list[tuple[int, bytes]]
ORIGIN = "aljabr.registry/events"


def append(frontier: Frontier, leaves: Iterable[bytes]) -> Frontier:
    """Return the frontier after more leaves: (width, root) of each perfect subtree, widths falling."""
    grown = list(frontier)
    for leaf in leaves:
        width, value = 1, leaf
        while grown and grown[-1][0] == width:
            value = node_hash(grown.pop()[1], value)
            width *= 2
        grown.append((width, value))
    return grown


def root_of(frontier: Frontier) -> bytes:
    """Return the RFC 6962 root over a frontier that is not empty."""
    (_, value), *rest = frontier[::-1]
    for _, left in rest:
        value = node_hash(left, value)
    return value


@transaction.atomic
def publish_checkpoint() -> Checkpoint | None:
    """Sequence the finished events and publish a checkpoint; None when there is nothing new.

    Returns
    -------
    Checkpoint or None
        Signed with the installation's key.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('aljabr.viewer', 'system', true)")
        cursor.execute("SELECT sequence_events()")
        last = Checkpoint.objects.order_by("-size").first()
        size = last.size if last else 0
        cursor.execute("SELECT leaf_hash FROM leaf_hashes(%s)", [size])
        leaves = [bytes(row[0]) for row in cursor.fetchall()]
    if not leaves:
        return None
    frontier = append([(width, bytes.fromhex(value)) for width, value in (last.frontier if last else [])], leaves)
    root = root_of(frontier)
    keep_subtrees(size, size + len(leaves))
    note = sign_checkpoint(Note(origin=ORIGIN, size=size + len(leaves), root=root), run_key=settings.LEDGER_KEY)
    return Checkpoint.objects.create(
        size=size + len(leaves),
        root=root.hex(),
        frontier=[(width, value.hex()) for width, value in frontier],
        note=note,
        published_at=timezone.now(),
    )


def first_checkpoint(*, after: datetime) -> tuple[str, int]:
    """Return root and size of the first checkpoint published after an instant.

    Raises
    ------
    Conflict
        When there is none yet.
    """
    found = Checkpoint.objects.filter(published_at__gt=after).order_by("size").first()
    if found is None:
        raise Conflict("No checkpoint was published since the claim was filed.", "Draw again in a minute.")
    return found.root, found.size
