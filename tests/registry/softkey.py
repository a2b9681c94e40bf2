"""A key in software, for tests of WebAuthn: it signs what a browser would let it sign."""

from __future__ import annotations

import hashlib
import json

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

FLAGS_MADE, FLAGS_USED = 0x41, 0x01


class SoftKey:
    """One key pair for one site."""

    def __init__(self, site: str, origin: str) -> None:
        self.private = generate_private_key(SECP256R1())
        self.site = hashlib.sha256(site.encode()).digest()
        self.origin, self.name, self.counter = origin, b"softkey-0001-" + self.site[:8], 0

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, client: bytes, **response: bytes) -> dict:
        name = websafe_encode(self.name)
        said = {key: websafe_encode(value) for key, value in response.items()}
        return {"id": name, "rawId": name, "type": "public-key", "response": {"clientDataJSON": websafe_encode(client), **said}}

    def make(self, options: dict) -> dict:
        public = AttestedCredentialData.create(Aaguid.NONE, self.name, ES256.from_cryptography_key(self.private.public_key()))
        data = AuthenticatorData.create(self.site, FLAGS_MADE, self.counter, public)
        client = self._client("webauthn.create", options["publicKey"]["challenge"])
        return self._answer(client, attestationObject=bytes(AttestationObject.create("none", data, {})))

    def sign(self, options: dict, *, counter: int | None = None) -> dict:
        self.counter = self.counter + 1 if counter is None else counter
        data = bytes(AuthenticatorData.create(self.site, FLAGS_USED, self.counter))
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        signature = self.private.sign(data + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        assert websafe_decode(options["publicKey"]["challenge"])
        return self._answer(client, authenticatorData=data, signature=signature)
