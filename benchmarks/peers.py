"""Evaluates the benchmark's table with another engine, in an interpreter of its own: python peers.py ENGINE FOLDER.

FOLDER holds ``rows.json`` (facts as objects) and ``table.json`` (the rules); the answers and the seconds go to ``ENGINE.json``.
Run by ``decision_tables.py`` with the interpreter that has the engines, so that none of them is ever imported into Aljabr.
pyDMNrules is under the GPL and is used as a black box, through its documented calls only.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
import time
from pathlib import Path

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def main() -> None:
    """Read the table and the rows, evaluate, write answers and seconds."""
    engine, folder = sys.argv[1], Path(sys.argv[2])
    rows = json.loads((folder / "rows.json").read_text(encoding="utf-8"))
    table = json.loads((folder / "table.json").read_text(encoding="utf-8"))
    evaluate, version = {"zen-engine": zen, "pyDMNrules": pydmnrules}[engine](table, folder)
    evaluate(rows[0])
    started = time.perf_counter()
    answers = [evaluate(row) for row in rows]
    seconds = time.perf_counter() - started
    found = {"seconds": seconds, "version": version, "answers": answers}
    (folder / f"{engine}.json").write_text(json.dumps(found), encoding="utf-8")


def zen(table, _folder):
    """A ZEN decision table with hit policy first; null-safe as ZEN is."""
    import zen as engine

    inputs = [{"id": f"i{n}", "name": name, "type": "expression", "field": name} for n, name in enumerate(table["inputs"])]
    outputs = [{"id": f"o{n}", "name": name, "type": "expression", "field": name} for n, name in enumerate(table["outputs"])]
    rules = [
        {
            "_id": rule["id"],
            **{f"i{n}": "" if cell == "-" else cell for n, cell in enumerate(rule["inputs"])},
            **{f"o{n}": cell for n, cell in enumerate(rule["outputs"])},
        }
        for rule in table["rules"]
    ]
    content = {"hitPolicy": "first", "inputs": inputs, "outputs": outputs, "rules": rules}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {"id": "t", "type": "decisionTableNode", "name": "t", "content": content, "position": {"x": 0, "y": 0}},
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 0, "y": 0}},
    ]
    edges = [{"id": "e1", "sourceId": "in", "targetId": "t"}, {"id": "e2", "sourceId": "t", "targetId": "out"}]
    decision = engine.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def evaluate(row):
        result = decision.evaluate(row)["result"]
        return [result.get(name) for name in table["outputs"]]

    return evaluate, importlib.metadata.version("zen-engine")


def pydmnrules(table, folder):
    """A DMN file with the same table."""
    import pyDMNrules

    path = folder / "table.dmn"
    path.write_text(dmn(table), encoding="utf-8")
    rules = pyDMNrules.DMN()
    status = rules.useXML(path.read_text(encoding="utf-8"))
    if "errors" in status:
        sys.exit(str(status["errors"][:3]))

    def evaluate(row):
        _status, data = rules.decide(dict(row))
        result = (data[-1] if isinstance(data, list) else data)["Result"]
        return [result.get(f"Grants.{name}", result.get(name)) for name in table["outputs"]]

    return evaluate, importlib.metadata.version("pyDMNrules")


def dmn(table) -> str:
    """Write the table as DMN 1.3."""
    from xml.sax.saxutils import escape

    inputs = "".join(
        f'<input id="i{n}" label="{name}"><inputExpression typeRef="{kind}"><text>{name}</text></inputExpression></input>'
        for n, (name, kind) in enumerate(table["inputs"].items())
    )
    outputs = "".join(
        f'<output id="o{n}" name="{name}" typeRef="{kind}"/>' for n, (name, kind) in enumerate(table["outputs"].items())
    )
    rules = "".join(
        f'<rule id="{rule["id"]}">'
        + "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in rule["inputs"])
        + "".join(f"<outputEntry><text>{escape(cell)}</text></outputEntry>" for cell in rule["outputs"])
        + "</rule>"
        for rule in table["rules"]
    )
    data = "".join(
        f'<inputData id="d_{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/></inputData>'
        for name, kind in table["inputs"].items()
    )
    required = "".join(
        f'<informationRequirement><requiredInput href="#d_{name}"/></informationRequirement>' for name in table["inputs"]
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="{DMN}" id="b" name="b" namespace="b">{data}'
        f'<decision id="Grants" name="Grants"><variable name="Grants"/>{required}'
        f'<decisionTable id="t" hitPolicy="FIRST">{inputs}{outputs}{rules}</decisionTable></decision></definitions>'
    )


if __name__ == "__main__":
    main()
