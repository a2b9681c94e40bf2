"""Guesses what each column of an unknown source holds: by the programme's own mappings, by its header, by what its values read as.

Order: every column gets at most one target, the surest column of a target keeps it; the values are read with the readings of intake
themselves, and a header whose values do not read is not believed. Dates, amounts and names under a header that is not known are
said, never taken. Nothing is written here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa
from rapidfuzz import fuzz, process

from aljabr.formats import TARGETS, interpret
from aljabr.linkage.meanings import SEXES
from aljabr.programmes.records import Field_, Programme
from aljabr.runs.header_words import plain, read_header_words
from aljabr.runs.intake_values import known_codes
from aljabr.runs.suggestions import CodeList, code_list
from aljabr.values import PartialDate

READABLE, CODED, SURE = 0.8, 0.6, 0.9
_SAMPLE = 2_000
_LABEL = 88
# A word this long that only one fact's labels have points to that fact.
_WORD = 4
_LEAST_VALUES = 3
# More different values than this are addresses, not districts.
_PLACES = 60
_CODED_SAMPLE = 300
_CODED_TARGETS = ("item.harm", "relation", "claimant.sex", "exhibits")
_SEPARATORS = (";", "،", ",", "+", "/", "|", "؛", "-", "\n")
_ORDERS = ("dmy", "ymd", "mdy")
_SAME_CODES = {
    "claimant.sex": "victim.sex", "victim.sex": "claimant.sex", "claimant.place": "item.place", "item.place": "claimant.place",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its name and its values, most frequent first, each with its rows; ``rows`` counts empty cells too."""

    name: str
    values: tuple[tuple[str, int], ...]
    rows: int

    def filled(self) -> int:
        """Return how many rows hold a value."""
        return sum(rows for _, rows in self.values)


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What a column is taken for; ``taken`` is None when it is better ignored, and ``why`` then says what it looks like."""

    column: Column
    taken: Field_ | None
    sureness: float
    why: str
    codes: CodeList | None = field(default=None, repr=False)


def columns_of(table: pa.Table) -> list[Column]:
    """Return the columns of a table of text, without its row and line numbers."""
    columns = []
    for name in table.column_names[2:]:
        counts = Counter(text.strip() for text in table.column(name).to_pylist() if text and text.strip())
        ordered = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
        columns.append(Column(name=name, values=ordered, rows=table.num_rows))
    return columns


def guess_columns(programme: Programme, columns: Sequence[Column]) -> list[Guess]:
    """Return one guess for every column, in their order; no target is guessed twice."""
    known = _Known(programme)
    guesses = [known.guess(column) for column in columns]
    best: dict[str, Guess] = {}
    for guess in guesses:
        if guess.taken and (guess.taken.to not in best or guess.sureness > best[guess.taken.to].sureness):
            best[guess.taken.to] = guess
    return [
        guess if guess.taken is None or best[guess.taken.to] is guess else _second(guess, best[guess.taken.to]) for guess in guesses
    ]


def _second(guess: Guess, first: Guess) -> Guess:
    assert guess.taken is not None
    return replace(guess, taken=None, why=f"looks like {guess.taken.to} too, but {first.column.name!r} fits better")


class _Known:
    """What the programme knows already: headers of its mappings, spellings of its codes, labels of its facts."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._headers: dict[str, Field_] = {}
        self._spellings: dict[str, dict[str, str]] = {}
        for mapping in programme.mappings:
            for header, taken in mapping.columns.items():
                self._headers.setdefault(plain(header), taken)
                for spelling, code in mapping.codes.get(taken.codes, {}).items():
                    self._spellings.setdefault(taken.to, {}).setdefault(spelling, code)
        self._facts = {fact.name: fact for fact in programme.facts if fact.source == "intake"}
        self._labels = {plain(text.partition("(")[0]): name for name, fact in self._facts.items() for text in fact.label.values()}
        self._labels |= {plain(name.removesuffix("_minor")): name for name in self._facts}
        said = {(word, name) for label, name in self._labels.items() for word in label.split() if len(word) >= _WORD}
        counts = Counter(word for word, _ in said)
        self._words = {word: name for word, name in said if counts[word] == 1}

    def guess(self, column: Column) -> Guess:
        refused = ""
        for target, sureness, why in self._by_header(column.name):
            found = self._read(column, target)
            if found is None:
                continue
            taken, share, codes = found
            if not column.values:
                share, said = 0.8, f"{why}; it holds no value here"
            elif share >= (READABLE if codes is None else CODED):
                said = f"{why}; {share:.0%} of its values read as {taken.as_}"
            elif taken.as_ == "place" and len(column.values) > _PLACES:
                refused = refused or f"{why}, but its values are addresses rather than codes"
                continue
            elif sureness >= SURE or codes is not None:
                share, said = 0.5, f"{why}; only {share:.0%} of its values {'are known codes' if codes else f'read as {taken.as_}'}"
            else:
                refused = refused or f"{why}, but few of its values read as that"
                continue
            return Guess(column=column, taken=taken, sureness=round(sureness * share, 3), why=said, codes=codes)
        if not column.values:
            return Guess(column=column, taken=None, sureness=1.0, why="its header is not known and it holds no value")
        return self._by_content(column, refused)

    def _by_header(self, header: str) -> Iterator[tuple[str, float, str]]:
        name = plain(header)
        if name in self._headers:
            yield self._headers[name].to, 1.0, "a mapping of the programme knows this header"
        found = read_header_words(header)
        if found:
            yield found.target, 0.95 if found.exact else 0.8, f"its header says {found.target}"
        near = process.extractOne(name, sorted(self._labels), scorer=fuzz.token_set_ratio, score_cutoff=_LABEL) if name else None
        if near:
            yield f"facts.{self._labels[near[0]]}", 0.7, f"its header is like the fact {self._labels[near[0]]}"
        told = {self._words[word] for word in name.split() if word in self._words}
        if len(told) == 1 and (fact := self._facts[told.pop()]).type != "string":
            yield f"facts.{fact.name}", 0.6, f"its header has a word of the fact {fact.name}"

    def _read(self, column: Column, target: str) -> tuple[Field_, float, CodeList | None] | None:
        """Return how a column is best read for a target, the share of its rows that read so, and its codes."""
        best: tuple[Field_, float, CodeList | None] | None = None
        for one in self._readings(column, target):
            codes = self._codes(one)
            share = self._share(column, one, codes)
            if best is None or share > best[1]:
                best = one, share, codes
        return best

    def _readings(self, column: Column, target: str) -> Iterator[Field_]:
        kind, _, name = target.partition(".")
        if kind == "facts":
            if name not in self._facts:
                return
            fact = self._facts[name]
            reading = {"number": "number", "boolean": "boolean", "date": "date"}.get(fact.type, "text")
            if name.endswith("_minor"):
                reading = "money"
            elif fact.values or fact.values_from:
                reading = "code"
        elif kind == "exhibits" and name:
            reading = "boolean"
        elif target in TARGETS:
            reading = TARGETS[target].readings[0]
        else:
            return
        plainly = Field_.model_validate({"to": target, "as": reading})
        if reading == "date":
            yield from (plainly.model_copy(update={"order": order}) for order in _ORDERS)
            yield plainly.model_copy(update={"calendar": "hijri"})
        elif reading == "codes":
            used = [one for one in _SEPARATORS if any(one in value for value, _ in column.values)]
            yield from (plainly.model_copy(update={"separator": one}) for one in used or [";"])
        elif reading == "place" and self._codes(plainly) is None:
            yield plainly.model_copy(update={"as_": "text"})
        else:
            yield plainly

    def _codes(self, one: Field_) -> CodeList | None:
        allowed = known_codes(self._programme, one.to)
        spelled = self._spellings.get(one.to) or self._spellings.get(_SAME_CODES.get(one.to, ""), {})
        if one.to.endswith(".sex"):
            spelled = {word: code for code, words in SEXES.items() for word in words} | spelled
        return code_list(self._programme, one, codes=spelled, allowed=allowed)

    def _share(self, column: Column, one: Field_, codes: CodeList | None) -> float:
        sample = column.values[: _SAMPLE if codes is None else _CODED_SAMPLE]
        if codes is not None:
            read = [not codes.unknown(value) or all(map(codes.same, codes.unknown(value))) for value, _ in sample]
        else:
            texts = [value for value, _ in sample]
            readings = interpret(texts, one, currency=self._programme.currency)
            read = [code is None for _, code, _ in readings]
            if one.calendar == "hijri":
                read = [ok and _in_hijri_years(value) for ok, value in zip(read, texts, strict=True)]
        rows = sum(count for _, count in sample)
        return sum(count for (_, count), ok in zip(sample, read, strict=True) if ok) / max(rows, 1)

    def _by_content(self, column: Column, refused: str) -> Guess:
        """Take a column for coded values it holds, or for telephones; say of anything else what it looks like."""
        for target in _CODED_TARGETS:
            found = self._read(column, target)
            if found and found[2] and found[1] >= READABLE and column.filled() >= _LEAST_VALUES:
                why = f"its header is not known; {found[1]:.0%} of its values are codes of {target}"
                return Guess(column=column, taken=found[0], sureness=round(0.5 * found[1], 3), why=why, codes=found[2])
        texts = [value for value, _ in column.values[:_SAMPLE]]
        phones = [text for text in texts if sum(map(str.isdecimal, text)) >= 10 and text.lstrip("+0").lstrip("964")[:1] == "7"]
        if len(texts) >= _LEAST_VALUES and len(phones) >= SURE * len(texts):
            taken = Field_.model_validate({"to": "claimant.phone", "as": "phone"})
            return Guess(
                column=column, taken=taken, sureness=0.4, why="its header is not known; its values look like mobile numbers"
            )
        looks = self._looks(column)
        return Guess(column=column, taken=None, sureness=0.5, why=f"{refused or 'its header is not known'}; {looks}")

    def _looks(self, column: Column) -> str:
        texts = [value for value, _ in column.values[:_SAMPLE]]
        money = tuple(f"facts.{name}" for name in self._facts if name.endswith("_minor"))
        for reading, targets in (_LOOKS | {"money": (*_LOOKS["money"], *money)}).items():
            one = Field_.model_validate({"to": targets[0], "as": reading})
            readings = interpret(texts, one, currency=self._programme.currency)
            if sum(value is not None and code is None for value, code, _ in readings) >= SURE * len(texts):
                return f"its values look like {_NOUNS[reading]}: perhaps {' or '.join(targets)}, as: {reading}"
        if len(column.values) == column.filled() and all(any(map(str.isdecimal, text)) for text in texts):
            return "every row has another number: perhaps reference or claimant.id_number"
        if all(2 <= len(text.split()) <= 7 and not any(map(str.isdecimal, text)) for text in texts):
            return "its values are several words of letters: perhaps claimant.full_name or victim.full_name, as: name"
        return f"{column.filled()} of {column.rows} rows hold a value, {len(column.values)} different ones"


_LOOKS = {
    "boolean": ("exhibits.KIND", "facts.NAME"),
    "date": ("filed_on", "item.incident_on", "claimant.born"),
    "money": ("item.claimed",),
}
_NOUNS = {"boolean": "yes and no", "date": "dates", "money": "amounts"}


def _in_hijri_years(value: str) -> bool:
    digits = "".join(char if char.isdecimal() else " " for char in value).split()
    return any(1300 <= int(part) <= 1500 for part in digits if len(part) == 4)


def ambiguous_order(column: Column, taken: Field_) -> bool:
    """Return whether no date of a column tells the day from the month."""
    texts = [value for value, _ in column.values[:_SAMPLE]]

    def read(order: str) -> list[PartialDate | None]:
        readings = interpret(texts, taken.model_copy(update={"order": order}))
        return [value if isinstance(value, PartialDate) else None for value, _, _ in readings]

    first, other = read("dmy"), read("mdy")
    return first != other and None not in {*first, *other}


def spellings(codes: CodeList, values: Sequence[tuple[str, int]]) -> Mapping[str, int]:
    """Return the single spellings of a coded column, with the rows of each, most frequent first."""
    counted: Counter[str] = Counter()
    for value, rows in values:
        for part in codes.parts(value):
            counted[part] += rows
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
