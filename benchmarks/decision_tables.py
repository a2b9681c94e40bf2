"""One decision table, 20 rules and 6 inputs, evaluated in one run by Aljabr, by hand-written SQL and by two other engines.

Usage: python benchmarks/decision_tables.py [--items N] [--large N] [--rounds N] [--peers PYTHON]. Products:

  hit            outcome, amount and the rule hit, for every item
  determination  the same, and which facts would have to be known where their absence left the table undecided

Each is computed by Aljabr's compiled plan and by SQL as a skilled person writes it for just this table: for ``hit``, one CASE that
finds the rule and a join with a table of the rules (``hand``), and, as most people write it, three CASEs with the conditions in
each (``three cases``); for ``determination``, ``hand`` with one more CASE for every fact. All answers are compared row by row
before anything is timed. The two other engines get a few thousand rows. Ratios are what counts: all run in turns on one machine.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grants_table import INPUTS, RULES, chain, lay_out_facts, rule_id

from aljabr.relations import Database
from aljabr.rules import compile_chain

BAR = 1.5
ENGINES = {"zen-engine": 3000, "pyDMNrules": 300}


def main() -> None:
    """Check, measure, print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--large", type=int, default=10_000_000, help="0 leaves the large run out")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--peers", default="", help="interpreter that has zen-engine and pyDMNrules")
    parser.add_argument("--folder", type=Path, default=Path("bench"))
    parser.add_argument("--only-large", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only_large:
        print(json.dumps(large_run(options.only_large)))
        return
    figures: dict = {"items": options.items}
    with Database() as db:
        lay_out_facts(db, options.items)
        queries = prepare(db)
        check(db, queries)
        figures["seconds"] = measure(db, queries, rounds=options.rounds)
        report(figures)
        if options.peers:
            figures["engines"] = peers(db, options.peers)
    if options.large:
        figures["large"] = separate(options.large)
    options.folder.mkdir(parents=True, exist_ok=True)
    (options.folder / "decision_tables.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")


def prepare(db: Database) -> dict[str, str]:
    """Return the queries by product and author."""
    plan = compile_chain(chain(), columns=db.columns("facts"))
    outcome, amount = plan.columns["Grants.outcome"], plan.columns["Grants.amount_minor"]
    db.execute(f"CREATE OR REPLACE TABLE rules AS SELECT * FROM (VALUES {', '.join(_rule_row(n) for n in range(20))}) t({_RULE})")
    place = _case(lambda number: f"{number}::UTINYINT")
    found = f"(SELECT *, {place} AS place FROM facts)"
    missing = ", ".join(f"CASE WHEN {_missing(name)} THEN '\"{name}\"' END" for name in sorted(INPUTS))
    ours = f"item_id, rule_hits, {outcome} AS outcome, {amount} AS amount"
    hand = "item_id, rule_hits, outcome, amount"
    cases = {
        "rule_hits": _case(lambda number: _literal(_hits(number))),
        "outcome": _case(lambda number: _literal(RULES[number][6])),
        "amount": _case(lambda number: f"{RULES[number][7]}::BIGINT"),
    }
    return {
        "hit: aljabr": f"SELECT {ours} FROM ({plan.sql()})",
        "hit: hand": f"SELECT {hand} FROM {found} JOIN rules USING (place)",
        "hit: three cases": f"SELECT item_id, {', '.join(f'{sql} AS {name}' for name, sql in cases.items())} FROM facts",
        "determination: aljabr": f"SELECT {ours}, missing_facts FROM ({plan.sql()})",
        "determination: hand": f"SELECT {hand}, '[' || concat_ws(',', {missing}) || ']' AS missing_facts FROM {found} "
        "JOIN rules USING (place)",
    }


_RULE = "place, rule_hits, outcome, amount"


def _rule_row(number: int) -> str:
    return f"({number}::UTINYINT, {_literal(_hits(number))}, {_literal(RULES[number][6])}, {RULES[number][7]}::BIGINT)"


def _hits(number: int) -> str:
    return f'[{{"table":"Grants","rule":"{rule_id(number)}"}}]'


def _literal(text: str) -> str:
    return f"'{text}'"


def _case(value) -> str:
    branches = " ".join(f"WHEN {_condition(rule) or 'TRUE'} THEN {value(number)}" for number, rule in enumerate(RULES))
    return f"CASE {branches} END"


def _condition(rule) -> str:
    return " AND ".join(_test(name, cell) for name, cell in zip(INPUTS, rule, strict=False) if cell != "-")


def _test(name: str, cell: str) -> str:
    """A unary test as somebody would write it in SQL."""
    if cell in ("true", "false"):
        return name if cell == "true" else f"NOT {name}"
    if cell.startswith('"'):
        texts = cell.replace('"', "'").split(",")
        return f"{name} = {texts[0]}" if len(texts) == 1 else f"{name} IN ({', '.join(texts)})"
    if cell.startswith("["):
        low, high = cell[1:-1].split("..")
        return f"{name} >= {low} AND {name} {'<' if cell.endswith(')') else '<='} {high}"
    return f"{name} {cell}" if cell[0] in "<>" else f"{name} = {cell}"


def _missing(name: str) -> str:
    """Whether a rule before the one hit reads the fact, and is not excluded by what is known."""
    reading = [
        f"(place > {number} AND ({_condition(rule)}) IS NULL)"
        for number, rule in enumerate(RULES)
        if dict(zip(INPUTS, rule, strict=False))[name] != "-"
    ]
    return f"{name} IS NULL AND ({' OR '.join(reading)})"


def check(db: Database, queries: dict[str, str]) -> None:
    """Stop when two authors of one product differ in a single row."""
    for product, columns in {
        "hit": "rule_hits, outcome, amount",
        "determination": "rule_hits, outcome, amount, missing_facts",
    }.items():
        ours, *others = [name for name in queries if name.startswith(product)]
        for other in others:
            sides = [f"SELECT item_id, {columns} FROM ({queries[name]})" for name in (ours, other)]
            differ = db.value(f"SELECT count(*) FROM (({sides[0]} EXCEPT {sides[1]}) UNION ALL ({sides[1]} EXCEPT {sides[0]}))")
            if differ:
                sys.exit(f"{ours} and {other} differ in {differ} rows")


def measure(db: Database, queries: dict[str, str], *, rounds: int) -> dict[str, list[float]]:
    """Return the seconds of every query, all in turns, each stored as a table."""
    seconds: dict[str, list[float]] = {name: [] for name in queries}
    for _ in range(rounds):
        for name, query in queries.items():
            started = time.perf_counter()
            db.execute(f"CREATE OR REPLACE TEMP TABLE answers AS {query}")
            seconds[name].append(time.perf_counter() - started)
    return seconds


def report(figures: dict) -> None:
    """Print the table of times and the ratios."""
    items, seconds = figures["items"], figures["seconds"]
    print(f"{items:,} items, 20 rules, 6 inputs, {len(next(iter(seconds.values())))} rounds in turns; all answers are the same.")
    for name, times in seconds.items():
        least, middle = min(times), statistics.median(times)
        print(f"  {name:<22} least {least:6.3f} s, median {middle:6.3f} s, {items / least:>12,.0f} evaluations/s")
    for product in ("hit", "determination"):
        ours, hand = (seconds[f"{product}: {author}"] for author in ("aljabr", "hand"))
        each = sorted(mine / theirs for mine, theirs in zip(ours, hand, strict=True))
        ratio, middle = min(ours) / min(hand), statistics.median(each)
        word = "within" if ratio <= BAR else "ABOVE"
        print(f"  {product}: {ratio:.2f} times the hand-written SQL (median of the rounds {middle:.2f}); {word} the bar of {BAR}")
    print(f"  hit, against three cases: {min(seconds['hit: aljabr']) / min(seconds['hit: three cases']):.2f} times")


def peers(db: Database, python: str) -> dict[str, object]:
    """Let the other engines evaluate a few rows without missing facts; compare their answers with ours."""
    table = {
        "inputs": INPUTS,
        "outputs": {"outcome": "string", "amount_minor": "number"},
        "rules": [
            {"id": rule_id(n), "inputs": rule[:6], "outputs": [f'"{rule[6]}"', str(rule[7])]} for n, rule in enumerate(RULES)
        ],
    }
    known = " AND ".join(f"f.{name} IS NOT NULL" for name in INPUTS)
    plan = compile_chain(chain(), columns=db.columns("facts"))
    expected = (
        f"SELECT item_id, {plan.columns['Grants.outcome']} AS o, {plan.columns['Grants.amount_minor']} AS a FROM ({plan.sql()})"
    )
    found: dict[str, object] = {}
    for engine, count in ENGINES.items():
        rows = db.dicts(
            f"SELECT f.* EXCLUDE (item_id), e.o, CAST(e.a AS BIGINT) AS a FROM facts f JOIN ({expected}) e USING (item_id) "
            f"WHERE {known} ORDER BY item_id LIMIT {count}"
        )
        answers = [[row.pop("o"), row.pop("a")] for row in rows]
        with tempfile.TemporaryDirectory(prefix="aljabr-peers-") as folder:
            (Path(folder) / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
            (Path(folder) / "table.json").write_text(json.dumps(table), encoding="utf-8")
            script = str(Path(__file__).with_name("peers.py"))
            done = subprocess.run([python, script, engine, folder], capture_output=True, text=True, check=False)
            result = Path(folder) / f"{engine}.json"
            if done.returncode or not result.exists():
                found[engine] = (done.stderr or done.stdout).strip().splitlines()[-1:]
                print(f"  {engine}: not measured: {found[engine]}")
                continue
            given = json.loads(result.read_text(encoding="utf-8"))
        same = sum(_same(mine, theirs) for mine, theirs in zip(answers, given["answers"], strict=True))
        rate = len(rows) / given["seconds"]
        print(
            f"  {engine} {given['version']}: {rate:,.0f} evaluations/s; of {len(rows):,} rows with all facts known {same:,} as ours"
        )
        found[engine] = {"version": given["version"], "evaluations_per_second": rate, "rows": len(rows), "same": same}
    return found


def _same(mine: list, theirs: list) -> bool:
    return mine[0] == theirs[0] and theirs[1] is not None and mine[1] == int(float(theirs[1]))


def large_run(items: int) -> dict[str, float]:
    """Determine that many facts in this process, facts read from Parquet and answers written to Parquet."""
    with tempfile.TemporaryDirectory(prefix="aljabr-large-") as folder:
        source, target = Path(folder) / "facts.parquet", Path(folder) / "answers.parquet"
        writer = [sys.executable, "-c", _WRITE, str(source), str(items)]
        subprocess.run(writer, check=True, cwd=Path(__file__).parent)
        with Database(spill=Path(folder) / "spill", memory_limit="2GB") as db:
            started = time.perf_counter()
            db.execute(f"CREATE VIEW facts AS SELECT * FROM read_parquet('{source}')")
            plan = compile_chain(chain(), columns=db.columns("facts"))
            db.execute(f"COPY ({plan.sql()}) TO '{target}' (FORMAT parquet)")
            seconds = time.perf_counter() - started
            rows = int(db.value(f"SELECT count(*) FROM read_parquet('{target}')"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform != "darwin" else 1024**3)
    return {"items": rows, "seconds": seconds, "peak_gib": peak}


_WRITE = """
import sys
from grants_table import lay_out_facts
from aljabr.relations import Database
with Database() as db:
    lay_out_facts(db, int(sys.argv[2]))
    db.execute(f"COPY facts TO '{sys.argv[1]}' (FORMAT parquet)")
"""


def separate(items: int) -> dict[str, float]:
    """Run the large case in a process of its own, so that its peak memory is its own."""
    done = subprocess.run([sys.executable, __file__, "--only-large", str(items)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    rate = found["items"] / found["seconds"]
    print(
        f"{found['items']:,} items, full determination, Parquet to Parquet: {found['seconds']:.1f} s, {rate:,.0f} evaluations/s, ",
        end="",
    )
    print(f"peak memory {found['peak_gib']:.2f} GiB ({'under' if found['peak_gib'] < 4 else 'OVER'} 4)")
    return found


if __name__ == "__main__":
    main()
