"""Letters as files: the same bytes every time, every letter of every script there, no text read as markup."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from aljabr.errors import CheckFailed
from aljabr.programmes.records import Programme
from aljabr.relations import Database
from aljabr.report import LetterRow, letter_rows, letter_texts, render_letters

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")


@pytest.fixture
def rows(run: Database, programme: Programme, as_of: date) -> list[LetterRow]:
    letter_texts(run, programme, as_of=as_of)
    return letter_rows(run)


def of(rows: list[LetterRow], outcome: str, language: str) -> LetterRow:
    return next(row for row in rows if (row.outcome, row.language) == (outcome, language))


def test_one_letter_of_each_kind_is_chosen_when_none_is_asked_for(rows: list[LetterRow]) -> None:
    kinds = [(row.outcome, row.language) for row in rows]
    assert sorted(kinds) == sorted({*kinds})
    assert len(kinds) == 6  # granted in three languages, denied, incomplete and held in one each


def test_letters_are_found_by_the_claims_reference(rows: list[LetterRow], run: Database) -> None:
    assert [row.determination_id for row in letter_rows(run, ["V-95", "V-2", "nobody's"])] == ["det_002", "det_095"]


def test_every_letter_gets_one_file_of_each_format(
    rows: list[LetterRow], tmp_path: Path, programme: Programme, as_of: date
) -> None:
    written = render_letters(rows, tmp_path / "letters", programme=programme, as_of=as_of)
    assert [path.name for path in written[:2]] == [f"{rows[0].determination_id}.html", f"{rows[0].determination_id}.pdf"]
    assert len(written) == 12
    assert all(path.read_bytes().startswith(b"%PDF-1.7") for path in written if path.suffix == ".pdf")


def test_the_same_letter_gives_the_same_bytes_and_the_date_is_the_runs(
    rows: list[LetterRow], tmp_path: Path, programme: Programme, as_of: date
) -> None:
    first, second, later = (
        render_letters(rows[:1], tmp_path / name, programme=programme, as_of=day, formats=("pdf",))[0].read_bytes()
        for name, day in (("a", as_of), ("b", as_of), ("c", date(2025, 7, 1)))
    )
    assert first == second != later
    assert b"20250630" in first and b"20250701" in later


@needs_poppler
@pytest.mark.parametrize("outcome,language", [("granted", "ar"), ("granted", "ckb"), ("granted", "kmr"), ("incomplete", "ckb")])
def test_a_pdf_embeds_only_the_shipped_fonts(
    rows: list[LetterRow], tmp_path: Path, programme: Programme, as_of: date, outcome: str, language: str
) -> None:
    path = render_letters([of(rows, outcome, language)], tmp_path, programme=programme, as_of=as_of, formats=("pdf",))[0]
    listed = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    names = {line.split()[0].split("+")[1] for line in listed}
    assert names <= {"NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold", "NotoSans-Regular", "NotoSans-Bold"}
    assert "NotoNaskhArabic-Regular" in names  # the claimant's name is Arabic in every letter
    assert all(" yes yes yes " in line for line in listed)  # embedded, subset, with a map back to Unicode


@needs_poppler
def test_sorani_letters_survive_in_the_pdf(rows: list[LetterRow], tmp_path: Path, programme: Programme, as_of: date) -> None:
    row = of(rows, "incomplete", "ckb")
    path = render_letters([row], tmp_path, programme=programme, as_of=as_of, formats=("pdf",))[0]
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert {letter for letter in "ەڕێۆڵگچپژک" if letter in row.letter_text} <= set(text)
    assert f"V-{row.determination_id[-2:]}" in text and "2025" in text


def test_a_name_the_fonts_cannot_show_is_refused_after_all_other_letters(
    rows: list[LetterRow], tmp_path: Path, programme: Programme, as_of: date
) -> None:
    wrong = replace(rows[0], determination_id="det_x", claimant="漢字")
    with pytest.raises(CheckFailed, match="No PDF could be set for det_x"):
        render_letters([wrong, rows[1]], tmp_path, programme=programme, as_of=as_of)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["det_x.html", f"{rows[1].determination_id}.html", f"{rows[1].determination_id}.pdf"]
    )


@pytest.mark.parametrize("name", ["#panic()", "*x* _y_ $z$", "<script>alert(1)</script>", "] #sys", "{{ page }}", "\\u{1F}"])
def test_a_name_is_never_read_as_markup(
    rows: list[LetterRow], tmp_path: Path, programme: Programme, as_of: date, name: str
) -> None:
    page, pdf = render_letters([replace(rows[0], claimant=name)], tmp_path, programme=programme, as_of=as_of)
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    assert f"\u2068{name}\u2069" in [entry.text for entry in tree.iter("dd")]
    assert not list(tree.iter("script")) and pdf.stat().st_size > 10_000


@pytest.mark.parametrize("language,direction", [("ar", "rtl"), ("ckb", "rtl"), ("kmr", "ltr")])
def test_an_html_letter_says_its_language_and_direction(
    rows: list[LetterRow], tmp_path: Path, programme: Programme, as_of: date, language: str, direction: str
) -> None:
    path = render_letters([of(rows, "granted", language)], tmp_path, programme=programme, as_of=as_of, formats=("html",))[0]
    root = html.fromstring(path.read_bytes().decode("utf-8"))
    assert (root.get("lang"), root.get("dir")) == (language, direction)
    assert len(root.findall(".//h1")) == 1


def test_a_letter_resting_on_unsigned_tables_says_so(
    rows: list[LetterRow], tmp_path: Path, programme: Programme, as_of: date
) -> None:
    signed = replace(rows[0], determination_id="det_signed", unsigned=False)
    first, second = render_letters([rows[0], signed], tmp_path, programme=programme, as_of=as_of, formats=("html",))
    assert "لم يصادق عليها قانونيّ" in first.read_text(encoding="utf-8")
    assert "لم يصادق عليها قانونيّ" not in second.read_text(encoding="utf-8")


def test_the_notice_of_unsigned_tables_stands_under_the_letterhead(
    rows: list[LetterRow], tmp_path: Path, programme: Programme, as_of: date
) -> None:
    signed = replace(rows[0], determination_id="det_signed", unsigned=False)
    first, second = render_letters([rows[0], signed], tmp_path, programme=programme, as_of=as_of, formats=("html",))
    assert html.fromstring(first.read_text(encoding="utf-8")).xpath("//header/following-sibling::*[1]/@class") == ["notice"]
    assert not html.fromstring(second.read_text(encoding="utf-8")).xpath("//*[@class='notice']")


@needs_poppler
def test_the_notice_stands_before_the_subject_in_the_pdf(
    rows: list[LetterRow], tmp_path: Path, programme: Programme, as_of: date
) -> None:
    row = of(rows, "granted", "kmr")
    path = render_letters([row], tmp_path, programme=programme, as_of=as_of, formats=("pdf",))[0]
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert text.count("pêşniyara makîneyê") == 1
    assert text.index("pêşniyara makîneyê") < text.index("Biryara pêşniyarkirî")


@pytest.fixture
def text_of(tmp_path: Path, programme: Programme, as_of: date) -> Callable[..., str]:
    def text(row: LetterRow, **changed: object) -> str:
        changed_programme = programme.model_copy(update=changed)
        path = render_letters([row], tmp_path, programme=changed_programme, as_of=as_of, formats=("html",))[0]
        return str(html.fromstring(path.read_text(encoding="utf-8")).find("body").text_content())

    return text


def test_a_letter_says_how_long_and_where_to_appeal(rows: list[LetterRow], text_of: Callable[..., str]) -> None:
    text = text_of(of(rows, "granted", "kmr"))
    assert "di nav 30 rojan de" in text and "Cihê îtirazê: \u2068Dadgeha newalê\u2069" in text


def test_a_period_nobody_verified_is_marked_in_the_letter(
    rows: list[LetterRow], programme: Programme, text_of: Callable[..., str]
) -> None:
    deadline = programme.deadlines[0]
    checked = deadline.model_copy(update={"reference": deadline.reference.model_copy(update={"state": "verified"})})
    assert "لم تُقابَل بعد بنصّ القانون" in text_of(of(rows, "denied", "ar"))
    assert "لم تُقابَل بعد بنصّ القانون" not in text_of(of(rows, "denied", "ar"), deadlines=(checked,))


def test_a_held_claim_and_a_law_without_a_period_start_no_clock(rows: list[LetterRow], text_of: Callable[..., str]) -> None:
    assert "You can appeal" not in text_of(of(rows, "held", "en"))
    assert "îtiraz" not in text_of(of(rows, "granted", "kmr"), deadlines=())
