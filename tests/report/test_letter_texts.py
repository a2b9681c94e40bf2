"""What a determination's letter says, and what a claimant's name cannot make it say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aljabr.errors import ProgrammeBroken
from aljabr.programmes.records import Letter, Programme
from aljabr.relations import Database
from aljabr.report import letter_texts

NBSP, FSI, PDI = "\u00a0", "\u2068", "\u2069"


def letter(db: Database, determination_id: str) -> str:
    return str(db.value("SELECT letter_text FROM determinations WHERE determination_id = ?", [determination_id]))


def test_a_letter_is_in_the_language_of_the_claim(run: Database, programme: Programme, as_of: date) -> None:
    letter_texts(run, programme, as_of=as_of)
    assert dict(run.rows("SELECT language, count(*) FROM determinations GROUP BY ALL")) == {"ar": 79, "ckb": 26, "kmr": 3, "en": 6}
    assert run.value("SELECT count(*) FROM determinations WHERE letter_text IS NULL") == 0


@pytest.mark.parametrize("language", ["tr", None], ids=["unknown", "not stated"])
def test_a_claim_in_no_language_of_the_programme_is_answered_in_its_first(
    run: Database, programme: Programme, as_of: date, language: str | None
) -> None:
    run.execute("UPDATE claims SET language = ?", [language])
    letter_texts(run, programme, as_of=as_of)
    assert run.rows("SELECT DISTINCT language FROM determinations") == [("ar",)]
    assert letter(run, "det_001").startswith("القرار المقترح")


def test_every_placeholder_is_filled_and_isolated(run: Database, programme: Programme, as_of: date) -> None:
    letter_texts(run, programme, as_of=as_of)
    assert letter(run, "det_083") == (
        f"Biryara pêşniyarkirî li ser daxwaza we {FSI}V-83{PDI}\n\nBirêz {FSI}سارة يوسف كريم 83{PDI},\n\n"
        f"Me daxwaza we ya derbarê zirara milkê de nirxand. Mîqdar: {FSI}7,500,000{NBSP}dînarê Iraqî{PDI}. "
        f"{FSI}Law 9, art. 3 (1){PDI}"
    )


def test_an_amount_keeps_the_decimals_it_has_and_drops_those_it_has_not(run: Database, programme: Programme, as_of: date) -> None:
    letter_texts(run, programme, as_of=as_of)
    assert f"{FSI}5,000,000{NBSP}دينار عراقي{PDI}" in letter(run, "det_001")  # 5 000 000 000 minor units, exponent 3
    assert f"{FSI}18,250,000.500{NBSP}دينار عراقي{PDI}" in letter(run, "det_053")


@pytest.mark.parametrize(
    "name",
    ["{amount}", "{{claimant}}", "{missing}", "%s $unit ?", "' || x || '", "\\u2068", "</p><script>", "#panic()"],
)
def test_a_claimant_named_like_a_placeholder_stays_called_that(run: Database, programme: Programme, as_of: date, name: str) -> None:
    run.execute("UPDATE person_records SET full_name = ? WHERE person_record_id = 'prs_1'", [name])
    letter_texts(run, programme, as_of=as_of)
    assert f"السيد/السيدة {FSI}{name}{PDI}،" in letter(run, "det_001")
    assert letter(run, "det_001").count("5,000,000") == 1


@given(name=st.text(min_size=1, max_size=40))
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_can_end_its_isolate_or_break_the_line(name: str, run: Database, programme: Programme, as_of: date) -> None:
    run.execute("UPDATE person_records SET full_name = ? WHERE person_record_id = 'prs_1'", [name.replace("\0", "")])
    letter_texts(run, programme, as_of=as_of)
    text = letter(run, "det_001")
    assert text.count(FSI) == text.count(PDI) == 4  # reference, claimant, amount, article
    assert text.count("\n") == 4 and not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067")


def test_what_is_missing_becomes_a_list_when_it_stands_alone_and_a_phrase_in_a_sentence(
    run: Database, programme: Programme, as_of: date
) -> None:
    letter_texts(run, programme, as_of=as_of)
    assert "\n\n• بڕوانامەی مردن\n• پشتڕاستکردنەوەی موختار\n\n" in letter(run, "det_095")
    inline = Letter(outcome="incomplete", language="ckb", subject="s", body="کەمە: {missing}.")
    letter_texts(run, programme.model_copy(update={"letters": (inline,)}), as_of=as_of)
    assert letter(run, "det_095") == "s\n\nکەمە: بڕوانامەی مردن، پشتڕاستکردنەوەی موختار."


def test_an_outcome_without_a_letter_keeps_none(run: Database, programme: Programme, as_of: date) -> None:
    granted = tuple(entry for entry in programme.letters if entry.outcome == "granted")
    letter_texts(run, programme.model_copy(update={"letters": granted}), as_of=as_of)
    assert run.value("SELECT count(letter_text) FROM determinations") == 85
    assert run.value("SELECT count(language) FROM determinations") == 114


def test_a_programme_without_letters_writes_none(run: Database, programme: Programme, as_of: date) -> None:
    letter_texts(run, programme.model_copy(update={"letters": ()}), as_of=as_of)
    assert run.value("SELECT count(letter_text) FROM determinations") == 0


def test_a_placeholder_that_nothing_fills_is_refused(run: Database, programme: Programme, as_of: date) -> None:
    wrong = Letter(outcome="granted", language="ar", subject="s", body="{amout}")
    with pytest.raises(ProgrammeBroken, match=r"ar letter for 'granted' uses \{amout\}"):
        letter_texts(run, programme.model_copy(update={"letters": (wrong,)}), as_of=as_of)


def test_quotes_and_backslashes_of_a_template_reach_the_letter(run: Database, programme: Programme, as_of: date) -> None:
    wrong = Letter(outcome="granted", language="ar", subject="it's", body='a\\n "b" {appeal_days} {date} {body} {ground}')
    letter_texts(run, programme.model_copy(update={"letters": (wrong,)}), as_of=as_of)
    body = f'a\\n "b" 30 {FSI}30 حزيران 2025{PDI} لجنة التعويض في الوادي استوفى الطلب شروط القانون'
    assert letter(run, "det_001") == f"it's\n\n{body}"


def test_the_order_of_the_rows_does_not_matter(run: Database, programme: Programme, as_of: date) -> None:
    letter_texts(run, programme, as_of=as_of)
    digest = run.digest("determinations")
    for name in ("determinations", "claims", "person_records"):
        run.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {name} ORDER BY hash({name})")
    letter_texts(run, programme, as_of=as_of)
    assert run.digest("determinations") == digest
