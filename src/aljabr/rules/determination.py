"""What a programme makes of its decisions: which output is the outcome, the ground, the amount; and what the rules hit cite.

Everything here serves the set-based assessment and the single recomputation alike, so that they cannot differ.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from aljabr.errors import ProgrammeBroken
from aljabr.feel import Chain, TypedTable, tree
from aljabr.programmes import Programme, programme_chain

OUTCOMES = ("granted", "denied", "incomplete", "held")
FIELDS = ("outcome", "ground", "amount_minor", "tier", "body")
# An output that says what else is asked for: codes separated by commas, added to the missing facts.
ASKED = "missing"
RULE_CONFLICT = "rule_conflict"
MISSING_FACTS = "missing_facts"
NO_RULE = "no_rule"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A programme ready to determine.

    Parameters
    ----------
    chain : Chain
        The tables the determination depends on, in the order in which they are decided.
    variables : dict of str to str
        Field of the determination → decision output; fields the programme does not fill are not there.
    articles : dict of (table, rule) to str
        What each rule cites.
    unsigned : bool
        Whether a table of the chain has not been signed off.
    """

    chain: Chain
    variables: dict[str, str]
    articles: dict[tuple[str, str], str]
    unsigned: bool


def read_programme(programme: Programme) -> Reading:
    """Return the programme's reading.

    Raises
    ------
    ProgrammeBroken
        When the determination names no output, an output of the wrong type, or an outcome there is not.
    """
    whole = programme_chain(programme)
    allowed = (*FIELDS, ASKED)
    variables = {field: _variable(programme, whole, field) for field in allowed if field in programme.determination}
    for field in programme.determination:
        if field not in allowed:
            raise ProgrammeBroken(f"programme.yaml: determination has no {field}.", f"It has {', '.join(allowed)}.")
    if "outcome" not in variables:
        raise ProgrammeBroken("programme.yaml: determination names no outcome.", "Write outcome: Outcome.outcome.")
    chain = _needed(whole, set(variables.values()))
    _check_types(whole, variables)
    return Reading(
        chain=chain,
        variables=variables,
        articles={(table.name, rule.id): rule.annotations.get("article", "") for table in chain.tables for rule in table.rules},
        unsigned=any(not _signed(programme, table) for table in chain.tables),
    )


def legal_basis(reading: Reading, rule_hits: str) -> str:
    """Return the articles of the rules hit, in chain order, each once, joined by ``; ``.

    Parameters
    ----------
    reading : Reading
        Of the programme.
    rule_hits : str
        JSON text, as in ``determinations``.
    """
    cited = [reading.articles.get((hit["table"], hit["rule"]), "") for hit in json.loads(rule_hits)]
    return "; ".join(dict.fromkeys(article for article in cited if article))


def all_missing(missing_facts: str, asked: str | None) -> str:
    """Return the missing facts together with what the tables ask for, sorted, as JSON text.

    Parameters
    ----------
    missing_facts : str
        JSON list of facts, as the tables left it.
    asked : str or None
        Codes separated by commas; ``none`` and nothing ask for nothing.

    Examples
    --------
    >>> all_missing('["relation"]', "tenure_proof, none"), all_missing("[]", None)
    ('["relation","tenure_proof"]', '[]')
    """
    codes = {code.strip() for code in (asked or "").split(",")} - {"", "none"}
    return json.dumps(sorted({*json.loads(missing_facts), *codes}), ensure_ascii=False, separators=(",", ":"))


def determination_id(item_id: str, programme_hash: str) -> str:
    """Return the id of an item's determination under one programme version."""
    return "det_" + hashlib.sha256(f"{item_id}:{programme_hash}".encode()).hexdigest()[:20]


def _variable(programme: Programme, chain: Chain, field: str) -> str:
    """The output a field names; a decision with one output may be named with or without the output's own name."""
    name = programme.determination[field]
    if name in chain.variables:
        return name
    for table in programme.tables:
        if table.name in chain.variables and len(table.outputs) == 1 and name == f"{table.name}.{table.outputs[0].name}":
            return table.name
    raise ProgrammeBroken(
        f"programme.yaml: determination.{field} is {name}, which no table gives.", f"The tables give {', '.join(chain.variables)}."
    )


def _check_types(chain: Chain, variables: dict[str, str]) -> None:
    for field, name in variables.items():
        found = chain.variables[name]
        if field == "amount_minor" and (found.kind != "number" or found.scale):
            raise ProgrammeBroken(f"programme.yaml: {name} is no whole number of minor units.", "Round it with decimal(x, 0).")
        if field != "amount_minor" and found.kind != "string" and not (field == "ground" and found.kind == "list"):
            raise ProgrammeBroken(f"programme.yaml: determination.{field} is {name}, a {found}.", "It must be text.")
    strange = set(chain.variables[variables["outcome"]].values) - set(OUTCOMES)
    if strange or not chain.variables[variables["outcome"]].values:
        raise ProgrammeBroken(
            f"{variables['outcome']} may be {', '.join(sorted(strange)) or 'anything'}.",
            f"An outcome is written: {', '.join(OUTCOMES)}.",
        )


def _needed(chain: Chain, wanted: set[str]) -> Chain:
    """The tables the wanted outputs depend on."""
    tables: list[TypedTable] = []
    for table in reversed(chain.tables):
        if wanted & set(table.variables):
            tables.append(table)
            wanted |= {name for cell in table.expressions for name in tree.names(cell)}
    return Chain(inputs=chain.inputs, tables=tuple(reversed(tables)))


def _signed(programme: Programme, table: TypedTable) -> bool:
    keys = (table.name, table.id, table.file, table.file.removesuffix(".dmn"))
    return any(programme.sign_off[key].state == "signed" for key in keys if key in programme.sign_off)
