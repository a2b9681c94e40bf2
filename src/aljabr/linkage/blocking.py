"""Which pairs are compared at all: records that share one of the given key combinations.

A block is all records with equal keys under one rule. Its pairs grow with the square of its size, so a block above the bound (every
محمد علي of a city) is not compared within. It is split instead: by each of the columns of ``splits`` in turn, records that also
share that column make smaller blocks, and of these the ones within the bound are compared. What is lost can be measured: a sample
of the records in hot blocks is compared with everybody there, and the matches found so that no rule had proposed are counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from sqlglot import exp

from aljabr.relations import Database

ANCHORS = 200
MOST_LOST_PAIRS = 300_000

_ONCE = """
CREATE OR REPLACE TEMP TABLE linkage_keyed_once AS SELECT DISTINCT rule, key, n FROM linkage_keyed;
DROP TABLE linkage_keyed;
ALTER TABLE linkage_keyed_once RENAME TO linkage_keyed
"""

# One pair is kept once, under the first rule that proposes it; the left record is the one that sorts first.
_PAIRS = """
CREATE OR REPLACE TEMP TABLE linkage_pairs AS
WITH sized AS (
  SELECT rule, key, n, count(*) OVER (PARTITION BY rule, key) AS size FROM linkage_keyed
),
small AS (SELECT rule, key, n FROM sized WHERE size BETWEEN 2 AND $bound)
SELECT a.n AS join_key_l, b.n AS join_key_r, CAST(min(a.rule) AS VARCHAR) AS match_key
FROM small AS a JOIN small AS b ON a.rule = b.rule AND a.key = b.key AND a.n < b.n
GROUP BY a.n, b.n
"""

_HOT = """
CREATE OR REPLACE TEMP TABLE linkage_hot AS
SELECT rule, key, count(*) AS size FROM linkage_keyed GROUP BY rule, key HAVING count(*) > $bound
"""

# Records of hot blocks, drawn by a fixed hash, with everybody of their block that no rule has brought to them.
_LOST = """
CREATE OR REPLACE TEMP TABLE linkage_unproposed AS
WITH crowd AS (SELECT k.rule, k.key, k.n FROM linkage_keyed AS k JOIN linkage_hot AS h ON h.rule = k.rule AND h.key = k.key),
anchors AS (SELECT n FROM (SELECT DISTINCT n FROM crowd) ORDER BY hash(n, 17), n LIMIT $anchors),
met AS (
  SELECT DISTINCT least(a.n, b.n) AS l, greatest(a.n, b.n) AS r
  FROM crowd AS a JOIN anchors AS o ON o.n = a.n JOIN crowd AS b ON b.rule = a.rule AND b.key = a.key AND b.n <> a.n
)
SELECT m.l AS join_key_l, m.r AS join_key_r, 'hot block' AS match_key
FROM met AS m ANTI JOIN linkage_pairs AS p ON p.join_key_l = m.l AND p.join_key_r = m.r
ORDER BY 1, 2
"""


@dataclass(frozen=True, kw_only=True)
class HotBlocks:
    """What became of blocks too large to compare within.

    Parameters
    ----------
    blocks : dict of str to int
        Per rule, how many there were.
    records : int
        Records that stand in one.
    anchors : int
        How many of them were compared with everybody of their blocks to measure the loss.
    lost_links : float
        Estimate of the links that were lost because those blocks were not compared whole.
    lost_recall : float
        The same as a share of all links there would have been.
    """

    blocks: dict[str, int]
    records: int = 0
    anchors: int = 0
    lost_links: float = 0.0
    lost_recall: float = 0.0

    def text(self) -> str:
        """Return one line for people; empty when no block was hot."""
        if not self.blocks:
            return ""
        blocks, records, anchors = sum(self.blocks.values()), self.records, self.anchors
        whose = f"{blocks:,} hot blocks ({records:,} records share common names)"
        if not anchors:
            return f"{whose} were not compared within; how many links that loses was not measured."
        return (
            f"{whose} were split; compared whole for {anchors:,} of these "
            f"records, they would have given {self.lost_links:,.0f} links more: splitting loses {self.lost_recall:.2%} of recall."
        )


def propose_pairs(
    db: Database,
    *,
    records: str,
    rules: Mapping[str, tuple[str, ...]],
    bound: int,
    splits: tuple[str, ...] = (),
    readings: bool = False,
) -> HotBlocks:
    """Fill the temporary table ``linkage_pairs`` (join_key_l, join_key_r, match_key) with the pairs to compare.

    Parameters
    ----------
    db : Database
        Holds ``records``. With ``splits`` it also gets ``linkage_unproposed``, pairs to measure the loss on.
    records : str
        A table with an integer ``n`` per record and the columns the rules name; under a column of lists, a record stands in the
        block of each of its values.
    rules : mapping of rule name to columns
        A record takes part in a rule when none of its columns is null.
    bound : int
        The largest block within which pairs are made.
    splits : tuple of str
        Columns by which larger blocks are split.
    readings : bool
        Whether a record may have several rows, one for each way its name can be read.

    Returns
    -------
    HotBlocks
        Rule to the number of its blocks above the bound; rules without any are absent. The loss is measured by the caller.
    """
    names = list(rules)
    many = {column for column, kind in db.columns(records).items() if kind.endswith("[]")}
    keyed = [_keyed(number, columns, records, many) for number, columns in enumerate(rules.values())]
    db.execute("CREATE OR REPLACE TEMP TABLE linkage_keyed (rule INTEGER, key UBIGINT, n INTEGER)")
    for select in keyed:
        db.execute(f"INSERT INTO linkage_keyed {select.sql(dialect='duckdb')}")
    if readings:
        db.execute(_ONCE)
    db.connection.execute(_HOT, {"bound": bound})
    counted = db.rows("SELECT rule, count(*) FROM linkage_hot GROUP BY rule ORDER BY rule")
    hot = {names[rule]: int(blocks) for rule, blocks in counted}
    crowd = "SELECT count(DISTINCT k.n) FROM linkage_keyed AS k JOIN linkage_hot AS h ON h.rule = k.rule AND h.key = k.key"
    among = int(db.value(crowd)) if hot else 0
    if hot:
        for number, column in enumerate(splits):
            db.execute(f"INSERT INTO linkage_keyed {_split(len(rules) * (number + 1), column, records).sql(dialect='duckdb')}")
    db.execute(_PAIRS, {"bound": bound})
    anchors = _sample_lost(db, among) if hot and splits else 0
    db.execute("DROP TABLE linkage_keyed; DROP TABLE linkage_hot")
    return HotBlocks(blocks=hot, records=among, anchors=anchors)


def _sample_lost(db: Database, among: int) -> int:
    """Fill ``linkage_unproposed`` for so many records of hot blocks that the pairs stay few, and return how many they are."""
    largest = int(db.value("SELECT max(size) FROM linkage_hot"))
    anchors = max(min(ANCHORS, among, MOST_LOST_PAIRS // largest), 1)
    db.connection.execute(_LOST, {"anchors": anchors})
    return anchors


def _keyed(number: int, columns: tuple[str, ...], records: str, many: Set[str]) -> exp.Select:
    """Return the keys of every record under a rule; a column of lists gives a key for each of its values."""
    parts = [each_value(column) if column in many else exp.column(column) for column in columns]
    known = [exp.column(column).is_(exp.null()).not_() for column in columns]
    return exp.select(exp.Literal.number(number), exp.func("hash", *parts), exp.column("n")).from_(records).where(*known)


def each_value(column: str) -> exp.Expr:
    """Return the expression that gives a row for each value of a column of lists."""
    return exp.Anonymous(this="unnest", expressions=[exp.column(column)])


def _split(first: int, column: str, records: str) -> exp.Select:
    """Return the blocks of hot blocks' records that also share a column, as rules numbered from ``first``."""
    select: exp.Expr = exp.maybe_parse(
        "SELECT first + k.rule, hash(k.key, r.part), k.n FROM linkage_keyed AS k JOIN linkage_hot AS h ON h.rule = k.rule "
        "AND h.key = k.key JOIN records AS r ON r.n = k.n WHERE r.part IS NOT NULL",
        dialect="duckdb",
    )
    named = {"first": exp.Literal.number(first), "part": exp.column(column, table="r")}
    filled = select.transform(
        lambda node: named[node.name].copy() if isinstance(node, exp.Column) and node.name in named else node
    ).transform(lambda node: exp.to_table(records, alias="r") if isinstance(node, exp.Table) and node.name == "records" else node)
    assert isinstance(filled, exp.Select)
    return filled
