"""What people really write in a register's cells: read right, or doubted with its reason, on the way to the relations."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.runs.test_intake import TINY, programme

from aljabr.errors import ProgrammeBroken
from aljabr.programmes import load_programme
from aljabr.programmes.records import Mapping
from aljabr.relations import Database
from aljabr.runs.intake import take_in

COLUMNS = {
    "ref": {"to": "reference", "required": True},
    "filed": {"to": "filed_on", "as": "date", "required": True},
    "name": {"to": "claimant.full_name", "as": "name", "required": True},
    "born": {"to": "claimant.born", "as": "date"},
    "id": {"to": "claimant.id_number"},
    "phone": {"to": "claimant.phone", "as": "phone"},
    "harm": {"to": "item.harm", "as": "code", "codes": "harm"},
    "incident": {"to": "item.incident_on", "as": "date"},
}
CODES = {"harm": {"اصابة": "injury", "بيت": "property"}}
PLAIN = {"ref": "R1", "filed": "2020-03-01", "name": "نور علي حسن", "harm": "بيت", "incident": "2014-06-10"}


@pytest.fixture
def db():
    with Database() as database:
        yield database


def law(*, calendar="gregorian", zone="Asia/Baghdad", codes=CODES):
    columns = {name: {**field, **({"calendar": calendar} if field.get("as") == "date" else {})} for name, field in COLUMNS.items()}
    mapping = Mapping.model_validate({"key": "plain", "kind": "csv", "columns": columns, "codes": codes})
    return programme(mapping).model_copy(update={"time_zone": zone})


def take(db, tmp_path: Path, *rows, **how):
    lines = [
        ",".join(COLUMNS),
        *(",".join((PLAIN | {"ref": f"R{n}"} | row).get(name, "") for name in COLUMNS) for n, row in enumerate(rows, 1)),
    ]
    path = tmp_path / "claims.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return take_in(db, law(**how), [path])[0]


def said(db):
    return db.rows("SELECT row, column_name, code, severity FROM issues ORDER BY ALL")


def test_every_telephone_of_a_cell_is_kept_the_first_beside_all(db, tmp_path):
    take(db, tmp_path, {"phone": "07701112222-07901112222"}, {"phone": "٠٧٧٠١٢٣٤٥٦٧"}, {"phone": ""})
    assert db.rows("SELECT phone, phones FROM person_records JOIN source_records USING (record_id) ORDER BY row") == [
        ("+9647701112222", "+9647701112222 +9647901112222"),
        ("+9647701234567", "+9647701234567"),
        (None, None),
    ]
    assert said(db) == []


def test_a_word_beside_a_telephone_is_a_doubt_and_sets_nothing_aside(db, tmp_path):
    take(db, tmp_path, {"phone": "07701234567 (الاخ)"})
    assert db.value("SELECT phone FROM person_records") == "+9647701234567"
    assert said(db) == [(1, "phone", "phone.beside", "doubt")]


@pytest.mark.parametrize("number", ['"1,98E+11"', "2E+11", "1.98765E+11", "198000000000", "1.98 x 10^11"])
def test_a_rounded_number_identifies_nobody(db, tmp_path, number):
    take(db, tmp_path, {"id": number}, {"id": number, "name": "سعد جاسم محمد"}, {"id": "199812345678"})
    assert db.rows("SELECT id_number FROM person_records JOIN source_records USING (record_id) ORDER BY row") == [
        (None,), (None,), ("199812345678",),
    ]  # fmt: skip
    assert said(db) == [(1, "id", "identifier.rounded", "doubt"), (2, "id", "identifier.rounded", "doubt")]
    assert db.value("SELECT value FROM issues LIMIT 1") == number.strip('"')


def test_an_instant_is_the_programmes_own_day(db, tmp_path):
    take(db, tmp_path, {"filed": "2020-03-01T22:30:00Z", "incident": "2015-05-12T22:30Z"})
    assert db.rows("SELECT filed_on, incident FROM claims JOIN claim_items USING (claim_id)") == [(date(2020, 3, 2), "2015-05-13")]
    take(db, tmp_path, {"filed": "2020-03-01T22:30:00Z", "incident": "2015-05-12T22:30Z"}, zone="UTC")
    assert db.rows("SELECT filed_on, incident FROM claims JOIN claim_items USING (claim_id)") == [(date(2020, 3, 1), "2015-05-12")]


def test_a_hijri_day_is_the_interval_over_the_calendars_and_filing_takes_the_earlier(db, tmp_path):
    rows = [{"incident": "12 شعبان 1435"}, {"incident": "30 شعبان 1436"}, {"incident": "1436/12/30"}]
    summary = take(db, tmp_path, *({**row, "filed": "1/9/1437", "born": "1400"} for row in rows), calendar="hijri")
    assert (summary.accepted, summary.quarantined) == (3, 0)
    assert db.rows("SELECT incident, incident_earliest_on, incident_latest_on FROM claim_items ORDER BY 1") == [
        ("2014-06-10/2014-06-11", date(2014, 6, 10), date(2014, 6, 11)),
        ("2015-06-17", date(2015, 6, 17), date(2015, 6, 17)),
        ("2015-10-13/2015-10-14", date(2015, 10, 13), date(2015, 10, 14)),
    ]
    assert db.rows("SELECT DISTINCT filed_on FROM claims") == [(date(2016, 6, 6),)]
    assert db.rows("SELECT DISTINCT code, severity FROM issues") == [("date.two_days", "doubt")]


def test_a_date_that_is_about_so_is_taken_with_a_doubt(db, tmp_path):
    take(db, tmp_path, {"born": "حوالي 1980"}, {"born": "1980-00-00"}, {"born": "سنة 1980"})
    assert db.rows("SELECT born FROM person_records JOIN source_records USING (record_id) ORDER BY row") == [
        ("1979-01-01/1981-12-31",), ("1980",), ("1980",),
    ]  # fmt: skip
    assert said(db) == [(1, "born", "date.about", "doubt")]


def test_a_folded_code_is_noted_once_for_each_spelling_with_its_rows(db, tmp_path):
    summary = take(db, tmp_path, *({"harm": text} for text in ("إصابة", "إصابة", "الإصابة", "اصابة", "بيت")))
    assert summary.quarantined == 0
    assert said(db) == [(1, "harm", "value.read_as", "note"), (3, "harm", "value.read_as", "note")]
    assert db.rows("SELECT value, reason FROM issues ORDER BY row")[0] == ("إصابة", "Read as 'اصابة'. Rows: 2.")


def test_a_damaged_name_is_set_aside_with_what_it_may_have_said(db, tmp_path):
    plain = [{"name": name} for name in ("أحمد كاظم", "سعد ناظم", "نور هدى", "علي حسن")]
    take(db, tmp_path, {"name": "Ø£Ø­Ù…Ø¯"}, {"name": "???? ????"}, *plain)
    assert [(row, code, severity) for row, _, code, severity in said(db)] == [
        (1, "text.damaged", "quarantine"), (2, "text.damaged", "quarantine"),
    ]  # fmt: skip
    assert "may have said 'أحمد'" in db.value("SELECT reason FROM issues WHERE row = 1")
    assert db.value("SELECT count(*) FROM person_records") == 4


def test_shipped_programmes_carry_their_zone():
    zones = {name: load_programme(name).time_zone for name in ("IQ-LAW20", "IQ-SURVIVORS", "UN-UNCC")}
    assert zones == {"IQ-LAW20": "Asia/Baghdad", "IQ-SURVIVORS": "Asia/Baghdad", "UN-UNCC": "Europe/Zurich"}
    assert TINY.time_zone == "UTC"


def test_a_time_zone_that_is_not_known_stops_the_programme(tmp_path):
    folder = tmp_path / "LAW"
    shutil.copytree(load_programme("IQ-LAW20").folder, folder)
    head = folder / "programme.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("Asia/Baghdad", "Asia/Mosul"), encoding="utf-8")
    with pytest.raises(ProgrammeBroken, match="time_zone"):
        load_programme(folder)
