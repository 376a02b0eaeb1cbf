"""A security key made of software: it registers and signs as WebAuthn asks, honestly or not."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

HOST = "testserver"
USER_PRESENT, HAS_CREDENTIAL = 0x01, 0x40


class SecurityKey:
    """One key with one credential (WebAuthn level 2, §6 and §8.7)."""

    def __init__(self, host: str = HOST) -> None:
        self.host = host
        self.id = secrets.token_bytes(32)
        self._private = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: dict[str, Any]) -> str:
        """Answer the options of a registration."""
        public = ES256.from_cryptography_key(self._private.public_key())
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor.encode(dict(public))
        about = self._about(USER_PRESENT | HAS_CREDENTIAL) + credential
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": about})
        client = self._client("webauthn.create", options["publicKey"]["challenge"])
        return self._answer({"clientDataJSON": client, "attestationObject": attestation})

    def get(self, options: dict[str, Any], *, signed_by: SecurityKey | None = None) -> str:
        """Answer the options of an authentication; a forger lets another key sign."""
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        about = self._about(USER_PRESENT)
        private = (signed_by or self)._private
        signature = private.sign(about + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer({"clientDataJSON": client, "authenticatorData": about, "signature": signature})

    def _about(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + (1).to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": f"http://{self.host}", "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, bytes]) -> str:
        own_id = websafe_encode(self.id)
        written = {name: websafe_encode(value) for name, value in response.items()}
        return json.dumps(
            {"type": "public-key", "id": own_id, "rawId": own_id, "response": written, "clientExtensionResults": {}}
        )
