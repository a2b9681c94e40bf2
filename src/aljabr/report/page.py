"""Renders the figures as one self-contained page in Arabic and English, without scripts and without anything from outside.

The page opens in the programme's first language, if it is one of the two, or in the language its address ends with (``#en``); the
switch is a pair of links to those two places, read by the style sheet. Each number that counts rows of a relation links to that
relation's file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from aljabr.money import money_text
from aljabr.report import wording
from aljabr.report.charts import Chart, Part, Row, draw
from aljabr.report.figures import OUTCOMES, AgreementFigure, MoneyFigure, ReportFigures, RuleFigure, WorkbookFigure
from aljabr.report.speaking import Voice, page_languages
from aljabr.report.templating import template

# Relation, stage that must be part of the programme: what the list of files names.
FILES = (
    ("source_records", "intake"),
    ("issues", "intake"),
    ("claims", "intake"),
    ("claim_items", "intake"),
    ("person_members", "link"),
    ("item_overlaps", "link"),
    ("facts", "assess"),
    ("determinations", "assess"),
    ("awards", "award"),
    ("allocations", "award"),
    ("payment_orders", "pay"),
)


def render_report(figures: ReportFigures) -> str:
    """Return the report as one HTML page.

    Parameters
    ----------
    figures : ReportFigures
        What ``collect_figures`` returned.

    Returns
    -------
    str
        HTML with inline style and SVG; no script, no outside resource. The same figures give the same text.
    """
    voices = [ReportVoice(figures=figures, language=name) for name in page_languages(figures.languages)]
    return template("report.html").render(figures=figures, voices=voices)


@dataclass(frozen=True, kw_only=True)
class ReportVoice(Voice):
    """The report's figures spoken in one language: what the template calls."""

    figures: ReportFigures

    def label(self, code: str | None) -> str:
        """Return the label of a programme's code."""
        return wording.label(self.figures.labels, code, self.language) if code else "—"

    def word(self, kind: str, code: str) -> str:
        """Return the fixed word for a code everybody uses, or the code when there is none."""
        key = f"{kind}_{code}"
        return wording.say(key, self.language) if key in wording.words() else code

    def outcome(self, code: str) -> str:
        """Return the word for an outcome, the programme's own when it has one."""
        return wording.outcome_word(self.figures.labels, code, self.language)

    def unit(self, number: int, code: str) -> str:
        """Return the word for a unit as it stands after a number."""
        return wording.unit(number, code, self.language)

    def day(self, day: date | None) -> str:
        """Return a date with the month's name."""
        return wording.long_date(day, self.language) if day else wording.say("no_date", self.language)

    def money(self, amount_minor: int | None) -> str:
        """Return an amount without its currency; a dash when nobody stated it."""
        return "—" if amount_minor is None else money_text(amount_minor, exponent=self.figures.exponent)

    @property
    def currency(self) -> str:
        """The currency's name."""
        name, code = wording.currency_name(self.figures.currency, self.language), self.figures.currency
        return name if name == code else f"{name} ({code})"

    def file(self, relation: str) -> str:
        """Return the relative address of a relation's file."""
        return f"{self.figures.relation_folder}/{relation}.parquet"

    def count(self, number: int, relation: str) -> Markup:
        """Return a count as a link to the file it was counted in."""
        return self.linked(f"{number:,}", relation)

    def linked(self, text: str, relation: str) -> Markup:
        """Return text as a link to a relation's file, its direction kept apart."""
        return Markup('<a href="{}"><bdi>{}</bdi></a>').format(self.file(relation), text)

    def share(self, part: int, whole: int) -> str:
        """Return a share in percent with one decimal, or a dash when there is no whole."""
        if not whole:
            return "—"
        tenths = (part * 2000 + whole) // (2 * whole)
        return f"{tenths // 10}.{tenths % 10}%"

    def has(self, stage: str) -> bool:
        """Whether the programme has a stage."""
        return stage in self.figures.stages

    @property
    def open_tables(self) -> int:
        """Number of decision tables that are not signed off."""
        return sum(not table.signed for table in self.figures.tables)

    def outcome_items(self, outcome: str) -> int:
        """Items with a proposed outcome, over all harms."""
        return sum(figure.items for figure in self.figures.outcomes if figure.outcome == outcome)

    def outcome_rows(self) -> list[tuple[str, dict[str, int]]]:
        """Return items by outcome for each harm, in the programme's order of codes."""
        rows: dict[str, dict[str, int]] = {}
        for figure in self.figures.outcomes:
            rows.setdefault(figure.harm, dict.fromkeys(OUTCOMES, 0))
            rows[figure.harm][figure.outcome] = rows[figure.harm].get(figure.outcome, 0) + figure.items
        return sorted(rows.items())

    @property
    def known_outcomes(self) -> list[str]:
        """The outcomes that occur, in the fixed order, others after them."""
        seen = {figure.outcome for figure in self.figures.outcomes}
        return [*(name for name in OUTCOMES if name in seen), *sorted(seen - set(OUTCOMES))]

    def total(self, name: str) -> int | None:
        """Return a sum over all rows of money; None when no row states it."""
        stated = [value for value in (getattr(figure, name) for figure in self.figures.money) if value is not None]
        return sum(stated) if stated else None

    def losses(self) -> list[int]:
        """Return how many claims each step has fewer than the one before; the first step loses none."""
        claims = [step.claims for step in self.figures.funnel]
        return [0, *(before - after for before, after in pairwise(claims))]

    def funnel_chart(self) -> Chart:
        """Return the bars from filing to payment."""
        filed = self.figures.funnel[0].claims if self.figures.funnel else 0
        rows = [
            Row(
                label=self.say(f"step_{step.key}"),
                value=f"{step.claims:,}",
                parts=(Part(amount=step.claims, kind="go"),),
                outline=filed,
                remark=f"{self.say('stays')}: {lost:,} ({self.say(f'why_{step.key}')})" if lost > 0 else "",
            )
            for step, lost in zip(self.figures.funnel, self.losses(), strict=True)
        ]
        return self._draw(rows)

    def outcome_chart(self) -> Chart:
        """Return one bar for each harm, divided by outcome."""
        return self._draw(
            [
                Row(
                    label=self.label(harm),
                    value=f"{sum(counts.values()):,}",
                    parts=tuple(Part(amount=counts.get(name, 0), kind=name) for name in self.known_outcomes),
                )
                for harm, counts in self.outcome_rows()
            ]
        )

    def money_chart(self) -> Chart:
        """Return one bar for each harm and tier of granted items: awarded, then the gap."""
        return self._draw([self._money_row(figure) for figure in self.figures.money if figure.granted])

    def instalment_chart(self) -> Chart:
        """Return one bar for each day on which money falls due."""
        return self._draw(
            [
                Row(
                    label=f"{self.say('instalment')} {figure.instalment} · {wording.isolate(self.day(figure.due_on))}",
                    value=self.money(figure.amount_minor),
                    parts=(Part(amount=figure.amount_minor, kind="awarded"),),
                )
                for figure in self.figures.instalments
            ]
        )

    def issues(self, severity: str) -> list[tuple[object, Chart]]:
        """Return the refused or doubted values of one severity, each with its small bar."""
        chosen = [issue for issue in self.figures.issues if issue.severity == severity]
        most = max((issue.rows for issue in chosen), default=0)
        return [
            (issue, self._draw([Row(label="", value="", parts=(Part(amount=issue.rows, kind=severity),), outline=most)]))
            for issue in chosen
        ]

    def alarm(self, alarm: RuleFigure | str) -> Markup:
        """Return what a rule's share of the items says, in this language; a sentence that was given stays English."""
        if isinstance(alarm, str):
            return Markup('<bdi lang="en">{}</bdi>').format(alarm)
        said = self.say(
            "alarm_all" if alarm.hits else "alarm_none", table=self.label(alarm.table), hits=alarm.hits, items=alarm.items
        )
        return Markup('{} <bdi class="code">({})</bdi>').format(said, alarm.rule)

    def remark(self, text: dict[str, str]) -> Markup:
        """Return a remark beside the law, marked with its language where it is not the page's."""
        said = self.pick(text)
        known = next((language for language, value in text.items() if value == said), self.language)
        return Markup('<bdi lang="{}">{}</bdi>').format(known, said) if said else Markup("")

    def workbook(self, book: WorkbookFigure) -> str:
        """Return what a workbook is called, with its rows."""
        rows = f"{self.say('rows')}: {book.rows:,}" if book.rows is not None else ""
        return " · ".join(text for text in (self.pick(book.title), rows) if text)

    def agreement_word(self, figure: AgreementFigure) -> str:
        """Return whether a published and a proposed outcome agree."""
        return self.say({True: "agree_yes", False: "agree_no", None: "agree_none"}[figure.agrees])

    def agreement_counts(self) -> tuple[int, int]:
        """Return items that agree and items that can be compared."""
        compared = [figure for figure in self.figures.agreement if figure.agrees is not None]
        return sum(figure.items for figure in compared if figure.agrees), sum(figure.items for figure in compared)

    def files(self) -> list[str]:
        """Return the relations whose files the report names."""
        return [relation for relation, stage in FILES if self.has(stage)]

    def _money_row(self, figure: MoneyFigure) -> Row:
        label = self.label(figure.harm) + (f" · {self.label(figure.tier)}" if figure.tier else "")
        if figure.awarded_minor is None:
            whole = Part(amount=figure.entitled_minor, kind="awarded")
            return Row(label=label, value=self.money(figure.entitled_minor), parts=(whole,))
        parts = (Part(amount=figure.awarded_minor, kind="awarded"), Part(amount=figure.gap_minor or 0, kind="gap"))
        return Row(label=label, value=f"{self.money(figure.awarded_minor)} / {self.money(figure.entitled_minor)}", parts=parts)

    def _draw(self, rows: list[Row]) -> Chart:
        return draw(rows, rtl=self.direction == "rtl")
