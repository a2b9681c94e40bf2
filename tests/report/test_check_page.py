"""The page of a programme's check: self-contained, in Arabic and English, with counter-examples in words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from tests.conftest import ROOT

from aljabr.programmes import Finding, check, load_programme
from aljabr.report.check_page import render_check
from aljabr.report.finding_words import finding_text, sentences
from aljabr.report.wording import words

LAW = load_programme("IQ-LAW20")
OVERLAP = Finding(
    severity="error",
    where="tables/law20.dmn, Tariff",
    what="The rules a and b both match harm = disability, disability_percent = 50; UNIQUE allows one rule.",
    way_out="Let their cells exclude each other, or write FIRST and put above the rule that goes first.",
    example={
        "harm": "disability",
        "disability_percent": Decimal(50),
        "has_title_deed": True,
        "assessed_minor": Decimal(2500),
        "cause": None,
    },
)


def plain(page: str) -> str:
    return re.sub(r"[\u2066-\u2069]", "", page)


def test_a_counter_example_is_told_in_the_words_of_the_programme() -> None:
    page = render_check(LAW, [OVERLAP])
    for said in ("Total or partial disability", "العجز الكلّي أو الجزئي", "50%", "نعم", "2.500", "غير معروف"):
        assert said in page
    assert "تنطبق القاعدتان a وb معاً على" in plain(page)


def test_the_page_needs_nothing_from_outside_and_opens_in_the_programmes_first_language() -> None:
    page = render_check(LAW, check(LAW))
    assert "<script" not in page
    assert not re.search(r'(src|href)="(?!#)', page)
    assert page.index('<div class="page first" id="page-ar"') < page.index('<div class="page" id="page-en"')
    assert page == render_check(LAW, check(LAW))


def test_what_a_programme_says_is_escaped() -> None:
    page = render_check(LAW, [Finding(severity="note", where="x", what="<b>no</b>")])
    assert "<b>no</b>" not in page


def written(node: ast.expr) -> Iterator[str]:
    """The sentences an expression can become, with {} for what is filled in."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from (*written(one), *written(other))
        case ast.Call(func=ast.Attribute(value=inner, attr="strip")):
            yield from written(inner)
        case ast.Tuple(elts=parts):
            for part in parts:
                yield from written(part)


def told() -> Iterator[str]:
    """Every sentence in the sources of the checks: what findings are made of, and the texts that are built for them."""
    for path in sorted((ROOT / "src" / "aljabr" / "programmes").glob("*.py")):
        if path.stem in ("changes", "edits", "sweeps"):  # what a simulation refuses, which no check says
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="error" | "note" | "still_open"), args=[_, *said]):
                    for one in said:
                        yield from written(one)
                case ast.Assign(targets=[ast.Name(id="what" | "way_out" | "held")], value=value):
                    yield from written(value)


SAID = sorted({text.replace("{{}}", "{}") for text in told() if re.search(r"[a-z]{3}", text.replace("{}", ""))})


@pytest.mark.parametrize("text", SAID)
def test_every_sentence_of_a_check_has_its_arabic(text: str) -> None:
    assert finding_text(text.replace("{}", "x1"), "ar") != text.replace("{}", "x1"), f"add it to findings.yaml: {text}"


def test_both_languages_fill_in_the_same_number_of_things() -> None:
    assert [english for english, arabic in sentences().items() if english.count("{}") != arabic.count("{}")] == []


def test_every_part_of_a_programme_has_a_heading_in_both_languages() -> None:
    from aljabr.programmes.findings import PARTS

    assert all({"en", "ar"} <= words()[f"check_part_{part}"].keys() for _, part in PARTS)
