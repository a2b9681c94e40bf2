"""An input that is no regular file is refused by what it is, and no text of a library is passed on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aljabr.canonical import parsed
from aljabr.errors import AljabrError, UsageError
from aljabr.outside import check_given_file
from aljabr.runs import verify


def test_an_input_is_refused_by_what_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    (tmp_path / "folder.csv").mkdir()
    said = {
        tmp_path / "pipe.csv": "is a pipe, not a regular file",
        Path("/dev/zero"): "is a device, not a regular file",
        tmp_path / "loop.csv": "is a link that leads nowhere",
        tmp_path / "folder.csv": "is a folder",
        tmp_path / "none.csv": "There is no file",
    }
    for path, why in said.items():
        with pytest.raises(UsageError, match=why):
            check_given_file(path)


def test_a_link_to_a_file_is_taken(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("a\n")
    (tmp_path / "link.csv").symlink_to("list.csv")
    check_given_file(tmp_path / "link.csv")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"1" * 20_000, r"It is not JSON: a number has 20,000 characters\."),
        (b"[" * 100_000, r"It is nested too deeply\."),
        (b'{"x": "\xff"}', r"It is not UTF-8 at byte 7\."),
    ],
    ids=["long number", "deep", "bytes"],
)
def test_an_opening_that_cannot_be_read_is_said_in_plain_words(tmp_path: Path, body: bytes, why: str) -> None:
    (tmp_path / "opening.json").write_bytes(body)
    with pytest.raises(UsageError, match=f"cannot be read as an opening: {why}"):
        verify(tmp_path, opening=tmp_path / "opening.json", progress=lambda *_: None)


@pytest.mark.parametrize("body", [b'{"\\ud800":1}', b'{"a":"\\ud800"}'], ids=["key", "value"])
def test_half_a_character_is_said_in_plain_words(body: bytes) -> None:
    with pytest.raises(AljabrError, match="holds half a character"):
        parsed(body)
