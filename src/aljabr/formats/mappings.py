"""Which mapping a source's header asks for, and what a mapping may say.

A mapping fits when every column it takes is there and every other column is one it ignores with a reason: nothing is dropped
unseen. None or two that fit are an error that names the nearest mapping and the columns that differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aljabr.errors import MappingBroken
from aljabr.formats.headers import tidy_header
from aljabr.formats.spellings import CodeList, meet_names
from aljabr.programmes.records import Field_, Mapping

_CODED = frozenset({"code", "codes", "place"})


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a column may become: the readings that suit it, the first being the one of a constant, and what it means."""

    readings: tuple[str, ...]
    means: str


TARGETS: dict[str, Target] = {
    "reference": Target(readings=("text", "identifier"), means="the source's own number of the claim"),
    "filed_on": Target(readings=("date",), means="the day the claim was lodged"),
    "language": Target(readings=("code",), means="the language the claimant reads: ar, ckb, kmr or en"),
    "account": Target(readings=("text", "identifier"), means="the account the claimant asks to be paid into"),
    "claimant.full_name": Target(readings=("name", "text"), means="the claimant's name as written"),
    "claimant.sex": Target(readings=("code",), means="male or female, as stated"),
    "claimant.born": Target(readings=("date",), means="date of birth, also partial"),
    "claimant.id_number": Target(readings=("identifier", "text"), means="number of an identity document"),
    "claimant.phone": Target(readings=("phone",), means="telephone number"),
    "claimant.household": Target(readings=("identifier", "text"), means="number of the household or its ration card"),
    "claimant.place": Target(readings=("place", "code", "text"), means="where the claimant lives, as a code of the programme"),
    "victim.full_name": Target(readings=("name", "text"), means="the name of the person harmed, when it is not the claimant"),
    "victim.sex": Target(readings=("code",), means="male or female, as stated"),
    "victim.born": Target(readings=("date",), means="date of birth, also partial"),
    "victim.id_number": Target(readings=("identifier", "text"), means="number of an identity document"),
    "relation": Target(readings=("code",), means="what the claimant is to the victim"),
    "item.harm": Target(readings=("code",), means="the head of loss, a harm of the programme"),
    "item.incident_on": Target(readings=("date",), means="when it happened, also partial"),
    "item.place": Target(readings=("place", "code", "text"), means="where it happened, as a code of the programme"),
    "item.property_ref": Target(readings=("identifier", "text"), means="number of the deed, plot or vehicle"),
    "item.claimed": Target(readings=("money",), means="the amount claimed"),
    "exhibits": Target(readings=("codes", "code"), means="the kinds of evidence named"),
}

_FACT_READINGS = ("text", "name", "date", "money", "number", "boolean", "code", "phone", "identifier", "place")


def target_of(name: str) -> Target | None:
    """Return what a target may take; ``facts.NAME`` takes any single value, ``exhibits.KIND`` a yes or no; None when unknown."""
    if name.startswith("facts.") and len(name) > 6:
        return Target(readings=_FACT_READINGS, means="a fact the programme declares")
    if name.startswith("exhibits.") and len(name) > 9:
        return Target(readings=("boolean",), means="whether this kind of evidence is named")
    return TARGETS.get(name)


def choose_mapping(headers: Sequence[str], mappings: Sequence[Mapping], *, source: str = "the source", kind: str = "") -> Mapping:
    """Return the one mapping whose signature a header has.

    Parameters
    ----------
    headers : sequence of str
        The source's column names.
    mappings : sequence of Mapping
        The candidates; one alone means it was named, and must fit all the same.
    source : str
        The file's name, for messages.
    kind : str
        ``csv``, ``xlsx`` or ``jsonl``, as the file is: of several mappings that fit, those stated for this kind come first.

    Raises
    ------
    MappingBroken
        When none or more than one fits; the message names the nearest and the columns that are missing or unknown.

    References
    ----------
    CONTRACTS.md, "Intake".
    """
    names = [tidy_header(header) for header in headers]
    fitting = [mapping for mapping in mappings if not any(_differences(names, mapping, kind))]
    fitting = [mapping for mapping in fitting if mapping.kind == kind] or fitting
    if len(fitting) == 1:
        check_mapping(fitting[0])
        return fitting[0]
    if fitting:
        keys = ", ".join(mapping.key for mapping in fitting)
        raise MappingBroken(f"The header of {source} fits the mappings {keys}.", f"Choose one with --source NAME={source}.")
    if not mappings:
        raise MappingBroken(f"The programme has no mapping for {source}.", "Add one to its folder intake/.")
    nearest = max(mappings, key=lambda mapping: _likeness(names, mapping))
    missing, unknown = _differences(names, nearest, kind)
    said = [f"{_listed(missing)} missing"] if missing else []
    said += [f"{_listed(unknown)} neither mapped nor ignored"] if unknown else []
    raise MappingBroken(
        f"No mapping fits the header of {source}; the nearest is {nearest.key}: {'; '.join(said)}.",
        "Mend the mapping or the file, or name a mapping with --source NAME=FILE.",
        nearest=nearest.key,
        missing=missing,
        unknown=unknown,
    )


def header_spellings(headers: Sequence[str], mapping: Mapping) -> dict[str, str]:
    """Return the columns of a mapping that a header spells otherwise: as the mapping spells them → as the header does.

    Raises
    ------
    MappingBroken
        When two columns of the header fold alike and neither is spelled as in the mapping.
    """
    return _spellings([tidy_header(header) for header in headers], mapping)


def _spellings(names: Sequence[str], mapping: Mapping) -> dict[str, str]:
    wanted = dict.fromkeys(tidy_header(column) for column in (*mapping.columns, *mapping.ignore))
    return {} if wanted.keys() >= set(names) else meet_names(wanted, names)


def check_mapping(mapping: Mapping) -> None:
    """Refuse a mapping that contradicts itself.

    Raises
    ------
    MappingBroken
        On an unknown target or an unsuitable reading, a code list that is not there, two columns for one target, a column both
        taken and ignored.
    """
    problems = [problem for column, field in mapping.columns.items() for problem in _field_problems(mapping, column, field)]
    problems += [f"the constant {name!r} is no target" for name in mapping.constants if target_of(name) is None]
    single = [field.to for field in mapping.columns.values() if field.to != "exhibits"] + list(mapping.constants)
    problems += [f"{target!r} is filled more than once" for target, count in Counter(single).items() if count > 1]
    both = {tidy_header(name) for name in mapping.columns} & {tidy_header(name) for name in mapping.ignore}
    problems += [f"{name!r} is both taken and ignored" for name in sorted(both)]
    for spellings in mapping.codes.values():
        CodeList(spellings)
    if problems:
        raise MappingBroken(f"The mapping {mapping.key} contradicts itself: {'; '.join(problems[:5])}.", "Mend the mapping's file.")


def _field_problems(mapping: Mapping, column: str, field: Field_) -> list[str]:
    target = target_of(field.to)
    if target is None:
        return [f"column {column!r} goes to {field.to!r}, which is no target"]
    problems = []
    if field.as_ not in target.readings:
        problems.append(f"column {column!r} is read as {field.as_!r}; {field.to} takes {' or '.join(target.readings)}")
    if field.codes and field.codes not in mapping.codes:
        problems.append(f"column {column!r} uses the code list {field.codes!r}, which is not there")
    if field.codes and field.as_ not in _CODED:
        problems.append(f"column {column!r} has a code list but is read as {field.as_!r}")
    return problems


def _differences(names: Sequence[str], mapping: Mapping, kind: str) -> tuple[list[str], list[str]]:
    taken = {tidy_header(column): field for column, field in mapping.columns.items()}
    ignored = {tidy_header(column) for column in mapping.ignore}
    spelled = {found: wanted for wanted, found in _spellings(names, mapping).items()}
    names = [spelled.get(name, name) for name in names]
    present = set(names)
    optional = (kind or mapping.kind) == "jsonl"
    missing = [name for name, field in taken.items() if name not in present and not (optional and not field.required)]
    return missing, [name for name in names if name not in taken and name not in ignored]


def _likeness(names: Sequence[str], mapping: Mapping) -> float:
    known = {tidy_header(column) for column in (*mapping.columns, *mapping.ignore)}
    present = set(names)
    return len(known & present) / max(len(known | present), 1)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return ", ".join(map(repr, names[:8])) + more
