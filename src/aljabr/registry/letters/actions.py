"""Writes the letters of a decision, once, in every language of its programme."""

from __future__ import annotations

import hashlib

from django.utils import timezone

from aljabr.registry import law
from aljabr.registry.claims.models import Claim
from aljabr.registry.decisions.actions import guarded, require_service
from aljabr.registry.decisions.models import Decision
from aljabr.registry.events.actions import record_event
from aljabr.registry.identifiers import new_id
from aljabr.registry.letters.models import Letter
from aljabr.registry.letters.wording import letter_of
from aljabr.registry.viewers import Conflict, Viewer


def write_letters(viewer: Viewer, decision: Decision) -> list[Letter]:
    """Write the letters of a decision and keep them with their hashes.

    Raises
    ------
    NotAllowed
        For who does not serve the body.
    Conflict
        When they were written already: a letter is never changed.
    """
    viewer.require("letter.write")
    with guarded():
        decision = Decision.objects.select_for_update(of=("self",)).select_related("body").get(pk=decision.pk)
        require_service(viewer, decision.body.key)
        if Letter.objects.filter(decision=decision).exists():
            raise Conflict("The letters of this decision were written already.", "Print them from the claim.")
        written = []
        for language in law.programme(Claim.objects.get(pk=decision.claim_id).programme).languages:
            subject, text = letter_of(decision, language=language)
            written.append(
                Letter(
                    id=new_id("letter"),
                    decision=decision,
                    claim_id=decision.claim_id,
                    language=language,
                    subject=subject,
                    text=text,
                    sha256=hashlib.sha256(text.encode()).hexdigest(),
                    written_by=viewer.actor,
                    written_at=timezone.now(),
                )
            )
        Letter.objects.bulk_create(written)
        hashes = {letter.language: letter.sha256 for letter in written}
        record_event(viewer, "letters.written", subject=decision.pk, claim_id=decision.claim_id, sha256=hashes)
        return written
