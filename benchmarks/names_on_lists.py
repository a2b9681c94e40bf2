"""Links two lists that hold name, age and sex only, beside sorted-token similarity and plain Splink, in one run.

Usage: python benchmarks/names_on_lists.py [--profiles usual,half] [--seed N] [--short N] [--long N] [--gone 0.5] [--ours-only]
The lists are invented (``aljabr.samples.rolls``) and hard: many common names, brothers and namesakes of close ages. *Ours* is
``link_tables`` as it stands, untuned. *Sorted tokens* compares the folded words of a name in alphabetical order, among people of
one sex and close ages, and is given the best threshold and the best tolerance of ages in hindsight; so is *best partner*, the same
where each person is given one partner at most. *Plain Splink* is set up as its documentation does, at its best threshold, too.
Printed: F1, precision and recall of pairs across the lists, seconds, and for ours how much of each kind of difference was found.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

Pairs = list[tuple[int, int, float]]


def main() -> None:
    """Make the lists, link them each way, print the figures."""
    from aljabr.samples.rolls import PROFILES, make_rolls, without_partners

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", default=",".join(PROFILES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", type=int, default=6_000)
    parser.add_argument("--long", type=int, default=28_000)
    parser.add_argument("--gone", type=float, default=0.5, help="Link again with that share of partners struck; 0 leaves it out.")
    parser.add_argument("--ours-only", action="store_true")
    parser.add_argument("--to", type=Path, help="File for the figures, as JSON.")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    for name in options.profiles.split(","):
        rolls = make_rolls(PROFILES[name], seed=options.seed, short=options.short, long=options.long)
        figures[name] = measure(rolls, ours_only=options.ours_only)
        tell(name, figures[name])
        if options.gone:
            fewer = without_partners(rolls, options.gone, seed=options.seed)
            figures[f"{name}, {options.gone:.0%} of partners gone"] = told = measure(fewer, ours_only=options.ours_only)
            tell(f"{name}, {options.gone:.0%} of partners gone", told)
    if options.to:
        options.to.write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")


def measure(rolls: Any, *, ours_only: bool = False) -> dict[str, Any]:
    """Return the figures of each way for two lists."""
    ways = {"ours": ours} if ours_only else {"ours": ours, "sorted tokens": sorted_tokens, "plain Splink": plain_splink}
    figures: dict[str, Any] = {"partners": len(rolls.kinds), "lists": [len(rolls.short), len(rolls.long)]}
    for run in ways.values():
        started = time.perf_counter()
        for called, found in run(rolls).items():
            figures[called] = found | {"seconds": round(time.perf_counter() - started, 1)}
    return figures


def tell(name: str, figures: dict[str, Any]) -> None:
    """Print the figures of two lists."""
    print(f"{name}: {figures['lists'][0]:,} and {figures['lists'][1]:,} people, {figures['partners']:,} on both", flush=True)
    for way, f in figures.items():
        if isinstance(f, dict):
            line = f"  {way:<28} F1 {f['f1']:.4f}  precision {f['precision']:.4f}  recall {f['recall']:.4f}  {f['seconds']:6.1f} s"
            print(line + "".join(f"  {key} {f[key]}" for key in ("threshold", "notes") if key in f), flush=True)
            for kind, (found, wanted) in f.get("kinds", {}).items():
                print(f"      {kind:<26} {found:,} of {wanted:,}")


def _counted(rolls: Any, pairs: Iterable[tuple[int, int]]) -> dict[str, Any]:
    pairs = set(pairs)
    right = [rolls.short[a].person for a, b in pairs if rolls.short[a].person == rolls.long[b].person]
    precision, recall = len(right) / max(len(pairs), 1), len(right) / max(len(rolls.kinds), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"f1": round(f1, 4), "precision": round(precision, 4), "recall": round(recall, 4), "found": right}


def _best(rolls: Any, pairs: Pairs) -> dict[str, Any]:
    """Return the figures at the threshold that turns out best."""
    pairs = sorted(pairs, key=lambda pair: -pair[2])
    right = np.cumsum([rolls.short[a].person == rolls.long[b].person for a, b, _ in pairs])
    many = np.arange(1, len(pairs) + 1)
    f1 = 2 * right / (many + len(rolls.kinds))
    weights = np.array([weight for *_, weight in pairs])
    f1[:-1][weights[:-1] == weights[1:]] = 0  # a threshold cannot part equals
    at = int(np.argmax(f1))
    told = {"f1": f1[at], "precision": right[at] / many[at], "recall": right[at] / max(len(rolls.kinds), 1)}
    return {key: round(float(value), 4) for key, value in told.items()} | {"threshold": round(float(weights[at]), 2)}


def _partnered(pairs: Pairs) -> Pairs:
    """Return the pairs of which each is the best that both of its people have, strongest first."""
    left, right, kept = set(), set(), []
    for a, b, weight in sorted(pairs, key=lambda pair: -pair[2]):
        if a not in left and b not in right:
            left.add(a), right.add(b)
            kept.append((a, b, weight))
    return kept


def ours(rolls: Any) -> dict[str, dict[str, Any]]:
    """Link with the shipped scorer."""
    from aljabr.linkage import link_tables
    from aljabr.relations import Database

    with Database() as db:
        for table, entries in (("one", rolls.short), ("two", rolls.long)):
            db.load_rows(table, {"row": "BIGINT", "الاسم": "TEXT", "العمر": "TEXT", "الجنس": "TEXT"},
                         [(n, e.name, e.age or None, e.sex or None) for n, e in enumerate(entries, 1)])  # fmt: skip
        links = link_tables(db, [("one", "one"), ("two", "two")])
    pairs, within = [], 0
    for pair in links.pairs.to_pylist():
        if (pair["left_source"], pair["right_source"]) == ("one", "two"):
            pairs.append((pair["left_row"] - 1, pair["right_row"] - 1))
        else:
            within += 1
    told = _counted(rolls, pairs)
    wanted, found = Counter(rolls.kinds.values()), Counter(rolls.kinds[person] for person in told.pop("found"))
    told["kinds"] = {kind: (found[kind], many) for kind, many in sorted(wanted.items())}
    proposed = {(p["left_row"] - 1, p["right_row"] - 1, p["match_weight"]) for p in links.scored.to_pylist()
                if (p["left_source"], p["right_source"]) == ("one", "two")}  # fmt: skip
    told["notes"] = f"{links.candidate_pairs:,} compared, {within} linked within a list. {links.hot_blocks.text()}"
    best = _best(rolls, sorted(proposed)) if proposed else {}
    return {"ours": told, "ours, at its best threshold": best}


def sorted_tokens(rolls: Any) -> dict[str, dict[str, Any]]:
    """Compare the sorted words of names, among people of one sex and close ages."""
    best: dict[str, dict[str, Any]] = {}
    pairs = _similar(rolls)
    for tolerance in range(4):
        near = [(a, b, weight) for a, b, weight, apart in pairs if apart <= tolerance]
        for called, taken in (("sorted tokens", near), ("sorted tokens, best partner", _partnered(near))):
            found = _best(rolls, taken) | {"notes": f"ages within {tolerance}"}
            if found["f1"] > best.get(called, {"f1": -1})["f1"]:
                best[called] = found
    return best


def _similar(rolls: Any) -> list[tuple[int, int, float, int]]:
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cdist

    from aljabr.names import fold

    def read(entries: Sequence[Any]) -> dict[str, dict[int, list[tuple[int, str]]]]:
        by: dict[str, dict[int, list[tuple[int, str]]]] = {}
        for n, entry in enumerate(entries):
            words = " ".join(sorted(fold(entry.name).split()))
            by.setdefault(entry.sex, {}).setdefault(int(entry.age) if entry.age else -1, []).append((n, words))
        return by

    short, long, pairs = read(rolls.short), read(rolls.long), []
    for sex, ages in short.items():
        for other in long if not sex else {sex, ""}:
            for age, ones in ages.items():
                for another, twos in long.get(other, {}).items():
                    apart = 0 if -1 in (age, another) else abs(age - another)
                    if apart > 3:
                        continue
                    scores = cdist([name for _, name in ones], [name for _, name in twos], scorer=ratio, score_cutoff=70)
                    for i, j in zip(*np.nonzero(scores), strict=True):
                        pairs.append((ones[i][0], twos[j][0], float(scores[i, j]), apart))
    return pairs


def plain_splink(rolls: Any) -> dict[str, dict[str, Any]]:
    """Link with Splink as its documentation sets up two lists without duplicates."""
    import splink.comparison_library as library
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    from aljabr.linkage.scoring import silence_splink
    from aljabr.names import fold
    from aljabr.relations import Database

    silence_splink()

    def table(entries: Sequence[Any]) -> pa.Table:
        rows = []
        for n, entry in enumerate(entries):
            words = fold(entry.name).split()
            age = int(entry.age) if entry.age else None
            rows.append({"unique_id": n, "name": " ".join(words), "given": words[0], "last": words[-1],
                         "father": words[1] if len(words) > 1 else None, "age": age, "sex": entry.sex or None})  # fmt: skip
        return pa.Table.from_pylist(rows)

    with Database() as db:
        api: Any = DuckDBAPI(connection=db.connection)
        db.load("one", table(rolls.short))
        db.load("two", table(rolls.long))
        settings = SettingsCreator(
            link_type="link_only",
            comparisons=[
                *(library.NameComparison(column) for column in ("name", "given", "father", "last")),
                library.ExactMatch("sex"),
                {"output_column_name": "age", "comparison_levels": [
                    {"sql_condition": "age_l IS NULL OR age_r IS NULL", "label_for_charts": "null", "is_null_level": True},
                    *({"sql_condition": f"abs(age_l - age_r) <= {n}", "label_for_charts": f"within {n}"} for n in (0, 1, 3)),
                    {"sql_condition": "ELSE", "label_for_charts": "other"}]},
            ],
            blocking_rules_to_generate_predictions=[
                block_on("given", "last"), block_on("given", "father"), block_on("name"), block_on("given", "age", "sex"),
                block_on("last", "age", "sex"),
            ],
        )  # fmt: skip
        linker = Linker([api.register("one"), api.register("two")], settings, log_level=None)
        certain = [block_on("name", "age"), block_on("name", "sex")]
        linker.training.estimate_probability_two_random_records_match(certain, recall=0.5)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for rule in (block_on("given", "last"), block_on("age", "given")):
            linker.training.estimate_parameters_using_expectation_maximisation(
                rule, estimate_without_term_frequencies=True, max_pairs=2e6
            )
        scored = linker.inference.predict(threshold_match_weight=-10, warning_mode="never")
        rows = db.rows(f"SELECT source_dataset_l, unique_id_l, unique_id_r, match_weight FROM {scored.physical_name}")
    first = min(str(source) for source, *_ in rows)
    pairs = [(a, b, float(w)) if str(source) == first else (b, a, float(w)) for source, a, b, w in rows]
    return {"plain Splink": _best(rolls, pairs), "plain Splink, best partner": _best(rolls, _partnered(pairs))}


if __name__ == "__main__":
    main()
