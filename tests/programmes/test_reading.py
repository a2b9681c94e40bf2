"""YAML that could be read in two ways is refused with file, line and key."""

from __future__ import annotations

from datetime import date

import pytest

from aljabr.errors import ProgrammeBroken
from aljabr.programmes.reading import read_yaml_text


def read(text: str) -> object:
    return read_yaml_text(text, name="amounts/x.yaml").content


def test_plain_values_are_read_as_written() -> None:
    content = read("a: 5_000_000_000\nb: true\nc: 2016-01-25\nd: text\ne: ~\nf: [1, -2]\n")
    assert content == {"a": 5_000_000_000, "b": True, "c": date(2016, 1, 25), "d": "text", "e": None, "f": [1, -2]}


@pytest.mark.parametrize("word", ["no", "off", "yes", "on", "010", "1:30", "0x1f", "0b1"])
def test_words_that_yaml_1_1_would_convert_stay_text(word: str) -> None:
    assert read(f"key: {word}") == {"key": word}


def test_the_key_on_stays_text() -> None:
    assert read("on: 2024-01-01") == {"on": date(2024, 1, 1)}


@pytest.mark.parametrize(
    ("text", "line", "key", "says"),
    [
        ("a: 1\nb:\n  - share: 0.5\n", 3, "b[0].share", "fraction 0.5"),
        ("a: 1\nb: 1e3\n", 2, "b", "fraction 1e3"),
        ("a: .inf\n", 1, "a", "fraction .inf"),
        ("a: 1\nc: 2\na: 3\n", 3, "a", "stands twice"),
        ("codes:\n  1: male\n", 2, "codes", "not text"),
        ("a:\n  from_on: 2016-02-30\n", 2, "a.from_on", "no day"),
        ("a: 2016-01-25T10:00:00\n", 1, "a", "no day"),
        ("a: !!python/name:os.system x\n", 1, "a", "tag"),
        ("a: !x {b: 1}\n", 1, "a", "tag"),
        ("a: 1\nb: [2, -" + "9" * 20_000 + "]\n", 2, "b[1]", "number of 20,000 digits"),
        ("a: 1234567890123456789\n", 1, "a", "number of 19 digits"),
    ],
    ids=[
        "fraction",
        "exponent",
        "infinity",
        "twice",
        "number-as-key",
        "no-such-day",
        "instant",
        "python",
        "own-tag",
        "digits",
        "19-digits",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(text: str, line: int, key: str, says: str) -> None:
    with pytest.raises(ProgrammeBroken) as refusal:
        read(text)
    assert says in refusal.value.what
    assert refusal.value.details == {"file": "amounts/x.yaml", "line": line, "key": key}
    assert f"amounts/x.yaml, line {line}" in refusal.value.what


@pytest.mark.parametrize(("text", "line"), [("a: [1\nb: 2\n", 2), ("a: &x 1\nb: *x\n", 2), ("a:\n\tb: 1\n", 2)])
def test_broken_yaml_and_aliases_name_the_line(text: str, line: int) -> None:
    with pytest.raises(ProgrammeBroken, match=rf"amounts/x\.yaml, line {line} is not YAML"):
        read(text)


def test_a_number_that_begins_with_zeros_or_is_a_key_is_not_a_number() -> None:
    assert read("a: 0" + "9" * 20_000) == {"a": "0" + "9" * 20_000}
    with pytest.raises(ProgrammeBroken, match="has the key '9999") as refusal:
        read("? " + "9" * 20_000 + "\n: 1")
    assert len(str(refusal.value)) < 1000


def test_what_doubles_by_aliases_is_refused() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    with pytest.raises(ProgrammeBroken, match="an alias is not allowed"):
        read("a0: &a0 x\n" + levels)


def test_a_file_nested_without_end_is_refused() -> None:
    with pytest.raises(ProgrammeBroken, match="nested too deeply"):
        read("[" * 5000 + "]" * 5000)
