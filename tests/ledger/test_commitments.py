"""Commitments: the bytes SQL builds are the canonical bytes, and the hashes are HMAC and SHA-256."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.conftest import KEY, make_programme

from aljabr.canonical import canonical_bytes
from aljabr.errors import AljabrError, CheckFailed
from aljabr.ledger import commit_determinations, recommit
from aljabr.ledger.commitments import commitment, salt_of, sealed_content
from aljabr.relations import Database

World = Callable[..., Database]
HOSTILE = [
    "",
    None,
    "محمد حسين",
    'say "no"',
    "back\\slash",
    "\\u000B written out",
    "".join(map(chr, range(32))),
    "\x7f\x80\x9f",
    "\u2028\u2029\ufeff\u200f",
    "👨\u200d👩\u200d👧 𝄞",
    "a'b; DROP TABLE claims --",
    "</script>/",
    "\x00\x1f\\\"'",
]


def _committed(db: Database) -> Database:
    commit_determinations(db, make_programme(), run_key=KEY)
    return db


def test_the_sealed_content_names_determination_facts_and_programme(determined: World) -> None:
    content = json.loads(sealed_content(determined(["fire"]), make_programme(), "det_0"))
    assert content["programme_hash"] == "ab" * 32
    assert content["facts"] == {
        "assessed_minor": None,
        "cause": "fire",
        "disability_percent": "62.5",
        "filed_on": "2014-06-10",
        "resident": True,
    }
    assert content["determination"]["amount_minor"] == 5_000_000_000
    assert content["determination"]["letter_sha256"] == hashlib.sha256(b"fire").hexdigest()
    assert "letter_text" not in content["determination"]


def test_the_bulk_path_seals_the_canonical_bytes_of_hostile_text(determined: World) -> None:
    db = _committed(determined(HOSTILE))
    for name, salt, sealed in db.rows("SELECT * FROM commitments"):
        content = sealed_content(db, make_programme(), name)
        assert content.encode() == canonical_bytes(json.loads(content))
        assert json.loads(content)["determination"]["ground"] == HOSTILE[int(name.removeprefix("det_"))]
        assert bytes.fromhex(salt) == salt_of(name, run_key=KEY) == hmac.digest(KEY, name.encode(), "sha256")
        assert sealed == commitment(json.loads(content), bytes.fromhex(salt))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1, max_size=8),
    amount=st.integers(-(2**63), 2**63 - 1),
)
def test_the_bulk_path_equals_the_python_path(determined: World, texts: list[str], amount: int) -> None:
    db = _committed(determined(texts, amount=amount))
    for name, sealed in db.rows("SELECT determination_id, commitment FROM commitments"):
        content = json.loads(sealed_content(db, make_programme(), name))
        assert sealed == commitment(content, salt_of(name, run_key=KEY))
        assert int(content["determination"]["amount_minor"]) == amount


@pytest.mark.parametrize(
    ("amount", "written"), [(2**53 - 1, 2**53 - 1), (2**53, str(2**53)), (-(2**53), str(-(2**53))), (None, None)]
)
def test_a_number_beyond_what_json_keeps_is_written_as_text(determined: World, amount: int | None, written: object) -> None:
    content = json.loads(sealed_content(determined(["x"], amount=amount), make_programme(), "det_0"))
    assert content["determination"]["amount_minor"] == written


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("DECIMAL(38,6)", "100", "100"),
        ("DECIMAL(38,6)", "-0.05", "-0.05"),
        ("DECIMAL(18,0)", "100", 100),
        ("HUGEINT", "170141183460469231731687303715884105727", "170141183460469231731687303715884105727"),
        ("DOUBLE", "0.1", "0.1"),
        ("DATE", "2014-06-10", "2014-06-10"),
        ("BOOLEAN", "false", False),
        ("INTEGER", None, None),
        ("DECIMAL(9,2)", None, None),
        ("DATE", None, None),
    ],
)
def test_every_type_of_fact_has_one_spelling(determined: World, kind: str, value: str | None, written: object) -> None:
    db = determined(["x"])
    db.execute(f"ALTER TABLE facts ADD COLUMN extra {kind}")
    db.execute("UPDATE facts SET extra = ?", [value])
    assert json.loads(sealed_content(db, make_programme(), "det_0"))["facts"]["extra"] == written


def test_a_type_without_a_canonical_form_is_refused(determined: World) -> None:
    db = determined(["x"])
    db.execute("ALTER TABLE facts ADD COLUMN extra TEXT[]")
    with pytest.raises(AljabrError, match=r"extra is VARCHAR\[\]"):
        _committed(db)


def test_a_fact_may_have_any_name(determined: World) -> None:
    db = determined(["x"])
    db.execute("""ALTER TABLE facts ADD COLUMN "it's ""رقم"" 1" BIGINT""")
    content = sealed_content(db, make_programme(), "det_0")
    assert content.encode() == canonical_bytes(json.loads(content))


def test_equal_determinations_have_unlike_commitments(determined: World) -> None:
    db = _committed(determined(["same", "same"]))
    assert db.value("SELECT count(DISTINCT commitment) FROM commitments") == 2


def test_committing_again_with_the_kept_salts_gives_the_same_and_needs_no_key(determined: World) -> None:
    db = _committed(determined(HOSTILE))
    stated = [sealed for (sealed,) in db.rows("SELECT commitment FROM commitments ORDER BY commitment")]
    assert recommit(db, make_programme()) == stated
    db.execute("UPDATE facts SET resident = false WHERE item_id = 'itm_3'")
    assert len(set(recommit(db, make_programme())) - set(stated)) == 1


def test_every_sealed_byte_counts(determined: World) -> None:
    sealed = _committed(determined(["fire"])).value("SELECT commitment FROM commitments")
    db = _committed(determined(["fire."]))
    assert db.value("SELECT commitment FROM commitments") != sealed


def test_a_determination_without_facts_stops_the_commitments(determined: World) -> None:
    db = determined(["a", "b"])
    db.execute("DELETE FROM facts WHERE item_id = 'itm_1'")
    with pytest.raises(CheckFailed, match="1 commitments were made for 2 determinations"):
        _committed(db)


def test_facts_given_twice_stop_the_commitments(determined: World) -> None:
    db = determined(["a"])
    db.execute("INSERT INTO facts SELECT * FROM facts")
    with pytest.raises(CheckFailed, match="2 commitments were made for 1 determinations"):
        _committed(db)


def test_an_unknown_determination_is_refused(determined: World) -> None:
    with pytest.raises(AljabrError, match="no determination 'det_9'"):
        sealed_content(determined(["a"]), make_programme(), "det_9")


def test_a_long_key_is_hashed_first_as_hmac_asks(determined: World) -> None:
    db = determined(["a"])
    commit_determinations(db, make_programme(), run_key=bytes(100))
    assert db.value("SELECT salt_hex FROM commitments") == hmac.digest(bytes(100), b"det_0", "sha256").hex()
