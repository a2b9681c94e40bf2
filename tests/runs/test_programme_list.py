"""The list of programmes: what ships, what lies in a folder, what is broken."""

from __future__ import annotations

import shutil

import pytest

from aljabr.errors import UsageError
from aljabr.programmes import load_programme
from aljabr.programmes.folder import shipped_programmes
from aljabr.runs.programme_list import list_programmes


def test_the_shipped_ones_are_listed_with_hash_sign_off_and_tables():
    told = {entry["name"]: entry for entry in list_programmes().to_dict()["programmes"]}
    assert list(told) == ["IQ-LAW20", "IQ-SURVIVORS", "UN-UNCC"]
    law = load_programme("IQ-LAW20")
    entry = told["IQ-LAW20"]
    assert (entry["hash"], entry["tables"], entry["tables_signed"], entry["signed_off"]) == (law.hash, 11, 0, False)
    assert entry["shipped"] and not entry["synthetic_only"] and told["IQ-SURVIVORS"]["synthetic_only"]
    assert "ninewa-2024" in entry["funds"] and "committee" in entry["mappings"]


def test_a_folders_programmes_come_after_them_and_a_broken_one_says_why(tmp_path):
    shutil.copytree(shipped_programmes()["UN-UNCC"], tmp_path / "draft")
    (tmp_path / "ill").mkdir()
    (tmp_path / "ill" / "programme.yaml").write_text("key: [", encoding="utf-8")
    (tmp_path / "notes").mkdir()
    listed = list_programmes(tmp_path).programmes[3:]
    assert [(entry.name, entry.shipped, bool(entry.fault)) for entry in listed] == [("UN-UNCC", False, False), ("ill", False, True)]
    assert any("✗" in line for line in list_programmes(tmp_path).lines())
    alone = list_programmes(tmp_path / "draft").programmes[3:]
    assert [entry.name for entry in alone] == ["UN-UNCC"]


def test_a_folder_without_programmes_is_refused(tmp_path):
    with pytest.raises(UsageError, match="holds no programme"):
        list_programmes(tmp_path)
    with pytest.raises(UsageError, match="There is no folder"):
        list_programmes(tmp_path / "nowhere")
