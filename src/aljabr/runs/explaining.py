"""Explains one determination of a finished run, to the claimant or to a reviewer, who also sees the rows that were near.

The facts are those the run left in OUT/private, the law is the copy in OUT/public, and the reference interpreter decides again: an
explanation that differs from the stored determination is refused. What is near is worked out only when a reviewer asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from aljabr.errors import CheckFailed, UsageError
from aljabr.money import money_text
from aljabr.programmes import Programme, load_programme
from aljabr.programmes.regions import spoken
from aljabr.relations import Database
from aljabr.report.wording import currency_name, isolate, label, name_label, outcome_word, programme_labels, say, value_text
from aljabr.rules.explanation import Condition, Explanation, NearRow, explain, nearest_rows

Reader = Literal["claimant", "reviewer"]
LANGUAGES = ("ar", "ckb", "kmr", "en")
COMPARED = ("outcome", "ground", "amount_minor", "rule_hits", "missing_facts")


@dataclass(frozen=True, kw_only=True)
class ExplanationPage:
    """One determination explained in one language; ``near`` is empty unless it is for a reviewer."""

    programme: Programme
    reference: str
    language: str
    reader: Reader
    explanation: Explanation
    near: tuple[NearRow, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation for machines; rows that were near are there for a reviewer only."""
        told = self.explanation.determination
        content: dict[str, Any] = {
            "reference": self.reference,
            "language": self.language,
            "for": self.reader,
            **{
                name: told[name]
                for name in ("determination_id", "item_id", "harm", "outcome", "ground", "amount_minor", "currency")
            },
            "unsigned": told["unsigned"],
            "rules": [
                {"table": reason.table, "rule": reason.rule, "article": reason.article, "facts": _spoken(reason.facts)}
                for reason in self.explanation.reasons
            ],
            "missing": list(self.explanation.missing),
            "text": self.lines(),
        }
        if self.reader == "reviewer":
            content["near"] = [_near_dict(row) for row in self.near]
            content["thresholds"] = [_spoken(reason.thresholds) for reason in self.explanation.reasons]
        return content

    def lines(self) -> list[str]:
        """Return the explanation for people."""
        title = self._say("explain_title")
        lead = self._say("explain_lead", reference=isolate(self.reference))
        parts = [[title, "", lead], self._proposed(), self._law(), self._facts(), self._missing(), [self._say("explain_correct")]]
        parts.append([self._say("letter_unsigned" if self.explanation.determination["unsigned"] else "letter_proposal")])
        parts += [self._near()] if self.reader == "reviewer" else []
        return [line for part in parts for line in (*part, "")][:-1]

    def _say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)

    def _label(self, code: str) -> str:
        return label(programme_labels(self.programme), code, self.language)

    def _name(self, fact: str) -> str:
        return name_label(self.programme, fact, self.language)

    def _value(self, name: str, value: object) -> str:
        return isolate(value_text(self.programme, name, value, self.language) or self._say("explain_not_known"))

    def _outcome(self, told: Mapping[str, Any]) -> str:
        word = outcome_word(programme_labels(self.programme), str(told["outcome"]), self.language)
        if not told["amount_minor"]:
            return word
        currency = self.programme.currency
        sum_ = f"{money_text(told['amount_minor'], exponent=currency.exponent)} {currency_name(currency.code, self.language)}"
        return f"{word} — {isolate(sum_)}"

    def _proposed(self) -> list[str]:
        told = self.explanation.determination
        ground = [f"{self._say('letter_ground')}: {self._label(str(told['ground']))}"] if told["ground"] else []
        body = [f"{self._say('letter_body')}: {self._label(str(told['body']))}"] if told["body"] else []
        return [f"{self._say('letter_decided')}: {self._outcome(told)}", *ground, *body]

    def _law(self) -> list[str]:
        by_article: dict[str, list[str]] = {}
        for reason in self.explanation.reasons:
            if reason.article:
                by_article.setdefault(reason.article, []).append(f"{reason.table}/{reason.rule}")
        rules = self._say("explain_rules")
        listed = [f"• {self._label(cited)} ({rules}: {isolate(', '.join(hit))})" for cited, hit in by_article.items()]
        return [f"{self._say('explain_law')}:", *listed]

    def _facts(self) -> list[str]:
        used = {name: value for reason in self.explanation.reasons for name, value in reason.facts.items()}
        return [f"{self._say('explain_facts')}:", *(f"• {self._name(name)}: {self._value(name, used[name])}" for name in used)]

    def _missing(self) -> list[str]:
        if not self.explanation.missing:
            return [self._say("explain_nothing_missing")]
        return [f"{self._say('explain_missing')}:", *(f"• {self._label(code)}" for code in self.explanation.missing)]

    def _near(self) -> list[str]:
        lines = [self._say("review_title"), self._say("review_warning")]
        for row in self.near:
            lines.append(f"• {self._say('review_row', rule=isolate(row.rule), table=isolate(row.table))}")
            lines += [f"    {self._condition(condition)}" for condition in row.conditions]
            lines.append(f"    {self._say('review_then', outcome=self._outcome(row.then))}")
        return lines if self.near else [*lines, self._say("review_none")]

    def _condition(self, condition: Condition) -> str:
        now = self._say("review_now", value=self._value(condition.fact, condition.now))
        if condition.relation == "is_missing":
            wanted = self._say("explain_not_known")
        elif condition.relation == "is":
            wanted = self._say("list_comma").join(self._value(condition.fact, value) for value in condition.values)
        else:
            day = "_day" if isinstance(condition.values[0], date) else ""
            value = self._value(condition.fact, condition.values[0])
            wanted = self._say(f"review_{condition.relation}{day}", value=value)
        return f"{self._name(condition.fact)}: {wanted} ({now})"


def explain_determination(
    folder: Path, reference: str, *, language: str | None = None, reader: Reader = "claimant"
) -> ExplanationPage:
    """Explain one determination of a finished run.

    Parameters
    ----------
    folder : Path
        OUT, with its private part.
    reference : str
        A claim's reference, claim id, item id or determination id.
    language : str, optional
        ``ar``, ``ckb``, ``kmr`` or ``en``; otherwise the one the claim was determined in.
    reader : str
        ``claimant``, or ``reviewer``, who also gets the rows that were near.

    Raises
    ------
    UsageError
        When the reference names none or more than one determination, or the language is none of the four.
    CheckFailed
        When the facts do not give the stored determination.
    """
    if language is not None and language not in LANGUAGES:
        raise UsageError(f"There is no language {language!r}.", f"Write one of {', '.join(LANGUAGES)}.")
    programme = load_programme(str(folder / "public" / "programme"))
    stored, facts = _stored(folder, reference)
    explanation = explain(programme, facts)
    differ = [name for name in COMPARED if stored[name] != explanation.determination[name]]
    if differ:
        what = f"The facts of {reference} do not give its determination: {', '.join(differ)} differ."
        raise CheckFailed(what, f"Run aljabr verify {folder}.")
    return ExplanationPage(
        programme=programme,
        reference=stored["reference"] or stored["claim_id"],
        language=language or stored["language"] or programme.languages[0],
        reader=reader,
        explanation=explanation,
        near=nearest_rows(programme, facts) if reader == "reviewer" else (),
    )


def _stored(folder: Path, reference: str) -> tuple[dict[str, Any], dict[str, Any]]:
    relations = folder / "private" / "relations"
    if not (relations / "determinations.parquet").is_file():
        raise UsageError(f"{folder} holds no determinations.", "Name the folder a run wrote, with its private part.")
    with Database() as db:
        for name in ("claims", "determinations", "facts"):
            db.read(name, relations)
        found = db.dicts(
            "SELECT d.*, c.reference FROM determinations d JOIN claims c USING (claim_id) "
            "WHERE $1 IN (c.reference, d.claim_id, d.determination_id, d.item_id) ORDER BY d.determination_id",
            [reference],
        )
        if len(found) != 1:
            known = ", ".join(str(row["determination_id"]) for row in found[:5])
            way_out = f"Give one of the determination ids: {known}." if found else "Give a reference of a claim in this run."
            raise UsageError(f"{reference!r} names {len(found)} determinations of {folder}.", way_out)
        (facts,) = db.dicts("SELECT * FROM facts WHERE item_id = $1", [found[0]["item_id"]])
    return found[0], facts


def _spoken(values: Mapping[str, Any]) -> dict[str, str | None]:
    return {name: None if value is None else spoken(value) for name, value in values.items()}


def _near_dict(row: NearRow) -> dict[str, Any]:
    conditions = [
        {
            "fact": condition.fact,
            "relation": condition.relation,
            "values": [spoken(value) for value in condition.values],
            "now": None if condition.now is None else spoken(condition.now),
        }
        for condition in row.conditions
    ]
    return {"table": row.table, "rule": row.rule, "article": row.article, "conditions": conditions, "then": dict(row.then)}
