"""Checks that a protected attribute is stated by the person alone: nothing in a mapping may fill it from something else.

That it is used at all needs a legal basis, which ``inputs`` asks for. Here: no constant states it for everybody, and no column is
read as a name or a place into it, since nobody's community follows from either.
"""

from __future__ import annotations

from collections.abc import Iterator

from aljabr.programmes.findings import Finding, error
from aljabr.programmes.records import Programme

INFERRED = ("name", "place", "identifier", "phone")


def check_protected(programme: Programme) -> Iterator[Finding]:
    """Yield mappings that would infer a protected attribute.

    Parameters
    ----------
    programme : Programme
        Its facts with ``protected: true`` and its mappings.
    """
    targets = {f"facts.{fact.name}" for fact in programme.facts if fact.protected}
    for mapping in programme.mappings:
        where = f"intake, {mapping.key}"
        for target in sorted(targets & mapping.constants.keys()):
            yield error(where, f"A constant states {target} for everybody.", "Let each person state it in a column of its own.")
        for column, field in mapping.columns.items():
            if field.to in targets and field.as_ in INFERRED:
                what = f"The column {column} is read as a {field.as_} into {field.to}: nobody's community follows from it."
                yield error(where, what, "Take it from a column in which the person states it, as: code.")
