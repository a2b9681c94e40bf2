"""Compares linking by the frozen scorer with bare Splink on the same persons and the same blocking, in one run, each in a process.

Usage: python benchmarks/linkage.py [--persons N] [--folder bench-linkage]. A register of N mentions with a known truth is generated
from weighted name lists: four names in Arabic or Latin letters, birth, sex, district, telephone and number with gaps and slips.
Both sides get it as the same Parquet file. *Ours* keys the names, weighs them, proposes pairs, scores, explains and clusters. *Bare
Splink* is given the blocking columns ready-made, blocks with its own engine under the same rules and the same bound on hot blocks,
scores the columns with its own comparisons and fixed parameters, and clusters at the same threshold: no names, no explanation.
Printed: seconds of each, their ratio, F1 of pairs. Figures are kept in FOLDER/linkage.json.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq

COLUMNS = ("person_record_id", "record_id", "role", "full_name", "sex", "born", "born_earliest_on", "born_latest_on", "id_number")
RELATIONS = ("relationships", "claims", "claim_items", "exhibits")


def main() -> None:
    """Write the register, link it both ways, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("bench-linkage"))
    parser.add_argument("--side", choices=("ours", "bare"), help="Run one side and print its figures as JSON.")
    options = parser.parse_args()
    register = options.folder / f"register-{options.persons}.parquet"
    if options.side:
        print(json.dumps((_ours if options.side == "ours" else _bare)(register)))
        return
    options.folder.mkdir(parents=True, exist_ok=True)
    if not register.exists():
        write_register(register, options.persons)
    figures = {"persons": options.persons, "cores": os.cpu_count()} | {side: _run(side, options) for side in ("bare", "ours")}
    figures["ratio"] = round(figures["ours"]["seconds"] / figures["bare"]["seconds"], 3)
    figures["cpu_ratio"] = round(figures["ours"]["cpu_seconds"] / figures["bare"]["cpu_seconds"], 3)
    for side in ("ours", "bare"):
        f = figures[side]
        took = f"{f['seconds']:7.1f} s  {f['cpu_seconds']:7.1f} s of processor"
        print(f"{side:<5}{took}  {f['pairs']:>12,} pairs kept  F1 {f['f1']:.4f}  peak {f['peak_gib']:.1f} GiB  {f['steps']}")
    ratios = f"{figures['ratio']:.2f} times bare Splink's seconds and {figures['cpu_ratio']:.2f} times its processor time"
    print(f"{options.persons:,} mentions on {figures['cores']} cores: ours takes {ratios}.")
    (options.folder / "linkage.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _run(side: str, options: argparse.Namespace) -> dict:
    command = [sys.executable, __file__, "--persons", str(options.persons), "--folder", str(options.folder), "--side", side]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def write_register(path: Path, mentions: int, *, seed: int = 11) -> None:
    """Write mentions of invented people, one in five of whom is mentioned again in other spellings, with ``truth``."""
    from aljabr.samples.people import Population
    from aljabr.samples.spelling import NameHand

    rng = Random(seed)
    people, rows = Population(rng), []
    hand = NameHand(rng, 1.0)
    while len(rows) < mentions:
        home = people.household()
        for person in home.members():
            for again in (False, True) if rng.random() < 0.25 else (False,):
                born = person.born if rng.random() < 0.75 else None
                name = hand.arabic(person, again=again) if rng.random() < 0.8 else hand.latin(person, again=again)
                number = person.id_number if rng.random() < 0.5 else None
                rows.append((name, person.sex, born, number, person.phone if rng.random() < 0.6 else None, home, person.number))
    del rows[mentions:]
    rng.shuffle(rows)
    ids = [f"prs_{n:010d}" for n in range(len(rows))]
    table = pa.table(
        {
            "person_record_id": ids,
            "record_id": [f"rec_{n:010d}" for n in range(len(rows))],
            "role": ["claimant"] * len(rows),
            "full_name": [row[0] for row in rows],
            "sex": [row[1] for row in rows],
            "born": [row[2].isoformat() if row[2] else None for row in rows],
            "born_earliest_on": pa.array([row[2] for row in rows], pa.date32()),
            "born_latest_on": pa.array([row[2] for row in rows], pa.date32()),
            "id_number": [row[3] for row in rows],
            "phone": [row[4] for row in rows],
            "household": pa.array([None] * len(rows), pa.string()),
            "place": [row[5].district.code for row in rows],
            "truth": [row[6] for row in rows],
        }
    )
    pq.write_table(table, path)


def _f1(db, clusters: str) -> float:
    """Return F1 of pairs of ``clusters`` (person_record_id, cluster) against ``register``."""
    joined = f"SELECT r.truth, c.cluster FROM register AS r JOIN {clusters} AS c USING (person_record_id)"
    both, found, true = (
        f"SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) AS n FROM ({joined}) GROUP BY {by})"
        for by in ("truth, cluster", "cluster", "truth")
    )
    shared, predicted, wanted = (float(db.execute(sql).fetchall()[0][0]) for sql in (both, found, true))
    return round(2 * shared / (predicted + wanted), 6)


def _peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform != "darwin" else 1024**3), 2)


def _ours(register: Path) -> dict:
    from aljabr.linkage import link_persons
    from aljabr.relations import Database

    with Database() as db:
        db.execute(f"CREATE TABLE register AS SELECT * FROM read_parquet('{register}')")
        db.execute("CREATE TABLE person_records AS SELECT * EXCLUDE (truth) FROM register")
        for name in RELATIONS:
            db.create(name)
        import splink  # noqa: F401  # the import is the same for both sides and not counted

        started, busy = time.perf_counter(), time.process_time()
        summary = link_persons(db)
        seconds, cpu = time.perf_counter() - started, time.process_time() - busy
        db.execute("CREATE TABLE found AS SELECT person_record_id, person_id AS cluster FROM person_members")
        steps = {"hot": summary.hot_blocks.text(), "refused": summary.refused_links}
        f1 = _f1(db.connection, "found")
    return {"seconds": seconds, "cpu_seconds": cpu, "pairs": summary.scored_pairs, "f1": f1, "peak_gib": _peak(), "steps": steps}


def _bare(register: Path) -> dict:
    """Link with Splink alone: its own comparisons of the parts of the name as written, of birth, number, telephone and district."""
    import duckdb
    import splink.comparison_library as library
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink.clustering import cluster_pairwise_predictions_at_threshold

    con = duckdb.connect()
    con.execute(f"CREATE TABLE register AS SELECT * FROM read_parquet('{register}')")
    keys = _blocking_columns(register)
    con.register("keys", keys)
    con.execute("CREATE TABLE plain AS SELECT r.person_record_id AS unique_id, r.sex, r.born, r.place, k.* FROM register AS r "
                "JOIN keys AS k ON k.person_record_id = r.person_record_id")  # fmt: skip
    rules = [block_on(*rule) for rule in _same_blocking(con)]
    started = time.perf_counter()
    api = DuckDBAPI(connection=con)
    comparisons = [
        library.JaroWinklerAtThresholds("given", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        library.JaroWinklerAtThresholds("father", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        library.JaroWinklerAtThresholds("grandfather", [0.92, 0.8]),
        library.JaroWinklerAtThresholds("family", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        library.DamerauLevenshteinAtThresholds("born", [1, 2]),
        library.DamerauLevenshteinAtThresholds("id_number", [1, 2]),
        library.ExactMatch("phone"),
        library.ExactMatch("sex"),
        library.ExactMatch("place"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=1e-6,
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker(api.register("plain"), settings, log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("id_number"), block_on("given", "father", "born")):
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True, max_pairs=1e6
        )
    trained = time.perf_counter() - started
    started, busy = time.perf_counter(), time.process_time()
    scored = linker.inference.predict(threshold_match_weight=-2)
    pairs = int(con.execute(f"SELECT count(*) FROM {scored.physical_name}").fetchall()[0][0])
    con.execute(f"CREATE TABLE links AS SELECT unique_id_l, unique_id_r FROM {scored.physical_name} WHERE match_weight >= 3")
    found = cluster_pairwise_predictions_at_threshold(
        api.register("plain"), api.register("links"), api, "unique_id", "unique_id_l", "unique_id_r"
    )
    con.execute(f"CREATE TABLE found AS SELECT unique_id AS person_record_id, cluster_id AS cluster FROM {found.physical_name}")
    seconds, cpu = time.perf_counter() - started, time.process_time() - busy
    steps = {"training, not counted": round(trained, 1)}
    return {"seconds": seconds, "cpu_seconds": cpu, "pairs": pairs, "f1": _f1(con, "found"), "peak_gib": _peak(), "steps": steps}


def _blocking_columns(register: Path) -> pa.Table:
    """Return the columns our rules block on, ready-made; making them is not counted against bare Splink."""
    from aljabr.linkage.features import derive_records
    from aljabr.linkage.mentions import take_mentions
    from aljabr.relations import Database

    with Database() as db:
        db.execute(f"CREATE TABLE person_records AS SELECT * EXCLUDE (truth) FROM read_parquet('{register}')")
        for name in RELATIONS:
            db.create(name)
        take_mentions(db)
        derive_records(db, features=3)
        return db.arrow(
            "SELECT record AS person_record_id, given, father, grandfather, family, given_key, father_key, grandfather_key, "
            "family_key, given_start, born_year, born_on, id_number, phone, own_phone, household, place AS block_place, bag "
            "FROM linkage_records"
        )


def _same_blocking(con) -> list[tuple[str, ...]]:
    """Return the rules both sides block with, with the keys of blocks above the bound taken out of the records."""
    from aljabr.linkage.scorers import scorer_named

    scorer, rules = scorer_named("person_v3"), []
    present = {name for name, *_ in con.execute("DESCRIBE plain").fetchall()}
    for number, rule in enumerate(scorer.blocking.values()):
        columns = tuple({"place": "block_place", "born_years": "born_year"}.get(column, column) for column in rule)
        if not set(columns) <= present:
            continue
        whole = f"hash({', '.join(columns)})"
        known = " AND ".join(f"{column} IS NOT NULL" for column in columns)
        con.execute(f"ALTER TABLE plain ADD COLUMN rule_{number} UBIGINT")
        con.execute(
            f"UPDATE plain SET rule_{number} = b.key FROM (SELECT key FROM (SELECT {whole} AS key FROM plain WHERE {known}) "
            f"GROUP BY key HAVING count(*) BETWEEN 2 AND {scorer.block_bound}) AS b WHERE b.key = {whole} AND {known}"
        )
        rules.append((f"rule_{number}",))
    return rules


if __name__ == "__main__":
    main()
