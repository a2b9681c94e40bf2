"""The questions a claimant's answers are typed into: what is asked, why, and of whom, each with the control that suits its fact."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from aljabr.money import money_text
from aljabr.programmes import Programme
from aljabr.programmes.codes import fact_values
from aljabr.programmes.records import Fact
from aljabr.registry import law
from aljabr.registry.web.codes import label
from aljabr.registry.web.titles import titles_of

__all__ = ["Question", "questions"]

_MOST_RULES = 3


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question.

    Parameters
    ----------
    name : str
        The fact.
    title : str
        What is asked, in the programme's words.
    control : str
        ``yes_no``, ``choice``, ``number``, ``money``, ``day`` or ``text``.
    choices : tuple of pairs
        Code and title, for ``choice``.
    least, most : str
        Bounds as people write them; empty when there are none.
    rules : tuple of str
        The articles by which the answer counts; empty when no table reads it.
    of_whom : str
        Who is to answer.
    """

    name: str
    title: str
    control: str
    choices: tuple[tuple[str, str], ...]
    least: str
    most: str
    rules: tuple[str, ...]
    of_whom: str


def questions(programme: Programme, names: Iterable[str], language: str) -> list[Question]:
    """Return the questions about some facts, in the programme's order; a name that is no fact is passed over."""
    wanted, titles = set(names), titles_of(programme, language)
    return [_question(programme, fact, titles) for fact in programme.facts if fact.name in wanted]


def _question(programme: Programme, fact: Fact, titles: dict[str, str]) -> Question:
    codes = fact_values(programme, fact)
    return Question(
        name=fact.name,
        title=titles.get(fact.name) or fact.name,
        control=_control(fact, choices=bool(codes)),
        choices=tuple((code, titles.get(code) or label(code)) for code in codes),
        least=_bound(programme, fact, fact.minimum),
        most=_bound(programme, fact, fact.maximum),
        rules=tuple(titles.get(article) or article for article in _articles(programme, fact.name)),
        of_whom=_of_whom(programme, fact, titles),
    )


def _control(fact: Fact, *, choices: bool) -> str:
    if fact.type == "number":
        return "money" if fact.name.endswith("_minor") else "number"
    return {"boolean": "yes_no", "date": "day"}.get(fact.type) or ("choice" if choices else "text")


def _bound(programme: Programme, fact: Fact, bound: int | None) -> str:
    if bound is None:
        return ""
    return money_text(bound, exponent=programme.currency.exponent) if fact.name.endswith("_minor") else str(bound)


def _articles(programme: Programme, name: str) -> tuple[str, ...]:
    """Return the articles of the rules that test a fact or reckon with it, each once, the first few."""
    word, found = re.compile(rf"\b{re.escape(name)}\b"), dict[str, None]()
    for table in programme.tables:
        places = [place for place, clause in enumerate(table.inputs) if word.search(clause.expression)]
        for rule in table.rules:
            tested = any(rule.inputs[place].strip() not in ("", "-") for place in places)
            if (tested or any(map(word.search, rule.outputs))) and rule.annotations.get("article"):
                found[rule.annotations["article"]] = None
    return tuple(found)[:_MOST_RULES]


def _of_whom(programme: Programme, fact: Fact, titles: dict[str, str]) -> str:
    if fact.asked_of == "office":
        return gettext("this office, not the claimant")
    body = next((body for body in programme.bodies if body.key == fact.asked_of), None)
    if body is not None:
        return titles.get(body.key) or law.text(body.title, "en")
    return gettext("the claimant, by a paper") if fact.source == "exhibit" else gettext("the claimant")
