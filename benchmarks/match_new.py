"""Measures finding one new record in a register: milliseconds (median, p95), memory, and how often the right person is found.

Usage: python benchmarks/match_new.py [--records N] [--queries N] [--folder bench-match]. The register is made of the sample
generator's households, each person written once, in one of three scripts; a query is a person of the register written again, with
another spelling and other gaps. The index is built first and counted apart; the queries run in a process of their own, so that its
memory is its own. Figures are printed, and kept in FOLDER/match_new.json.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

from aljabr.linkage.features import TAKEN
from aljabr.linkage.matching import RegisterIndex, build_index
from aljabr.relations import Database
from aljabr.samples.people import Person, Population
from aljabr.samples.vocabulary import districts

SCRIPTS = ("arabic", "arabic", "arabic", "latin", "sorani")
LEAVES = 250_000


def main() -> None:
    """Build the register and its index, ask it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--folder", type=Path, default=Path("bench-match"))
    parser.add_argument("--ask", action="store_true", help="only ask an index that is there")
    options = parser.parse_args()
    if options.ask:
        ask(options.folder)
        return
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    made, built = build(options)
    done = subprocess.run(
        [sys.executable, __file__, "--ask", "--folder", str(options.folder)], check=True, stdout=subprocess.PIPE, text=True
    )
    figures = {"records": options.records, "register_seconds": made, "index_seconds": built, **json.loads(done.stdout)}
    size = sum(path.stat().st_size for path in (options.folder / "index").iterdir()) / 1024**2
    print(f"{options.records:,} records: register made in {made:.0f} s, index built in {built:.0f} s, {size:,.0f} MiB on disk")
    print(
        f"opened in {figures['open_ms']:.0f} ms; {figures['queries']} new records: median {figures['median_ms']:.1f} ms, ", end=""
    )
    print(f"p95 {figures['p95_ms']:.1f} ms, slowest {figures['slowest_ms']:.1f} ms, first {figures['first_ms']:.1f} ms")
    print(f"of the processor's time: median {figures['processor_median_ms']:.1f} ms, p95 {figures['processor_p95_ms']:.1f} ms")
    print(f"memory of the asking process: {figures['peak_mib']:,.0f} MiB, of which {figures['before_mib']:,.0f} before the index")
    print(f"the right person came first for {figures['first']} and among ten for {figures['among_ten']} of {figures['queries']}")
    (options.folder / "match_new.json").write_text(json.dumps({**figures, "index_mib": size}, indent=1), encoding="utf-8")


def build(options: argparse.Namespace) -> tuple[float, float]:
    """Make the register and its index; return the seconds of each."""
    started = time.perf_counter()
    every = max(options.records // options.queries, 1)
    again = []
    with Database() as db:
        leaves: list[list[object]] = []
        for number, (person, place) in enumerate(people(Random("register"), options.records)):
            leaves.append(written(person, place, Random(f"first {number}"), record=f"prs_{number:020x}"))
            if number % every == every // 2 and len(again) < options.queries:
                again.append(
                    {
                        "person": f"prs_{number:020x}",
                        "row": dict(zip(TAKEN, written(person, place, Random(f"again {number}"), record=None), strict=True)),
                    }
                )
            if len(leaves) == LEAVES or number == options.records - 1:
                db.load_rows("leaf", TAKEN, leaves)
                db.execute("CREATE TABLE IF NOT EXISTS register AS FROM leaf LIMIT 0; INSERT INTO register FROM leaf")
                leaves = []
        db.execute("CREATE TEMP TABLE linkage_taken AS FROM register; DROP TABLE register; DROP TABLE leaf")
        made, started = time.perf_counter() - started, time.perf_counter()
        build_index(db, options.folder / "index")
        built = time.perf_counter() - started
    (options.folder / "queries.json").write_text(json.dumps(again, default=str), encoding="utf-8")
    return made, built


def people(rng: Random, count: int) -> Iterator[tuple[Person, str]]:
    """Yield that many people of invented households with the P-code of their district."""
    population, made = Population(rng), 0
    while made < count:
        home = population.household()
        for person in home.members()[: count - made]:
            made += 1
            yield person, home.district.code
    assert districts()


def written(person: Person, place: str, rng: Random, *, record: str | None) -> list[object]:
    """Return a person as one register writes them: one script, a spelling, gaps."""
    script = rng.choice(SCRIPTS)
    names = [
        token.latin[int(rng.random() ** 2 * len(token.latin))] if script == "latin" else getattr(token, script)
        for token in person.name
    ]
    if rng.random() < 0.2:
        del names[2]
    year_only = rng.random() < 0.15
    born = (date(person.born.year, 1, 1), date(person.born.year, 12, 31)) if year_only else (person.born, person.born)
    told = {
        "record": record,
        "together": record,
        "full_name": " ".join(names),
        "sex": person.sex if rng.random() < 0.95 else None,
        "born_earliest_on": born[0],
        "born_latest_on": born[1],
        "id_number": person.id_number if rng.random() < 0.5 else None,
        "phone": "+964" + person.phone[1:] if rng.random() < 0.5 else None,
        "place": place if rng.random() < 0.9 else None,
    }
    return [told.get(column) for column in TAKEN]


def ask(folder: Path) -> None:
    """Ask the index for every query and print the figures as JSON."""
    before = memory_mib()
    queries = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    started = time.perf_counter()
    index = RegisterIndex(folder / "index")
    opened = time.perf_counter() - started
    spent, worked, first, among = [], [], 0, 0
    for query in queries:
        row = query["row"]
        for column in ("born_earliest_on", "born_latest_on"):
            row[column] = date.fromisoformat(row[column])
        started, began = time.perf_counter(), time.process_time()
        found = [candidate.record for candidate in index.match(row)]
        spent.append((time.perf_counter() - started) * 1000)
        worked.append((time.process_time() - began) * 1000)
        first += found[:1] == [query["person"]]
        among += query["person"] in found
    figures = {
        "queries": len(queries),
        "open_ms": opened * 1000,
        "first_ms": spent[0],
        "median_ms": statistics.median(spent),
        "p95_ms": statistics.quantiles(spent, n=20)[-1],
        "slowest_ms": max(spent),
        "processor_median_ms": statistics.median(worked),
        "processor_p95_ms": statistics.quantiles(worked, n=20)[-1],
        "peak_mib": memory_mib(),
        "before_mib": before,
        "first": first,
        "among_ten": among,
    }
    print(json.dumps(figures))


def memory_mib() -> float:
    """Return the most memory this process has used; Linux counts its parent's in the general figure."""
    status = Path("/proc/self/status")
    if status.exists():
        told = dict(line.split(":", 1) for line in status.read_text(encoding="ascii").splitlines())
        return int(told["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


if __name__ == "__main__":
    main()
