"""Writes the text of every determination's letter into ``determinations``, in one statement over all of them.

Order: choose the language (the claim's, if the programme writes letters in it, else the programme's first); cut each template
into pieces at its placeholders; concatenate pieces and columns. Nothing is searched and replaced, so a claimant called
``{amount}`` stays called that. A determination whose outcome has no letter keeps ``letter_text`` null.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date

from sqlglot import exp

from aljabr.errors import ProgrammeBroken
from aljabr.programmes.records import Deadline, Letter, Programme
from aljabr.relations import Database
from aljabr.report.wording import (
    BIDI_CONTROLS,
    END_ISOLATE,
    ISOLATE,
    NO_BREAK_SPACE,
    currency_name,
    label,
    long_date,
    pick,
    programme_labels,
    say,
)

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
PLACEHOLDERS = (
    "reference",
    "claimant",
    "harm",
    "ground",
    "amount",
    "article",
    "missing",
    "missing_list",
    "appeal_days",
    "date",
    "programme",
    "body",
)
BULLET = "• "


def _plain(column: str) -> str:
    """Return SQL that makes stated text one line without direction controls, inside an isolate."""
    cleaned = f"trim(regexp_replace(translate({column}, '{BIDI_CONTROLS}', ''), '\\s+', ' ', 'g'))"
    return f"'{ISOLATE}' || {cleaned} || '{END_ISOLATE}'"


# One row for each determination, one column for each placeholder; user text loses line breaks and direction controls.
VALUES = f"""
WITH named AS (
    SELECT d.*, coalesce(c.reference, d.claim_id) AS claim_reference, p.full_name,
           CASE WHEN t.language IS NOT NULL THEN t.language ELSE $first END AS said_in
    FROM determinations d
    LEFT JOIN claims c USING (claim_id)
    LEFT JOIN person_records p ON p.person_record_id = c.claimant_person_record_id
    LEFT JOIN _letter_templates t ON t.outcome = d.outcome AND t.language = c.language
)
SELECT n.determination_id, n.outcome, n.said_in AS language,
       {_plain("n.claim_reference")} AS reference, {_plain("coalesce(nullif(trim(n.full_name), ''), w.claimant)")} AS claimant,
       {_plain("coalesce(a.text, n.legal_basis, '')")} AS article,
       coalesce(h.text, n.harm) AS harm, coalesce(b.text, n.body, '') AS body, coalesce(g.text, n.ground, '') AS ground,
       coalesce(m.inline, '') AS missing, coalesce(m.listed, '') AS missing_list,
       w.appeal_days, w.date, w.programme,
       CASE WHEN n.amount_minor IS NULL THEN '—' ELSE
           '{ISOLATE}' || format('{{:,}}', n.amount_minor // $unit)
           || CASE n.amount_minor % $unit WHEN 0 THEN ''
              ELSE '.' || lpad(CAST(n.amount_minor % $unit AS TEXT), $exponent, '0') END
           || '{NO_BREAK_SPACE}' || w.currency || '{END_ISOLATE}' END AS amount
FROM named n
JOIN _letter_words w ON w.language = n.said_in
LEFT JOIN _letter_labels h ON h.code = n.harm AND h.language = n.said_in
LEFT JOIN _letter_labels b ON b.code = n.body AND b.language = n.said_in
LEFT JOIN _letter_labels g ON g.code = n.ground AND g.language = n.said_in
LEFT JOIN _letter_bases a ON a.legal_basis = n.legal_basis AND a.language = n.said_in
LEFT JOIN _letter_missing m ON m.missing_facts = n.missing_facts AND m.language = n.said_in
"""


def letter_texts(db: Database, programme: Programme, *, as_of: date) -> None:
    """Fill ``language`` and ``letter_text`` of every determination; subject, blank line, body.

    Parameters
    ----------
    db : Database
        With ``determinations``, ``claims`` and ``person_records``.
    programme : Programme
        Its letters, by outcome and language.
    as_of : date
        The date the letters carry.

    Raises
    ------
    ProgrammeBroken
        When a letter uses a placeholder that nothing fills.
    """
    if not programme.languages:
        raise ProgrammeBroken(f"{programme.key} names no language.", "Add languages: to programme.yaml.")
    _load_words(db, programme, as_of=as_of)
    db.execute(
        f"CREATE OR REPLACE TABLE _letter_values AS {VALUES}",
        {"first": programme.languages[0], "unit": 10**programme.currency.exponent, "exponent": programme.currency.exponent},
    )
    text = _template_case(programme.letters).sql(dialect="duckdb")
    db.execute(
        f"UPDATE determinations SET language = v.language, letter_text = {text} "
        "FROM _letter_values v WHERE v.determination_id = determinations.determination_id"
    )
    for name in ("_letter_values", "_letter_templates", "_letter_words", "_letter_labels", "_letter_bases", "_letter_missing"):
        db.execute(f"DROP TABLE {name}")


def appeal_deadline(programme: Programme) -> Deadline | None:
    """Return the period for an appeal: the deadline whose key begins with ``appeal``."""
    return next((deadline for deadline in programme.deadlines if deadline.key.startswith("appeal")), None)


def missing_names(stated: str | None) -> list[str]:
    """Return the facts named as missing, from a JSON list or a list separated by commas, semicolons or blanks.

    Examples
    --------
    >>> missing_names('["disability_percent"]'), missing_names("a, b"), missing_names(None)
    (['disability_percent'], ['a', 'b'], [])
    """
    if not stated:
        return []
    if stated.lstrip().startswith("["):
        return [str(name) for name in json.loads(stated)]
    return [name for name in re.split(r"[,;\s]+", stated) if name]


def spoken_basis(basis: str, language: str, labels: dict[str, dict[str, str]]) -> str:
    """Return the articles of a legal basis in a language; an article without a label stays as the programme writes it.

    Examples
    --------
    >>> spoken_basis("Law 1 art. 2; Law 3", "ar", {"Law 3": {"ar": "القانون 3"}})
    'Law 1 art. 2؛ القانون 3'
    """
    return say("list_semicolon", language).join(label(labels, article, language) for article in basis.split("; "))


def _load_words(db: Database, programme: Programme, *, as_of: date) -> None:
    labels, languages = programme_labels(programme), programme.languages
    written = [(letter.outcome, letter.language) for letter in programme.letters if letter.language in languages]
    db.load_rows("_letter_templates", dict.fromkeys(("outcome", "language"), "TEXT"), written)
    words = [(language, *_words(programme, language, as_of=as_of)) for language in languages]
    names = ("language", "appeal_days", "date", "programme", "currency", "claimant")
    db.load_rows("_letter_words", dict.fromkeys(names, "TEXT"), words)
    spoken = [(code, language, label(labels, code, language)) for code in labels for language in languages]
    db.load_rows("_letter_labels", dict.fromkeys(("code", "language", "text"), "TEXT"), spoken)
    cited = [row[0] for row in db.rows("SELECT DISTINCT legal_basis FROM determinations WHERE legal_basis <> '' ORDER BY 1")]
    bases = [(basis, language, spoken_basis(basis, language, labels)) for basis in cited for language in languages]
    db.load_rows("_letter_bases", dict.fromkeys(("legal_basis", "language", "text"), "TEXT"), bases)
    stated = [row[0] for row in db.rows("SELECT DISTINCT missing_facts FROM determinations WHERE missing_facts <> '' ORDER BY 1")]
    missing = [(facts, language, *_missing(facts, language, labels)) for facts in stated for language in languages]
    db.load_rows("_letter_missing", dict.fromkeys(("missing_facts", "language", "inline", "listed"), "TEXT"), missing)


def _words(programme: Programme, language: str, *, as_of: date) -> tuple[str, ...]:
    deadline = appeal_deadline(programme)
    return (
        str(deadline.days) if deadline else "—",
        f"{ISOLATE}{long_date(as_of, language)}{END_ISOLATE}",
        pick(programme.title, language),
        currency_name(programme.currency.code, language),
        say("letter_claimant", language),
    )


def _missing(stated: str, language: str, labels: dict[str, dict[str, str]]) -> tuple[str, str]:
    names = [label(labels, name, language) for name in missing_names(stated)]
    return say("list_comma", language).join(names), "\n".join(BULLET + name for name in names)


def _template_case(letters: Iterable[Letter]) -> exp.Expression:
    case = exp.Case()
    known = False
    for letter in letters:
        known = True
        fits = exp.and_(
            exp.column("outcome", table="v").eq(exp.Literal.string(letter.outcome)),
            exp.column("language", table="v").eq(exp.Literal.string(letter.language)),
        )
        case = case.when(fits, _pieces(letter))
    return case if known else exp.cast(exp.null(), "TEXT")


def _pieces(letter: Letter) -> exp.Expression:
    """Return the concatenation of a template's own words and the columns that fill its placeholders."""
    template = f"{letter.subject.strip()}\n\n{letter.body.strip()}"
    # A list of what is missing that stands on a line of its own becomes a list; inside a sentence it stays one.
    template = re.sub(r"(?m)^[ \t]*\{missing\}[ \t]*$", "{missing_list}", template)
    pieces: list[exp.Expression] = []
    for position, piece in enumerate(PLACEHOLDER.split(template)):
        if position % 2 == 0:
            pieces.append(exp.Literal.string(piece))
        elif piece in PLACEHOLDERS:
            pieces.append(exp.column(piece, table="v"))
        else:
            raise ProgrammeBroken(
                f"The {letter.language} letter for {letter.outcome!r} uses {{{piece}}}.", f"Write one of {', '.join(PLACEHOLDERS)}."
            )
    return exp.Concat(expressions=pieces, safe=True, coalesce=True)
