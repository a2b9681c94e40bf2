"""Searches and queues an officer keeps under a name."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from aljabr.registry.days import legal_today
from aljabr.registry.events.actions import record_event
from aljabr.registry.procedure.models import SavedFilter
from aljabr.registry.viewers import Conflict, Viewer

_PAGES = ("/claims", "/queues/")


def save_filter(viewer: Viewer, *, title: str, address: str) -> SavedFilter:
    """Keep a search or a queue under a name.

    Raises
    ------
    Conflict
        Without a name, for another page, or when the name is taken.
    """
    viewer.require("filter.save")
    if not title.strip() or not address.startswith(_PAGES) or len(address) > 512 or "//" in address:
        raise Conflict("Only searches and queues are kept, under a name.", "Search or open a queue first.")
    try:
        with transaction.atomic():
            record_event(viewer, "filter.saved", subject=viewer.actor)
            return SavedFilter.objects.create(user_id=viewer.person, title=title.strip()[:64], address=address)
    except IntegrityError:
        raise Conflict("You have a filter of that name.", "Choose another name, or drop the old one.") from None


@transaction.atomic
def drop_filter(viewer: Viewer, saved: SavedFilter) -> None:
    """Drop a filter of one's own.

    Raises
    ------
    Conflict
        When it was dropped already.
    """
    viewer.require("filter.save")
    record_event(viewer, "filter.dropped", subject=viewer.actor)
    mine = SavedFilter.objects.filter(pk=saved.pk, user_id=viewer.person, dropped_on__isnull=True)
    if not mine.update(dropped_on=legal_today()):
        raise Conflict("This filter was dropped already.", "Nothing is left to do.")
