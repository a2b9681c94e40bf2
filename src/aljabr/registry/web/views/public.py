"""What anybody may see: the log's checkpoints and proofs, and how many items are where."""

from __future__ import annotations

from django.core.cache import cache
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render

from aljabr.registry import law
from aljabr.registry.events.proofs import place_of, prove_inclusion
from aljabr.registry.events.receipts import checkpoints, counts_by_step, log_key
from aljabr.registry.web.pages import Page


def public(request: Page) -> HttpResponse:
    """Show checkpoints, the log's key and counts for every step."""
    language = getattr(request, "LANGUAGE_CODE", "ar")
    titles = {step.key: law.text(step.title, language) for programme in law.programmes() for step in programme.procedure}
    counts = [
        {**row, "title": titles.get(row["step"], row["step"])}
        for row in cache.get_or_set("public.counts", counts_by_step, 60) or []
    ]
    context = {"checkpoints": checkpoints(), "key": log_key(), "counts": counts, "receipt": request.GET.get("receipt", "")}
    return render(request, "registry/public.html", context)


def checkpoint(request: Page) -> HttpResponse:
    """Return the newest signed checkpoint as the note it is."""
    newest = next(iter(checkpoints()), None)
    if newest is None:
        raise Http404
    return HttpResponse(newest.note, content_type="text/plain; charset=utf-8")


def proof(request: Page, leaf_index: int) -> HttpResponse:
    """Return the proof that a leaf is in the log."""
    found = prove_inclusion(leaf_index)
    if found is None:
        raise Http404
    return JsonResponse(
        {
            "leaf": found.leaf.hex(),
            "leaf_index": found.index,
            "size": found.checkpoint.size,
            "root": found.checkpoint.root,
            "proof": [value.hex() for value in found.hashes],
            "checkpoint": found.checkpoint.note,
        }
    )


def receipt_proof(request: Page, code: str) -> HttpResponse:
    """Return the proof for the code on a receipt."""
    index = place_of(bytes.fromhex(code)) if _is_code(code) else None
    if index is None:
        raise Http404
    return proof(request, index)


def _is_code(code: str) -> bool:
    return len(code) == 64 and not set(code) - set("0123456789abcdef")
