"""Seals every determination: a salted hash of what was decided on which facts, which shows nothing by itself.

The sealed content is ``{"determination": {…}, "facts": {…}, "programme_hash": "…"}`` in canonical bytes; the commitment is
SHA-256(salt || content); the salt is HMAC-SHA256(run key, determination id), so that an outcome with few possible values cannot be
guessed from its hash. The leaf of the public log is ``{"commitment": "…", "kind": "determination"}``.

Values are text, whole numbers, true, false or null: dates, decimals and whole numbers beyond 2^53 - 1 are written as text (a
decimal without trailing zeros). Of the letter only its SHA-256 is sealed. The bulk path builds bytes and hashes in SQL;
``commitment`` is the same in Python, for whoever verifies, and a test holds the two together.

References
----------
RFC 8785 (canonical JSON), RFC 2104 (HMAC).
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping

from sqlglot import exp

from aljabr.canonical import canonical_bytes
from aljabr.errors import AljabrError, CheckFailed
from aljabr.programmes.records import Programme
from aljabr.relations import Database

_BLOCK = 64
_NOT_FACTS = frozenset({"item_id", "claim_id"})

_FROM = "FROM determinations d JOIN facts f USING (item_id)"


def _escaped_in_sql() -> str:
    """Return SQL that escapes the text ``v`` as RFC 8785 asks, every control character by itself.

    DuckDB's ``to_json`` writes the hexadecimal digits of an escape in capitals where the RFC wants small letters, so text with such
    characters goes this way. The backslash is escaped first, so no escape is escaped again.
    """
    escapes = {code: rf"\u{code:04x}" for code in range(32)} | {8: r"\b", 9: r"\t", 10: r"\n", 12: r"\f", 13: r"\r"}
    sql = r"""replace(replace(v, '\', '\\'), '"', '\"')"""
    for code, escape in escapes.items():
        sql = f"replace({sql}, chr({code}), '{escape}')"
    return sql


_MACROS = (
    f"""CREATE OR REPLACE TEMP MACRO json_text(v) AS CASE WHEN v IS NULL THEN 'null'
    WHEN regexp_matches(v, '[\\x0B\\x0E-\\x1F]') THEN '"' || {_escaped_in_sql()} || '"' ELSE CAST(to_json(v) AS VARCHAR) END""",
    """CREATE OR REPLACE TEMP MACRO json_whole(v) AS CASE WHEN v IS NULL THEN 'null'
    WHEN v BETWEEN -9007199254740991 AND 9007199254740991 THEN CAST(v AS VARCHAR) ELSE '"' || CAST(v AS VARCHAR) || '"' END""",
    "CREATE OR REPLACE TEMP MACRO json_truth(v) AS CASE WHEN v IS NULL THEN 'null' WHEN v THEN 'true' ELSE 'false' END",
    """CREATE OR REPLACE TEMP MACRO json_plain(v) AS coalesce('"' || CAST(v AS VARCHAR) || '"', 'null')""",
    """CREATE OR REPLACE TEMP MACRO json_decimal(v) AS
    coalesce('"' || rtrim(rtrim(CAST(v AS VARCHAR), '0'), '.') || '"', 'null')""",
)

_MACRO_OF_TYPE = (
    (re.compile(r"VARCHAR"), "json_text"),
    (re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(\d+, ?0\)"), "json_whole"),
    (re.compile(r"BOOLEAN"), "json_truth"),
    (re.compile(r"DATE|DOUBLE"), "json_plain"),
    (re.compile(r"DECIMAL\(\d+, ?[1-9]\d*\)"), "json_decimal"),
)

_FILL = """
INSERT INTO commitments
WITH contents AS (SELECT d.determination_id, {content} AS content {source}),
salted AS (
    SELECT determination_id, content, sha256($outer || unhex(sha256($inner || encode(determination_id)))) AS salt_hex FROM contents
)
SELECT determination_id, salt_hex, sha256(unhex(salt_hex) || encode(content)) AS commitment FROM salted ORDER BY determination_id
"""

_AGAIN = """
SELECT sha256(unhex(c.salt_hex) || encode({content})) AS commitment {source} JOIN commitments c USING (determination_id) ORDER BY 1
"""


def commit_determinations(db: Database, programme: Programme, *, run_key: bytes) -> None:
    """Fill ``commitments``, grain one determination, key ``determination_id``.

    Parameters
    ----------
    db : Database
        With ``determinations`` and ``facts``.
    programme : Programme
        Whose hash is sealed with every determination.
    run_key : bytes
        At least 32 secret bytes, from which the salts derive.

    Raises
    ------
    CheckFailed
        When a determination has no facts, or more than one row of them.
    AljabrError
        When a column has a type that has no canonical form, or the key is too short.
    """
    inner, outer = _hmac_pads(run_key)
    statement = _FILL.format(content=_content_sql(db, programme), source=_FROM)
    db.create("commitments")
    db.execute(statement, {"inner": inner, "outer": outer})
    sealed, distinct = db.rows("SELECT count(*), count(DISTINCT determination_id) FROM commitments")[0]
    wanted = db.value("SELECT count(*) FROM determinations")
    if not sealed == distinct == wanted:
        raise CheckFailed(f"{sealed} commitments were made for {wanted} determinations.", "Each needs exactly one row of facts.")


def recommit(db: Database, programme: Programme) -> list[str]:
    """Return what determinations and facts commit to under the salts kept in ``commitments``, in ascending order.

    Parameters
    ----------
    db : Database
        With ``determinations``, ``facts`` and ``commitments``, of which only the salts are read.
    programme : Programme
        Whose hash was sealed with every determination.

    Returns
    -------
    list of str
        One commitment for every determination that has facts and a salt; equal to the stated ones when nothing was changed.
    """
    statement = _AGAIN.format(content=_content_sql(db, programme), source=_FROM)
    return [str(sealed) for (sealed,) in db.rows(statement)]


def sealed_content(db: Database, programme: Programme, determination_id: str) -> str:
    """Return the canonical JSON that was sealed for one determination.

    Raises
    ------
    AljabrError
        When there is no such determination.
    """
    sql = f"SELECT {_content_sql(db, programme)} {_FROM} WHERE d.determination_id = ?"
    content = db.value(sql, [determination_id])
    if content is None:
        raise AljabrError(f"There is no determination {determination_id!r}.", "Take an id from the determinations of this run.")
    return str(content)


def salt_of(record_id: str, *, run_key: bytes) -> bytes:
    """Return the salt of a record: HMAC-SHA256 of its id under the run key."""
    return hmac.digest(run_key, record_id.encode(), "sha256")


def commitment(content: Mapping[str, object], salt: bytes) -> str:
    """Return the commitment to a content under a salt, in hexadecimal.

    >>> commitment({"facts": {}}, bytes(32))[:16]
    '78f715933664c97e'
    """
    return hashlib.sha256(salt + canonical_bytes(dict(content))).hexdigest()


def leaf_bytes(sealed: str) -> bytes:
    """Return the leaf of the public log for a commitment.

    >>> leaf_bytes("00ff").decode()
    '{"commitment":"00ff","kind":"determination"}'
    """
    return canonical_bytes({"commitment": sealed, "kind": "determination"})


def _content_sql(db: Database, programme: Programme) -> str:
    for macro in _MACROS:
        db.execute(macro)
    decided = {name: _value("d", name, kind) for name, kind in db.columns("determinations").items() if name != "letter_text"}
    letter = exp.func("sha256", exp.column("letter_text", table="d", quoted=True), dialect="duckdb")
    decided["letter_sha256"] = exp.Anonymous(this="json_text", expressions=[letter])
    facts = {name: _value("f", name, kind) for name, kind in db.columns("facts").items() if name not in _NOT_FACTS}
    pieces: list[str | exp.Expression] = ['{"determination":', *_object(decided), ',"facts":', *_object(facts)]
    pieces.append(f',"programme_hash":{_quoted(programme.hash)}}}')
    return exp.Anonymous(this="concat", expressions=_joined(pieces)).sql(dialect="duckdb")


def _value(table: str, name: str, kind: str) -> exp.Expression:
    for pattern, macro in _MACRO_OF_TYPE:
        if pattern.fullmatch(kind):
            return exp.Anonymous(this=macro, expressions=[exp.column(name, table=table, quoted=True)])
    raise AljabrError(f"The column {name} is {kind}, which has no canonical form.", "Use text, numbers, truth values or dates.")


def _object(members: Mapping[str, exp.Expression]) -> list[str | exp.Expression]:
    pieces: list[str | exp.Expression] = []
    for name in sorted(members, key=lambda key: key.encode("utf-16-be")):
        pieces += [f"{',' if pieces else '{'}{_quoted(name)}:", members[name]]
    return [*pieces, "}"] if pieces else ["{}"]


def _joined(pieces: list[str | exp.Expression]) -> list[exp.Expression]:
    """Return the pieces as expressions, with neighbouring literal text put together."""
    joined: list[exp.Expression] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], exp.Literal):
            joined[-1] = exp.Literal.string(joined[-1].this + piece)
        else:
            joined.append(exp.Literal.string(piece) if isinstance(piece, str) else piece)
    return joined


def _quoted(text: str) -> str:
    return canonical_bytes(text).decode()


def _hmac_pads(key: bytes) -> tuple[bytes, bytes]:
    if len(key) < 32:
        raise AljabrError("A run key has at least 32 bytes.", "Let the run make one.")
    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\x00")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)
