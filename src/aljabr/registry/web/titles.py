"""The titles a programme gives its own codes: steps, bodies, harms, facts, exhibits, outcomes, reasons, in the page's language."""

from __future__ import annotations

from aljabr.programmes import Programme
from aljabr.registry import law


def titles_of(programme: Programme, language: str) -> dict[str, str]:
    """Return title by code; a label of the programme wins over the name of a fact of the same code."""
    found = {step.key: law.text(step.title, language) for step in programme.procedure}
    found |= {body.key: law.text(body.title, language) for body in programme.bodies}
    found |= {harm.code: law.text(harm.label, language) for harm in programme.harms}
    found |= {fact.name: law.text(fact.label, language) for fact in programme.facts}
    found |= {fact.exhibit: law.text(fact.label, language) for fact in programme.facts if fact.source == "exhibit"}
    return found | {code: law.text(text, language) for code, text in programme.labels.items()}
