"""Attestations and dissents of auditors and observers on a decision or a month, published with the figures."""

from __future__ import annotations

import re

from aljabr.registry.days import legal_today
from aljabr.registry.decisions.actions import guarded
from aljabr.registry.decisions.models import Attestation, Decision
from aljabr.registry.events.actions import record_event
from aljabr.registry.viewers import Conflict, Viewer

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def give_attestation(viewer: Viewer, *, subject: Decision | str, verdict: str, text: str) -> Attestation:
    """Give an attestation (``attests``) or a dissent (``dissents``) on a decision or a month that has passed.

    Parameters
    ----------
    subject : Decision or str
        The decision, or a month as ``YYYY-MM``.

    Raises
    ------
    Conflict
        When the month is none or not over, a dissent has no text, or it was given already.
    """
    viewer.require("attestation.give")
    with guarded():
        if verdict not in ("attests", "dissents") or (verdict == "dissents" and not text.strip()):
            raise Conflict("A dissent has its reasons.", "Write them without naming a claimant; they are published.")
        claim_id = None if isinstance(subject, str) else subject.claim_id
        name = _name(subject)
        record_event(viewer, "attestation.given", subject=name[:64], claim_id=claim_id, verdict=verdict)
        return Attestation.objects.create(
            user_id=viewer.person,
            role="auditor" if "auditor" in viewer.roles else "observer",
            subject=name,
            verdict=verdict,
            text=text,
            given_on=legal_today(),
        )


def _name(subject: Decision | str) -> str:
    if isinstance(subject, Decision):
        return f"{subject.body.key} {subject.number}"
    if not _MONTH.fullmatch(subject) or subject >= legal_today().strftime("%Y-%m"):
        raise Conflict(f"{subject} is no month that has passed.", "Write it as 2024-05.")
    return subject
