"""Writes the text of a decision's letter in one language, from the decision and the law alone: the same decision, the same text.

What a claimant stated is put between Unicode isolates and loses its direction controls, so that no name turns a line round.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

from aljabr.money import money_text
from aljabr.programmes import Programme
from aljabr.registry import law
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.decisions.models import Decision

_SPACES = re.compile("[ \t\n\r\f\v\u0085\u2028\u2029]+")
_CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


@cache
def _words() -> dict[str, dict[str, str]]:
    return yaml.safe_load((files("aljabr.registry.letters") / "words.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _say(key: str, language: str, /, **values: object) -> str:
    return law.text(_words()[key], language).format(**{name: isolated(str(value)) for name, value in values.items()})


def isolated(text: str) -> str:
    """Return a stated text as one line between isolates.

    Examples
    --------
    >>> isolated("a" + chr(10) + "b") == chr(0x2068) + "a b" + chr(0x2069)
    True
    """
    return f"\u2068{_SPACES.sub(' ', _CONTROLS.sub('', text)).strip()}\u2069"


def letter_of(decision: Decision, *, language: str) -> tuple[str, str]:
    """Return subject and text of a decision's letter.

    Parameters
    ----------
    language : str
        A language of the programme.
    """
    item = ClaimItem.objects.select_related("claim").get(pk=decision.item_id)
    claim, programme = item.claim, law.programme(item.claim.programme)
    subject = _say("subject", language, reference=claim.reference, number=decision.number)
    harm = next((stated.label for stated in programme.harms if stated.code == item.harm), {})
    lines = [
        _say("dear", language, claimant=claim.claimant_name),
        _say(
            "about",
            language,
            body=law.text(decision.body.title, language),
            date=decision.decided_on.isoformat(),
            harm=law.text(harm, language) or item.harm,
        ),
        _outcome(decision, programme, language),
    ]
    if decision.amount_minor is not None and decision.outcome != "denied":
        lines.append(_say("amount", language, amount=_money(decision, programme)))
    lines += [_say("reasons", language, ground=decision.ground), _way_on(decision, programme, language)]
    if decision.statutory_exception:
        lines.append(_say("exception", language, exception=decision.statutory_exception))
    if not programme.sign_off or any(sign_off.state != "signed" for sign_off in programme.sign_off.values()):
        lines.append(_say("unsigned", language))
    lines += [_say("free", language), _version(claim, language)]
    return subject, "\n\n".join(lines) + "\n"


def _outcome(decision: Decision, programme: Programme, language: str) -> str:
    if decision.outcome in ("granted", "denied"):
        return _say(decision.outcome, language)
    said = law.text(programme.labels.get(decision.outcome, {}), language) or decision.outcome
    return _say("decided", language, outcome=said)


def _money(decision: Decision, programme: Programme) -> str:
    return f"{money_text(decision.amount_minor or 0, exponent=programme.currency.exponent)}\u00a0{decision.currency}"


def _way_on(decision: Decision, programme: Programme, language: str) -> str:
    rule = next((step for step in programme.procedure if step.key == decision.step), None)
    if rule is None or not rule.appeal_to:
        return _say("correction", language)
    body = next((body.title for body in programme.bodies if body.key == rule.appeal_to), {})
    court = law.text(body, language) or rule.appeal_to
    days = law.deadline_days(programme, rule.deadline) if rule.deadline else None
    return _say("appeal", language, court=court, days=days) if days else _say("appeal_open", language, court=court)


def _version(claim: Claim, language: str) -> str:
    return _say("programme", language, key=claim.programme, hash=claim.programme_hash)
