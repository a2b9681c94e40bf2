"""Signed notes: the published examples verify, ours verify, and nothing else does."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.errors import AljabrError, CheckFailed
from aljabr.ledger.notes import (
    Checkpoint,
    decode_base64,
    new_run_key,
    read_verifier_key,
    sign_bytes,
    sign_checkpoint,
    verifier_key,
    verify_bytes,
    verify_checkpoint,
)

KEY = bytes(range(32))
POINT = Checkpoint(origin="aljabr/XX-TEST", size=3, root=hashlib.sha256(b"root").digest())
NOTE = sign_checkpoint(POINT, run_key=KEY)
VERIFIER = verifier_key(POINT.origin, run_key=KEY)

# Key and note of the example in the documentation of golang.org/x/mod/sumdb/note.
PUBLISHED_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def test_a_published_verifier_key_is_read() -> None:
    name, public = read_verifier_key(PUBLISHED_VERIFIER)
    assert name == "PeterNeumann"
    assert public.public_bytes_raw().hex().startswith("1a5cd907143c384c")


def test_a_published_note_was_signed_over_its_text_with_the_final_newline() -> None:
    text = b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    line = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    raw = decode_base64(line, size=68)
    _name, public = read_verifier_key(PUBLISHED_VERIFIER)
    public.verify(raw[4:], text)
    assert raw[:4].hex() == "c74f20a3"


def test_a_checkpoint_is_three_lines_a_gap_and_a_signature() -> None:
    lines = NOTE.split("\n")
    assert lines[:4] == ["aljabr/XX-TEST", "3", base64.b64encode(POINT.root).decode(), ""]
    assert lines[4].startswith("— aljabr/XX-TEST ") and lines[5] == "" and len(lines) == 6


def test_a_signed_checkpoint_verifies_and_is_the_same_bytes_again() -> None:
    assert verify_checkpoint(NOTE, verifier=VERIFIER) == POINT
    assert sign_checkpoint(POINT, run_key=KEY) == NOTE


def test_another_run_key_is_another_signer() -> None:
    other = verifier_key(POINT.origin, run_key=bytes(32))
    assert new_run_key() != new_run_key()
    with pytest.raises(CheckFailed):
        verify_checkpoint(NOTE, verifier=other)


@settings(deadline=None, max_examples=400)
@given(place=st.integers(0, len(NOTE.encode()) - 1), flip=st.integers(1, 255))
def test_no_byte_of_a_checkpoint_can_change(place: int, flip: int) -> None:
    changed = bytearray(NOTE.encode())
    changed[place] ^= flip
    with pytest.raises((CheckFailed, UnicodeDecodeError)):
        verify_checkpoint(changed.decode(), verifier=VERIFIER)


@pytest.mark.parametrize(
    "spell",
    [
        lambda note: note + "\n",
        lambda note: note + note.split("\n")[4] + "\n",
        lambda note: note.replace("\n3\n", "\n03\n"),
        lambda note: note.replace("\n3\n", "\n+3\n"),
        lambda note: note.replace("\n3\n", "\n٣\n"),
        lambda note: note.replace("\n", "\r\n"),
        lambda note: note.replace("=\n\n", "\n\n"),
        lambda note: note.replace("— ", "-- "),
        lambda note: note.strip("\n"),
        lambda _note: "",
    ],
)
def test_only_the_canonical_spelling_of_a_checkpoint_is_accepted(spell: object) -> None:
    with pytest.raises(CheckFailed):
        verify_checkpoint(spell(NOTE), verifier=VERIFIER)  # type: ignore[operator]


@pytest.mark.parametrize("text", ["AA==", "AAB=", "A A=", "AAA=\n", "AA-_", "AAA", "é==="])
def test_only_canonical_base64_is_accepted(text: str) -> None:
    with pytest.raises(CheckFailed):
        decode_base64(text, size=2)
    assert decode_base64("AAA=", size=2) == b"\x00\x00"


@pytest.mark.parametrize("origin", ["", "two words", "a+b", "line\nbreak", "no break"])
def test_a_log_has_a_name_without_spaces_and_plus_signs(origin: str) -> None:
    with pytest.raises(AljabrError, match="cannot name a log"):
        verifier_key(origin, run_key=KEY)


def test_a_short_run_key_is_refused() -> None:
    with pytest.raises(AljabrError, match="32 bytes"):
        verifier_key("aljabr/XX-TEST", run_key=b"short")


@settings(deadline=None, max_examples=100)
@given(body=st.binary(max_size=200), place=st.integers(0, 10_000), flip=st.integers(1, 255))
def test_a_detached_signature_holds_for_its_body_only(body: bytes, place: int, flip: int) -> None:
    signature = sign_bytes(body, run_key=KEY)
    assert verify_bytes(body, signature, verifier=VERIFIER)
    assert not verify_bytes(body + b"\x00", signature, verifier=VERIFIER)
    changed = bytearray(signature.encode())
    changed[place % len(changed)] ^= flip
    assert not verify_bytes(body, changed.decode("latin-1"), verifier=VERIFIER)


def test_a_checkpoint_cannot_be_passed_off_as_a_signed_manifest() -> None:
    signature = base64.b64encode(decode_base64(NOTE.split(" ")[-1].strip(), size=68)[4:]).decode()
    assert not verify_bytes(POINT.text().encode(), signature, verifier=VERIFIER)
