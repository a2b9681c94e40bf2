"""Finds, for a spelling that a column's code list does not know, the nearest one it knows; a person decides.

Order: the spellings of the mapping, the programme's codes and its labels in every language are folded; the same folded text wins,
else the most similar one above a bar. What is suggested is always something the column would be read with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from aljabr.formats import interpret
from aljabr.names import fold
from aljabr.programmes.codes import wording
from aljabr.programmes.records import Field_, Programme

SIMILAR = 0.6
_ARTICLE = "ال"
_LEAST_AFTER_ARTICLE = 3


@dataclass(frozen=True, kw_only=True)
class CodeList:
    """What one coded column can be read with.

    Parameters
    ----------
    field : Field_
    codes : mapping of str to str
        The mapping's list, spelling to code; empty when the column holds codes.
    answers : mapping of str to str
        Whatever can be written there, spelling to code.
    near : mapping of str to str
        Folded spellings, codes and labels, each to the answer it stands for.
    allowed : sequence of str
        The codes the programme knows.
    """

    field: Field_
    codes: Mapping[str, str]
    answers: Mapping[str, str]
    near: Mapping[str, str]
    allowed: Sequence[str]

    def choices(self) -> list[str]:
        """Return one spelling for each code, in the order of the mapping, then the codes without a spelling."""
        first: dict[str, str] = {}
        for spelling, code in self.answers.items():
            if code:
                first.setdefault(code, spelling)
        return list(first.values())

    def parts(self, value: str) -> list[str]:
        """Return what a value consists of: itself, or the entries of a list."""
        parts = [value]
        if self.field.as_ == "codes":
            parts = value.split() if self.field.separator == " " else value.split(self.field.separator)
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def unknown(self, value: str) -> list[str]:
        """Return the parts of a value that cannot be read."""
        parts = self.parts(value)
        readings = interpret(parts, self.field, codes=self.codes or None, allowed=self.allowed) if parts else []
        return [part for part, (_, code, _) in zip(parts, readings, strict=True) if code]

    def nearest(self, part: str) -> tuple[str, str]:
        """Return the nearest thing that can be written instead, and its code; empty when none is near."""
        wanted = _folded(part)
        answer = self.near.get(wanted, "")
        if not answer and wanted:
            best = process.extractOne(wanted, sorted(self.near), scorer=Levenshtein.normalized_similarity, score_cutoff=SIMILAR)
            answer = self.near[best[0]] if best else ""
        return answer, self.answers.get(answer, "")

    def same(self, part: str) -> bool:
        """Return whether a part differs from something known by its spelling alone."""
        return _folded(part) in self.near

    def mended(self, value: str) -> str:
        """Return the whole value with each unknown part replaced by the nearest; empty when one of them has none."""
        instead = {part: self.nearest(part)[0] for part in self.unknown(value)}
        if not instead or not all(instead.values()):
            return ""
        return self.field.separator.join(instead.get(part, part) for part in self.parts(value))


def code_list(programme: Programme, field: Field_, *, codes: Mapping[str, str], allowed: Sequence[str]) -> CodeList | None:
    """Return what a column can be read with; None when it takes any text."""
    if field.as_ not in {"code", "codes", "place"} and not (field.as_ == "text" and allowed):
        return None
    known = set(allowed)
    answers = {spelling: code for spelling, code in codes.items() if not known or not code or code in known}
    spelled = set(answers.values())
    answers |= {code: code for code in allowed if code not in spelled or code not in answers}
    if not answers:
        return None
    first: dict[str, str] = {}
    for spelling, code in answers.items():
        first.setdefault(code, spelling)
    labels = {text: first[code] for code, said in wording(programme).items() if code in first for text in said.values()}
    near: dict[str, str] = {}
    for text, answer in [*((spelling, spelling) for spelling in answers if answers[spelling]), *labels.items()]:
        near.setdefault(_folded(text), answer)
    near.pop("", None)
    return CodeList(field=field, codes=codes, answers=answers, near=near, allowed=tuple(allowed))


def _folded(text: str) -> str:
    """Return a spelling folded, without article and marks between words."""
    words = "".join(char if char.isalnum() else " " for char in fold(text)).split()
    return " ".join(word[2:] if word.startswith(_ARTICLE) and len(word) >= 2 + _LEAST_AFTER_ARTICLE else word for word in words)
