"""The legal day: what date it is where the law applies. Every act, deadline and page takes its day from here and from nowhere else.

An instant is kept in UTC; its day is that of the zone of the claim's programme (``time_zone`` in ``programme.yaml``). What concerns
no claim, such as a seat or an export, has the day of the registry's first programme. In the database the guards ask ``legal_day``,
which learns the zones from ``aljabr.zones`` (``Viewer.bind``).
"""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from aljabr.programmes import Programme, load_programme

__all__ = ["legal_day", "legal_today", "loaded", "zone", "zones"]


@cache
def loaded(key: str) -> Programme:
    """Return a programme, read once for a process."""
    return load_programme(key)


def zone(programme: str = "") -> ZoneInfo:
    """Return the zone of a programme that the registry runs; of its first one where none is named or it runs none of that name."""
    return _zone(programme if programme in settings.PROGRAMMES else settings.PROGRAMMES[0])


def legal_today(programme: str = "") -> date:
    """Return the day it is now.

    Parameters
    ----------
    programme : str
        Key of the claim's programme; empty for what concerns no claim.
    """
    return legal_day(timezone.now(), programme)


def legal_day(moment: datetime, programme: str = "") -> date:
    """Return the day of an instant.

    Parameters
    ----------
    moment : datetime
        With its zone, as the database gives it.
    programme : str
        Key of the claim's programme; empty for what concerns no claim.
    """
    return moment.astimezone(zone(programme)).date()


@cache
def zones() -> str:
    """Return the zones of all programmes as the JSON that the database reads; the empty key is the registry's own."""
    named = {key: _zone(key).key for key in settings.PROGRAMMES}
    return json.dumps({"": zone().key, **named}, sort_keys=True)


def _zone(key: str) -> ZoneInfo:
    return loaded(key).zone
