"""Every row of every source is taken or quarantined with its reason, whatever the order of the files."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
import yaml

from aljabr.errors import MappingBroken, SourceBroken, UsageError
from aljabr.programmes import load_programme
from aljabr.programmes.records import CurrencySpec, Fact, Harm, Mapping, Programme, Reference
from aljabr.relations import RELATIONS, Database
from aljabr.runs.intake import WRITES, take_in

HERE = Path(__file__).resolve().parent.parent
LAW = Reference(instrument="test")
HARMS = tuple(
    Harm(code=code, label={}, reference=LAW, victim_is_other=other)
    for code, other in (("death", True), ("property", False), ("injury", False))
)
FACTS = (
    Fact(name="cause", type="string", source="intake", values=("terrorist_act", "unknown")),
    Fact(name="disability_percent", type="number", source="intake", minimum=0, maximum=100),
    Fact(name="assessed_minor", type="number", source="intake"),
    Fact(name="resident", type="boolean", source="intake"),
    Fact(name="has_title_deed", type="boolean", source="exhibit", exhibit="title_deed"),
    Fact(name="has_damage_photos", type="boolean", source="exhibit", exhibit="damage_photos"),
)
REGISTER = Mapping.model_validate(
    {
        "key": "register",
        "kind": "csv",
        "columns": {
            "no": {"to": "reference"},
            "filed": {"to": "filed_on", "as": "date", "required": True},
            "name": {"to": "claimant.full_name", "as": "name"},
            "sex": {"to": "claimant.sex", "as": "code", "codes": "sex"},
            "born": {"to": "claimant.born", "as": "date"},
            "victim": {"to": "victim.full_name", "as": "name"},
            "victim born": {"to": "victim.born", "as": "date"},
            "kin": {"to": "relation", "as": "code", "codes": "kin"},
            "harm": {"to": "item.harm", "as": "code", "codes": "harm"},
            "when": {"to": "item.incident_on", "as": "date"},
            "sum": {"to": "item.claimed", "as": "money"},
            "assessed": {"to": "facts.assessed_minor", "as": "money"},
            "cause": {"to": "facts.cause", "as": "code"},
            "percent": {"to": "facts.disability_percent", "as": "number"},
            "papers": {"to": "exhibits", "as": "codes", "codes": "papers", "separator": " "},
        },
        "ignore": {"remarks": "no fact of the claim"},
        "constants": {"language": "ar", "facts.resident": "yes"},
        "codes": {
            "sex": {"m": "male", "f": "female"},
            "kin": {"self": "self", "brother": "brother", "son": "son"},
            "harm": {"killed": "death", "house": "property", "hurt": "injury"},
            "papers": {"deed": "title_deed", "photo": "damage_photos"},
        },
    }
)
KOBO = Mapping.model_validate(
    {
        "key": "kobo",
        "kind": "xlsx",
        "columns": {
            "person/name": {"to": "claimant.full_name", "as": "name"},
            "harm": {"to": "item.harm", "as": "code"},
            "on": {"to": "item.incident_on", "as": "date"},
            "papers/deed": {"to": "exhibits.title_deed", "as": "boolean"},
            "papers/photo": {"to": "exhibits.damage_photos", "as": "boolean"},
        },
    }
)
HEADER = [*REGISTER.columns, "remarks"]
PLAIN = {"no": "1", "filed": "1/3/2018", "name": "نور علي حسن", "kin": "self", "harm": "house", "when": "2016-05"}


def programme(*mappings, facts=FACTS, harms=HARMS, currency="IQD", exponent=3):
    return Programme(
        key="TEST", folder=HERE, hash="0", title={}, issuer={}, currency=CurrencySpec(code=currency, exponent=exponent),
        languages=("ar", "en"), stages=("intake",), instruments=(), harms=harms, relations=("self", "brother", "son"), facts=facts,
        determination={}, sign_off={}, tables=(), mappings=mappings,
    )  # fmt: skip


TINY = programme(REGISTER, KOBO)


@pytest.fixture
def register(tmp_path):
    """Return a function that writes rows (dictionaries over a plain one) to a register."""

    def write(*rows, name="register.csv"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, HEADER, restval="")
            writer.writeheader()
            writer.writerows(PLAIN | {"no": str(number)} | row for number, row in enumerate(rows, start=1))
        return path

    return write


@pytest.fixture
def kobo(tmp_path):
    path = tmp_path / "kobo.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(
            [list(KOBO.columns), ["هه‌ڵۆ", "property", 2016, 1, 0], ["نور", "injury", 2017, 0, 0], ["-", "injury", 2017, 1, 1]]
        ):
            sheet.write_row(line, 0, row)
    return path


def issues(db):
    return db.rows("SELECT row, column_name, code, severity FROM issues ORDER BY ALL")


def test_a_full_row_becomes_a_claim_an_item_mentions_a_relation_and_exhibits(db, register):
    row = {
        "victim": "علي حسن", "kin": "brother", "harm": "killed", "when": "12/5/2016", "sum": "5,000,000", "assessed": "٤٬٠٠٠",
        "cause": "terrorist_act", "percent": "62.5", "papers": "photo deed photo", "sex": "F", "born": "1990",
    }  # fmt: skip
    take_in(db, TINY, [register(row)])
    item = db.dicts("SELECT * FROM claim_items")[0]
    assert (item["harm"], item["incident_earliest_on"], item["claimed_minor"]) == ("death", date(2016, 5, 12), 5_000_000_000)
    facts = [item[name] for name in ("cause", "disability_percent", "assessed_minor", "resident")]
    assert facts == ["terrorist_act", Decimal("62.5"), 4_000_000, True]
    assert db.rows("SELECT role, full_name, sex, born, born_latest_on FROM person_records ORDER BY role") == [
        ("claimant", "نور علي حسن", "female", "1990", date(1990, 12, 31)),
        ("victim", "علي حسن", None, None, None),
    ]
    told = "SELECT r.relation, p.role, v.role FROM relationships r JOIN person_records p USING (person_record_id) "
    told += "JOIN person_records v ON v.person_record_id = r.other_person_record_id"
    assert db.rows(told) == [("brother", "claimant", "victim")]
    assert db.rows("SELECT kind FROM exhibits ORDER BY kind") == [("damage_photos",), ("title_deed",)]
    assert db.rows("SELECT reference, filed_on, language FROM claims") == [("1", date(2018, 3, 1), "ar")]
    assert issues(db) == []


def test_ids_are_the_hash_of_the_file_and_the_row(db, register):
    summary = take_in(db, TINY, [register({}, {})])[0]
    first = db.value("SELECT 'rec_' || substr(sha256($1 || ':1'), 1, 20)", [summary.sha256])
    assert db.value("SELECT record_id FROM source_records WHERE row = 1 AND line = 2") == first
    for name in WRITES:
        key = RELATIONS[name].key[0]
        assert db.value(f"SELECT count(*) = count(DISTINCT {key}) FROM {name}"), name


def test_rows_in_are_rows_accepted_and_quarantined_with_their_reasons(db, register):
    broken = [{"name": "-"}, {"harm": "fire"}, {"filed": "soon"}, {"filed": ""}, {"when": "2019"}, {"remarks": "fine"}]
    summary = take_in(db, TINY, [register(*broken)])[0]
    assert (summary.rows, summary.accepted, summary.quarantined) == (6, 1, 5)
    assert issues(db) == [
        (1, "name", "value.missing", "quarantine"),
        (2, "harm", "value.unknown", "quarantine"),
        (3, "filed", "date.unreadable", "quarantine"),
        (4, "filed", "value.missing", "quarantine"),
        (5, "when", "incident.after_filing", "quarantine"),
    ]
    assert db.rows("SELECT row FROM source_records WHERE status = 'accepted'") == [(6,)]
    assert [db.value(f"SELECT count(*) FROM {name}") for name in ("claims", "claim_items", "person_records")] == [1, 1, 1]


def test_a_doubtful_value_leaves_its_row_in_and_says_where_it_stands(db, register):
    row = {"sex": "?", "percent": "162", "sum": "250.000", "papers": "deed will", "cause": "weather", "born": "2031"}
    assert take_in(db, TINY, [register(row)])[0].accepted == 1
    assert {(column, code) for _, column, code, _ in issues(db)} == {
        ("percent", "value.range"), ("sum", "money.ambiguous"), ("papers", "value.unknown"), ("cause", "value.unknown"),
        ("born", "born.after_filing"),
    }  # fmt: skip
    assert db.rows("SELECT cell, line, value FROM issues WHERE column_name = 'sum'") == [("K2", 2, "250.000")]
    assert db.rows("SELECT cause, disability_percent, claimed_minor FROM claim_items") == [(None, None, None)]
    assert db.rows("SELECT kind FROM exhibits") == [("title_deed",)]
    assert db.rows("SELECT born, born_earliest_on FROM person_records") == [(None, None)]


def test_who_is_the_victim_is_kept_as_stated(db, register):
    rows = [
        {"victim": "نور  علي حسن", "harm": "hurt"},
        {"victim": "سارة", "harm": "hurt"},
        {"kin": "", "harm": "house"},
        {"kin": "son", "harm": "killed"},
        {"victim": "علي", "kin": "son", "harm": "killed", "victim born": "2017"},
    ]
    take_in(db, TINY, [register(*rows)])
    assert issues(db) == [
        (2, "victim", "victim.differs", "doubt"),
        (4, "victim", "victim.missing", "doubt"),
        (5, "victim born", "born.after_incident", "doubt"),
    ]
    who = "SELECT s.row, p.role FROM claim_items i JOIN claims c USING (claim_id) JOIN source_records s USING (record_id) "
    who += "LEFT JOIN person_records p ON p.person_record_id = i.victim_person_record_id ORDER BY s.row"
    assert db.rows(who) == [(1, "claimant"), (2, "victim"), (3, None), (4, None), (5, "victim")]
    told = "SELECT s.row, r.relation FROM relationships r JOIN source_records s USING (record_id) ORDER BY 1"
    assert db.rows(told) == [(1, "self"), (5, "son")]


def test_a_row_the_reader_refused_is_a_quarantined_record_with_its_line(db, register):
    path = register({}, {})
    path.write_text(path.read_text(encoding="utf-8") + 'x,"open\n' + "1,2,3\n", encoding="utf-8")
    summary = take_in(db, TINY, [path])[0]
    assert (summary.rows, summary.quarantined) == (4, 2)
    assert db.rows("SELECT row, line, code, value FROM issues ORDER BY row") == [
        (3, 4, "row.quote", 'x,"open'), (4, 5, "row.short", "1,2,3"),
    ]  # fmt: skip


def test_split_yes_no_columns_name_exhibits_and_a_nameless_claimant_is_quarantined(db, kobo):
    summary = take_in(db, TINY, [kobo])[0]
    assert (summary.mapping, summary.dialect, summary.accepted, summary.quarantined) == ("kobo", "sheet Sheet1", 2, 1)
    named = "SELECT s.row, e.kind FROM exhibits e JOIN claim_items USING (item_id) JOIN claims USING (claim_id) "
    named += "JOIN source_records s USING (record_id)"
    assert db.rows(named) == [(1, "title_deed")]
    assert db.rows("SELECT cell, column_name, code FROM issues") == [("A4", "person/name", "value.missing")]


def test_the_order_of_the_files_changes_no_byte(register, kobo, tmp_path):
    files = [register({}, {"sum": "x"}), kobo, register({"no": "9"}, name="other.csv")]
    digests = []
    for order in (files, files[::-1]):
        with Database() as db:
            summaries = take_in(db, TINY, order)
            digests.append(
                ([entry.manifest_entry() for entry in summaries], [db.write(name, tmp_path).read_bytes() for name in WRITES])
            )
    assert digests[0] == digests[1]


def test_a_file_is_given_once_and_a_name_belongs_to_one_source(db, register, tmp_path):
    path = register({})
    copy = tmp_path / "copy.csv"
    copy.write_bytes(path.read_bytes())
    (tmp_path / "sub").mkdir()
    twin = tmp_path / "sub" / "register.csv"
    twin.write_bytes(path.read_bytes() + b"\n")
    for files in ([path, path], [path, copy], [path, twin], [], [tmp_path / "none.csv"]):
        with pytest.raises(UsageError):
            take_in(db, TINY, files)


def test_a_mapping_may_be_named_for_a_file(db, register):
    path = register({})
    twin = REGISTER.model_copy(update={"key": "twin"})
    with pytest.raises(MappingBroken, match="fits the mappings register, twin"):
        take_in(db, programme(REGISTER, twin), [path])
    assert take_in(db, programme(REGISTER, twin), [path], overrides={"twin": path})[0].mapping == "twin"
    assert take_in(db, programme(REGISTER, twin), [], overrides={"register": path})[0].rows == 1


def test_a_mapping_that_contradicts_the_programme_is_refused(db, register):
    path = register({})
    without = programme(REGISTER, facts=FACTS[1:])
    with pytest.raises(MappingBroken, match="fact 'cause'"):
        take_in(db, without, [path])
    said = REGISTER.model_copy(update={"constants": {"language": "latin"}})
    with pytest.raises(MappingBroken, match="constant language"):
        take_in(db, programme(said), [path])
    wrong = REGISTER.model_copy(
        update={"columns": REGISTER.columns | {"cause": REGISTER.columns["assessed"].model_copy(update={"to": "facts.cause"})}}
    )
    with pytest.raises(MappingBroken, match="reads the fact 'cause' as money"):
        take_in(db, programme(wrong), [path])


def test_a_split_column_of_an_unknown_exhibit_is_refused(db, kobo):
    wrong = KOBO.columns | {"papers/photo": KOBO.columns["papers/photo"].model_copy(update={"to": "exhibits.diary"})}
    with pytest.raises(MappingBroken, match="no kind of exhibit"):
        take_in(db, programme(KOBO.model_copy(update={"columns": wrong})), [kobo])


def test_the_faults_planted_in_a_sample_are_what_is_quarantined(db, sample):
    """The sample's truth names file, row and the reason a reader should give."""
    take_in(db, load_programme("IQ-LAW20"), sample)
    with (sample[0].parent.parent / "truth" / "quarantine.csv").open(encoding="utf-8", newline="") as stream:
        planted = {(row["source"], int(row["row"])): row["reason"] for row in csv.DictReader(stream)}
    found = {}
    for source, row, code in db.rows("SELECT source, row, code FROM issues WHERE severity = 'quarantine'"):
        found.setdefault((Path(source).stem, row), set()).add(code)
    assert found.keys() == planted.keys()
    assert [place for place, code in planted.items() if code not in found[place]] == []
    assert db.value("SELECT count(*) FROM source_records") == 2000


def test_a_broken_source_stops_with_its_name(db, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    with pytest.raises(SourceBroken, match="is empty"):
        take_in(db, TINY, [empty])


def test_a_header_without_rows_is_a_source_of_nothing(db, register):
    summary = take_in(db, TINY, [register()])[0]
    assert (summary.rows, summary.accepted, summary.quarantined) == (0, 0, 0)


def test_published_claims_are_taken_without_losing_a_row_or_a_cent(db, test_data):
    """9,831 rows; the sums are those of the file's own decimals."""
    path = test_data("claims-tsa") / "tsa_claims_a.csv"
    mapping = Mapping.model_validate(yaml.safe_load((HERE / "programmes/US-TSA/intake/tsa.yaml").read_text(encoding="utf-8")))
    facts = tuple(
        Fact(name=name, type=kind, source="intake")
        for name, kind in (("claim_site", "string"), ("item_kind", "string"), ("status", "string"), ("close_minor", "number"))
    )
    harms = tuple(Harm(code=code, label={}, reference=LAW) for code in mapping.codes["harm"].values())
    summary = take_in(db, programme(mapping, facts=facts, harms=harms, currency="USD", exponent=2), [path])[0]
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert (summary.rows, summary.accepted, len(rows)) == (9831, 9831, 9831)
    for column, source in (("claimed_minor", "Claim.Amount"), ("close_minor", "Close.Amount")):
        assert db.value(f"SELECT sum({column}) FROM claim_items") == sum(Decimal(row[source]) for row in rows) * 100
    assert db.value("SELECT count(*) FROM person_records") == db.value("SELECT count(*) FROM issues") == 0
    assert db.rows("SELECT status, count(*) FROM claim_items GROUP BY ALL ORDER BY 1") == [
        ("approved", 2593), ("canceled", 2), ("denied", 5270), ("settled", 1966),
    ]  # fmt: skip
