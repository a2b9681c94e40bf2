"""Renders letters that were asked for, as HTML and as PDF, from one structure of plain strings.

The text is the one in ``determinations``; around it come letterhead, what is proposed, how to appeal, and where the proposal can
be traced. Typst sets the PDF with the fonts shipped here alone, the same bytes on every machine; texts reach it as JSON data and
are never read as markup. A letter with a character those fonts lack is refused, not printed with a hole in it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import typst

from aljabr.errors import CheckFailed
from aljabr.money import money_text
from aljabr.programmes.records import Programme
from aljabr.relations import Database
from aljabr.report.letters import BULLET, appeal_deadline, spoken_basis
from aljabr.report.templating import template
from aljabr.report.wording import (
    NO_BREAK_SPACE,
    currency_name,
    direction,
    isolate,
    label,
    long_date,
    outcome_word,
    pick,
    programme_labels,
    say,
)

FORMATS = ("html", "pdf")
HERE = Path(__file__).parent

ROWS = """
SELECT d.determination_id, coalesce(c.reference, d.claim_id) AS reference, p.full_name AS claimant, d.language, d.outcome, d.ground,
       d.harm, d.amount_minor, d.body, d.legal_basis, d.unsigned, d.letter_text
FROM determinations d
LEFT JOIN claims c USING (claim_id)
LEFT JOIN person_records p ON p.person_record_id = c.claimant_person_record_id
WHERE d.letter_text IS NOT NULL
"""


@dataclass(frozen=True, kw_only=True)
class LetterRow:
    """One determination as its letter needs it; personal data of the claimant."""

    determination_id: str
    reference: str
    claimant: str | None
    language: str
    outcome: str
    ground: str | None
    harm: str
    amount_minor: int | None
    body: str | None
    legal_basis: str | None
    unsigned: bool
    letter_text: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """A letter's strings in reading order; ``blocks`` are paragraphs (one string) or lists (several).

    ``notice`` stands under the letterhead when unsigned tables were used, ``note`` at the end otherwise; one of them is empty.
    """

    language: str
    direction: str
    subject: str
    issuer: str
    body: str
    notice: str
    heading: tuple[tuple[str, str], ...]
    blocks: tuple[tuple[str, tuple[str, ...]], ...]
    decided_title: str
    decided: tuple[tuple[str, str], ...]
    appeal_title: str
    appeal: tuple[str, ...]
    note: str
    trace: tuple[tuple[str, str], ...]
    page: str


def letter_rows(db: Database, references: Sequence[str] = ()) -> list[LetterRow]:
    """Return the determinations of the named claims that have a letter, in order of reference.

    Parameters
    ----------
    db : Database
        With ``determinations`` (``letter_text`` filled), ``claims`` and ``person_records``.
    references : sequence of str
        Claim references; when empty, the first determination of each outcome in each language.

    Returns
    -------
    list of LetterRow
    """
    order = " ORDER BY reference, determination_id"
    if references:
        chosen = db.dicts(f"{ROWS} AND coalesce(c.reference, d.claim_id) IN (SELECT unnest($1)){order}", [list(references)])
    else:
        first = "QUALIFY row_number() OVER (PARTITION BY d.outcome, d.language ORDER BY d.determination_id) = 1"
        chosen = db.dicts(f"{ROWS} {first}{order}")
    return [LetterRow(**{**row, "unsigned": bool(row["unsigned"])}) for row in chosen]


def render_letters(
    rows: Sequence[LetterRow], folder: Path, *, programme: Programme, as_of: date, formats: Collection[str] = FORMATS
) -> list[Path]:
    """Write one file for every letter and format into ``folder``, named by the determination.

    Parameters
    ----------
    rows : sequence of LetterRow
        What ``letter_rows`` returned.
    folder : Path
        Created when missing; holds personal data.
    programme : Programme
        For labels, issuer, body and appeal.
    as_of : date
        The date on the letter and in the PDF; no clock is read.
    formats : collection of str
        ``html``, ``pdf`` or both.

    Returns
    -------
    list of Path
        The files, in the order of ``rows``.

    Raises
    ------
    CheckFailed
        When a letter has characters that the shipped fonts lack; every other file has been written by then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    refused: list[str] = []
    for row in rows:
        page = letter_page(row, programme, as_of=as_of)
        if "html" in formats:
            written.append(_write(folder / f"{row.determination_id}.html", letter_html(page).encode("utf-8")))
        if "pdf" in formats:
            pdf = _pdf_or_reason(page, as_of=as_of)
            if isinstance(pdf, str):
                refused.append(f"{row.determination_id} ({pdf})")
            else:
                written.append(_write(folder / f"{row.determination_id}.pdf", pdf))
    if refused:
        raise CheckFailed(
            f"No PDF could be set for {'; '.join(refused)}.", "Send the HTML letter, or write the name in a script the letter has."
        )
    return written


def letter_page(row: LetterRow, programme: Programme, *, as_of: date) -> Page:
    """Return the strings of one letter, in its language."""
    language, labels = row.language, programme_labels(programme)
    subject, _, text = row.letter_text.partition("\n\n")
    trace = (
        (say("letter_trace", language), isolate(row.determination_id)),
        (say("letter_programme", language), isolate(f"{programme.key} {programme.hash[:16]}")),
    )
    return Page(
        language=language,
        direction=direction(language),
        subject=subject,
        issuer=pick(programme.issuer, language),
        body=label(labels, row.body, language) if row.body else pick(programme.title, language),
        heading=(
            (say("letter_to", language), isolate(row.claimant or say("letter_claimant", language))),
            (say("letter_reference", language), isolate(row.reference)),
            (say("letter_date", language), isolate(long_date(as_of, language))),
        ),
        blocks=tuple(_blocks(text)),
        decided_title=say("letter_decided", language),
        decided=tuple(_decided(row, programme, labels)),
        appeal_title=say("letter_appeal_title", language),
        appeal=tuple(_appeal(row, programme)),
        notice=say("letter_unsigned", language) if row.unsigned else "",
        note="" if row.unsigned else say("letter_proposal", language),
        trace=trace,
        page=say("letter_page", language),
    )


def letter_html(page: Page) -> str:
    """Return a letter as one self-contained HTML page."""
    return template("letter.html").render(page=page)


def letter_pdf(page: Page, *, as_of: date) -> bytes:
    """Return a letter as a tagged PDF (PDF/UA-1), the same bytes for the same letter and date.

    Raises
    ------
    typst.TypstError
        When the shipped fonts lack a character.
    """
    data = {**asdict(page), "year": as_of.year, "month": as_of.month, "day": as_of.day}
    compiled = _typesetter().compile(
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        pdf_standards=["ua-1"],
        timestamp=datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC),
    )
    if not isinstance(compiled, bytes):
        raise TypeError("a PDF is one file")
    return compiled


def _pdf_or_reason(page: Page, *, as_of: date) -> bytes | str:
    try:
        return letter_pdf(page, as_of=as_of)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return error.message


@cache
def _typesetter() -> typst.Compiler:
    """Return a compiler that knows the letter and the shipped fonts, and neither the system's fonts nor other folders."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")])
    return typst.Compiler(str(HERE / "templates" / "letter.typ"), root=str(HERE / "templates"), font_paths=fonts)


def _blocks(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Cut a text into paragraphs and bulleted lists."""
    blocks: list[tuple[str, tuple[str, ...]]] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        if not line.startswith(BULLET):
            blocks.append(("paragraph", (line,)))
        elif blocks and blocks[-1][0] == "list":
            blocks[-1] = ("list", (*blocks[-1][1], line.removeprefix(BULLET)))
        else:
            blocks.append(("list", (line.removeprefix(BULLET),)))
    return blocks


def _decided(row: LetterRow, programme: Programme, labels: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    language = row.language
    lines = [
        (say("harm", language), label(labels, row.harm, language)),
        (say("outcome", language), outcome_word(labels, row.outcome, language)),
    ]
    if row.ground:
        lines.append((say("letter_ground", language), label(labels, row.ground, language)))
    if row.outcome == "granted" and row.amount_minor is not None:
        figure = money_text(row.amount_minor, exponent=programme.currency.exponent)
        amount = f"{figure}{NO_BREAK_SPACE}{currency_name(programme.currency.code, language)}"
        lines.append((say("amount", language), isolate(amount)))
    if row.body:
        lines.append((say("letter_body", language), label(labels, row.body, language)))
    if row.legal_basis:
        lines.append((say("letter_basis", language), isolate(spoken_basis(row.legal_basis, language, labels))))
    return lines


def _appeal(row: LetterRow, programme: Programme) -> list[str]:
    """Return how to appeal, when the law gives a period and its step can end in this outcome."""
    deadline, language = appeal_deadline(programme), row.language
    steps = [step for step in programme.procedure if step.appeal_to and (not step.outcomes or row.outcome in step.outcomes)]
    if deadline is None or (programme.procedure and not steps):
        return []
    lines = [say("letter_appeal", language, days=deadline.days)]
    if steps:
        step = min(steps, key=lambda step: step.deadline != deadline.key)
        body = label(programme_labels(programme), step.appeal_to, language)
        lines.append(f"{say('letter_appeal_to', language)}: {isolate(body)}")
    if deadline.reference.state != "verified":
        lines.append(say("letter_appeal_unverified", language))
    return lines


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
