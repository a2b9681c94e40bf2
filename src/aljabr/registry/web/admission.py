"""Admits a viewer to a page or operation, inside its transaction: reach, permission, object, recusal; then notes the reading.

Pages (``web.pages``) and whatever else answers requests go through here, so that none has rules of its own.
"""

from __future__ import annotations

from typing import Any

from aljabr.registry.policy import OPEN_TO_THE_RECUSED, PERMISSIONS
from aljabr.registry.procedure.readings import record_reading
from aljabr.registry.viewers import Viewer
from aljabr.registry.web.objects import claim_named, refuse_recused


def admit(viewer: Viewer, permission: str, parts: dict[str, Any], *, acting: bool) -> tuple[Viewer, str]:
    """Tell the database who looks, and refuse what the policy or a recusal does.

    Parameters
    ----------
    parts : dict
        What the address names, as ``{"claim_id": ...}``.
    acting : bool
        Whether something may change; claims opened by break-glass are only read.

    Returns
    -------
    tuple of Viewer and str
        The viewer with the reach of the roles that hold the permission, and the claim the address is about (empty for none).

    Raises
    ------
    NotAllowed
        Without the permission, or recused.
    Http404
        When the object is not there for the viewer.
    """
    narrowed = viewer.within(permission if permission in PERMISSIONS else "claim.read")
    narrowed.bind(acting=acting)
    if permission in PERMISSIONS:
        narrowed.require(permission)
    claim_id = claim_named(parts)
    if claim_id and acting and permission not in OPEN_TO_THE_RECUSED:
        refuse_recused(narrowed, claim_id)
    return narrowed, claim_id


def note_reading(viewer: Viewer, claim_id: str, *, stated: str = "") -> None:
    """Record that a claim was shown, when one was."""
    if claim_id:
        record_reading(viewer, claim_id, stated=stated)
