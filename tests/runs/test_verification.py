"""Three kinds of checking: each passes on fresh output and fails on any changed byte, removed or extra file."""

from __future__ import annotations

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aljabr.relations import Database
from aljabr.runs import verify, write_opening
from aljabr.runs.manifest import manifest_problems


def quiet(_stage, _done, _total):
    return None


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="session")
def opened(finished, tmp_path_factory):
    with Database() as db:
        db.read("determinations", finished / "private" / "relations")
        identifier = db.value("SELECT min(determination_id) FROM determinations WHERE outcome = 'granted'")
    to = tmp_path_factory.mktemp("opening") / "opening.json"
    write_opening(finished, identifier, to)
    return to


def test_fresh_output_passes_all_three_kinds(finished, opened):
    held = verify(finished, progress=quiet)
    public = verify(finished / "public", progress=quiet)
    claimant = verify(finished / "public", opening=opened, progress=quiet)
    assert [held.problems, public.problems, claimant.problems] == [(), (), ()]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_byte_is_found(finished, data):
    path = data.draw(st.sampled_from(files(finished)), label="file")
    body = path.read_bytes()
    position = data.draw(st.integers(0, len(body) - 1), label="byte")
    changed = bytes([body[position] ^ data.draw(st.integers(1, 255), label="bits")])
    try:
        path.write_bytes(body[:position] + changed + body[position + 1 :])
        assert verify(finished, progress=quiet).problems
        if "public" in path.relative_to(finished).parts:
            assert verify(finished / "public", progress=quiet).problems
    finally:
        path.write_bytes(body)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_removed_file_is_found(finished, data):
    path = data.draw(st.sampled_from(files(finished)))
    aside = finished.with_name("aside")
    shutil.move(path, aside)
    try:
        if path.name == "manifest.json" and path.parent == finished:
            return
        assert verify(finished, progress=quiet).problems
    finally:
        shutil.move(aside, path)


@pytest.mark.parametrize("place", ["extra", "private/extra", "public/extra", "public/tiles/extra", "public/aggregates/extra.csv"])
def test_an_extra_file_is_found_by_whoever_can_see_it(finished, place):
    path = finished / place
    path.write_text("more")
    try:
        assert verify(finished, progress=quiet).problems
        if place.startswith("public"):
            assert verify(finished / "public", progress=quiet).problems
    finally:
        path.unlink()


def test_a_manifest_written_anew_without_the_key_is_found(finished):
    verifier = (finished / "public" / "verifier").read_text().strip()
    path = finished / "manifest.json"
    body = path.read_bytes()
    path.write_bytes(body.replace(b'"as_of":"2024-12-31"', b'"as_of":"2024-12-30"'))
    try:
        assert manifest_problems(finished, verifier) == ["manifest.sig does not sign manifest.json"]
    finally:
        path.write_bytes(body)


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_opening_with_any_value_changed_is_refused(finished, opened, tmp_path_factory, data):
    content = json.loads(opened.read_text())
    path = data.draw(st.sampled_from(sorted(leaves(content), key=str)))
    spot = content
    for step in path[:-1]:
        spot = spot[step]
    spot[path[-1]] = "tampered"
    changed = tmp_path_factory.mktemp("tampered") / "opening.json"
    changed.write_text(json.dumps(content))
    assert verify(finished / "public", opening=changed, progress=quiet).problems
