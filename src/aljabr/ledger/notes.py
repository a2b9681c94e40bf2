"""Signed notes and checkpoints: what the log says of itself, signed with Ed25519, in the format of C2SP.

A checkpoint is a note of three lines: origin, number of leaves, root. The signing key is derived from the run key, so that the same
run signs the same bytes; Ed25519 signatures are deterministic. Exactly one signature is accepted and every spelling but the
canonical one is refused: a note that verifies has not had one byte changed. Witness signatures will be files of their own.

References
----------
C2SP signed-note, C2SP tlog-checkpoint; RFC 8032 (Ed25519); RFC 5869 (HKDF); RFC 4648 section 3.5 (canonical base64).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from aljabr.errors import AljabrError, CheckFailed

_ED25519 = b"\x01"
_KEY_INFO = b"aljabr ledger signing key, version 1"
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
_KEY_ID = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """What a log committed to at one size: ``origin`` names the log, ``root`` is the Merkle root over ``size`` leaves."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the note's text, which is what is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def new_run_key() -> bytes:
    """Return 32 random bytes; salts and signing key of one run derive from them, and they never leave ``OUT.work``."""
    return secrets.token_bytes(32)


def verifier_key(origin: str, *, run_key: bytes) -> str:
    """Return the public verifier key, ``name+id+base64(type and key)``.

    Raises
    ------
    AljabrError
        When the origin is empty or has spaces, control characters or a plus sign.
    """
    if not _NAME.fullmatch(origin):
        raise AljabrError(f"{origin!r} cannot name a log.", "Use a name without spaces and plus signs, such as example.org/log.")
    public = _signing_key(run_key).public_key().public_bytes_raw()
    return f"{origin}+{_key_id(origin, public).hex()}+{base64.b64encode(_ED25519 + public).decode()}"


def sign_checkpoint(checkpoint: Checkpoint, *, run_key: bytes) -> str:
    """Return the signed note of a checkpoint; the key's name is the origin."""
    name, public = read_verifier_key(verifier_key(checkpoint.origin, run_key=run_key))
    text = checkpoint.text()
    signature = _signing_key(run_key).sign(text.encode())
    blob = base64.b64encode(_key_id(name, public.public_bytes_raw()) + signature).decode()
    return f"{text}\n— {name} {blob}\n"


def verify_checkpoint(note: str, *, verifier: str) -> Checkpoint:
    """Return the checkpoint of a signed note.

    Parameters
    ----------
    note : str
        The whole note, with its one signature line.
    verifier : str
        Verifier key; its name must be the origin.

    Returns
    -------
    Checkpoint

    Raises
    ------
    CheckFailed
        When note or key is not in canonical form or the signature does not hold.
    """
    name, public = read_verifier_key(verifier)
    lines = note.split("\n")
    if len(lines) != 6 or lines[3] or lines[5] or lines[0] != name or not _SIZE.fullmatch(lines[1]):
        raise CheckFailed("The checkpoint is not three lines, an empty line and one signature.", "Fetch it again.")
    checkpoint = Checkpoint(origin=name, size=int(lines[1]), root=decode_base64(lines[2], size=32))
    prefix = f"— {name} "
    if not lines[4].startswith(prefix):
        raise CheckFailed("The checkpoint is not signed by the log it names.", "Fetch it again.")
    blob = decode_base64(lines[4].removeprefix(prefix), size=68)
    if blob[:4] != _key_id(name, public.public_bytes_raw()) or not _holds(public, blob[4:], checkpoint.text().encode()):
        raise CheckFailed("The checkpoint's signature does not hold.", "Somebody changed it, or the verifier key is another log's.")
    return checkpoint


def sign_bytes(body: bytes, *, run_key: bytes) -> str:
    """Return the base64 of the Ed25519 signature of ``body`` by the run's key (for the manifest)."""
    return base64.b64encode(_signing_key(run_key).sign(_DETACHED + body)).decode()


def verify_bytes(body: bytes, signature: str, *, verifier: str) -> bool:
    """Return whether ``signature`` is the canonical base64 of a signature of ``body`` by the verifier key.

    Raises
    ------
    CheckFailed
        When the verifier key is not in canonical form.
    """
    _name, public = read_verifier_key(verifier)
    try:
        raw = decode_base64(signature, size=64)
    except CheckFailed:
        return False
    return _holds(public, raw, _DETACHED + body)


def read_verifier_key(verifier: str) -> tuple[str, Ed25519PublicKey]:
    """Return name and public key of a verifier key.

    Raises
    ------
    CheckFailed
        When it is not in canonical form or its id is not that of name and key.
    """
    name, _, rest = verifier.partition("+")
    key_id, _, encoded = rest.partition("+")
    if not _NAME.fullmatch(name) or not _KEY_ID.fullmatch(key_id):
        raise CheckFailed("The verifier key is not name+id+key.", "Fetch it again.")
    raw = decode_base64(encoded, size=33)
    if raw[:1] != _ED25519 or _key_id(name, raw[1:]).hex() != key_id:
        raise CheckFailed("The verifier key's id is not that of its name and key.", "Fetch it again.")
    return name, Ed25519PublicKey.from_public_bytes(raw[1:])


def decode_base64(text: str, *, size: int) -> bytes:
    """Return the bytes of canonical base64: padded, nothing else in it, no bit unaccounted for, ``size`` bytes long.

    Raises
    ------
    CheckFailed
        When it is anything else.
    """
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CheckFailed(f"{text[:80]!r} is not base64.", "Fetch it again.") from error
    if len(raw) != size or base64.b64encode(raw).decode() != text:
        raise CheckFailed(f"{text[:80]!r} is not the canonical base64 of {size} bytes.", "Fetch it again.")
    return raw


# Kept apart from notes: no signed body can be passed off as a checkpoint, whose text never starts with a zero byte.
_DETACHED = b"\x00aljabr detached signature, version 1\n"


def _signing_key(run_key: bytes) -> Ed25519PrivateKey:
    if len(run_key) < 32:
        raise AljabrError("A run key has at least 32 bytes.", "Let the run make one.")
    return Ed25519PrivateKey.from_private_bytes(HKDF(algorithm=SHA256(), length=32, salt=None, info=_KEY_INFO).derive(run_key))


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def _holds(public: Ed25519PublicKey, signature: bytes, body: bytes) -> bool:
    try:
        public.verify(signature, body)
    except InvalidSignature:
        return False
    return True
