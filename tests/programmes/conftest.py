"""A copy of the shipped programme that a test may break."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from aljabr.programmes import shipped_programmes

TSA = Path(__file__).parent / "US-TSA"


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that copies IQ-LAW20 and replaces one text in one of its files (or appends to it)."""

    def edit(file: str = "", old: str = "", new: str = "") -> Path:
        folder = tmp_path / "IQ-LAW20"
        shutil.copytree(shipped_programmes()["IQ-LAW20"], folder, dirs_exist_ok=True)
        if file:
            path = folder / file
            path.parent.mkdir(exist_ok=True)
            before = path.read_text(encoding="utf-8") if path.exists() else ""
            assert old in before, f"{old!r} is not in {file}"
            path.write_text(before.replace(old, new, 1) if old else before + new, encoding="utf-8")
        return folder

    return edit
