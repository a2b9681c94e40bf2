"""An explanation of a finished run: to the claimant what was applied and what is missing, to reviewers also what was near."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path

import pytest
from tests.conftest import ROOT

from aljabr.errors import CheckFailed, UsageError
from aljabr.programmes import load_programme
from aljabr.relations import Database
from aljabr.report.wording import words
from aljabr.runs.explaining import LANGUAGES, explain_determination


@pytest.fixture(scope="session")
def kinds(finished: Path) -> dict[tuple[str, str], str]:
    """One determination of each outcome, and a disability that was granted."""
    with Database() as db:
        db.read("determinations", finished / "private" / "relations")
        rows = db.rows(
            "SELECT arg_min(harm, determination_id), outcome, min(determination_id) FROM determinations "
            "GROUP BY outcome, harm = 'disability' AND outcome = 'granted' ORDER BY ALL"
        )
    return {(harm, outcome): found for harm, outcome, found in rows}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_determination_is_explained_in_every_language(
    finished: Path, kinds: dict[tuple[str, str], str], language: str
) -> None:
    for (harm, outcome), reference in kinds.items():
        page = explain_determination(finished, reference, language=language)
        text = "\n".join(page.lines())
        assert words()["explain_law"][language] in text
        assert load_programme("IQ-LAW20").labels[outcome][language].casefold() in text.casefold()
        assert next(one.label[language] for one in page.programme.harms if one.code == harm) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_near_row_and_no_threshold_reaches_a_claimant(finished: Path, kinds: dict[tuple[str, str], str], language: str) -> None:
    for reference in kinds.values():
        page = explain_determination(finished, reference, language=language)
        assert page.near == ()
        told = page.to_dict()
        assert not {"near", "thresholds"} & told.keys()
        printed = json.dumps(told, ensure_ascii=False)
        assert not [key for key in ("review_title", "review_warning") if words()[key][language] in printed]
        assert "local_ceiling_minor" not in printed


def test_letters_and_the_report_know_nothing_of_near_rows() -> None:
    allowed = {"rules/explanation.py", "runs/explaining.py"}
    for path in sorted((ROOT / "src" / "aljabr").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        named = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
        if path.relative_to(ROOT / "src" / "aljabr").as_posix() not in allowed:
            assert not {"nearest_rows", "NearRow"} & named, path
    for letter in sorted((ROOT / "programmes").rglob("letters/*.yaml")):
        assert "{near" not in letter.read_text(encoding="utf-8")


def test_a_reviewer_sees_thresholds_with_what_would_follow(finished: Path, kinds: dict[tuple[str, str], str]) -> None:
    page = explain_determination(finished, kinds["disability", "granted"], language="en", reader="reviewer")
    rows = {row["rule"]: row for row in page.to_dict()["near"]}
    assert rows
    assert any(condition["fact"] == "disability_percent" for row in rows.values() for condition in row["conditions"])
    assert words()["review_warning"]["en"] in page.lines()


def test_a_reference_of_nothing_and_an_unknown_language_are_usage_errors(finished: Path) -> None:
    with pytest.raises(UsageError, match="names 0 determinations"):
        explain_determination(finished, "nobody")
    with pytest.raises(UsageError, match="no language 'fr'"):
        explain_determination(finished, "nobody", language="fr")


def test_facts_that_do_not_give_the_determination_are_refused(
    finished: Path, kinds: dict[tuple[str, str], str], tmp_path: Path
) -> None:
    shutil.copytree(finished / "public" / "programme", tmp_path / "public" / "programme")
    shutil.copytree(finished / "private" / "relations", tmp_path / "private" / "relations")
    with Database() as db:
        db.read("facts", tmp_path / "private" / "relations")
        db.execute(
            "CREATE OR REPLACE TABLE facts AS SELECT * REPLACE (NOT has_identity_document AS has_identity_document) FROM facts"
        )
        db.write("facts", tmp_path / "private" / "relations")
    with pytest.raises(CheckFailed, match="do not give its determination"):
        explain_determination(tmp_path, kinds["disability", "granted"])
