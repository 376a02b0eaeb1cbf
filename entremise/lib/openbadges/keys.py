"""Keys of issuers and holders: Ed25519 (Data Integrity), RSA (VC-JWT, Open Badges 2.0), P-256 (SD-JWT VC, wallets).

A signature is made and checked here for every form; the forms only say over which bytes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

from entremise.lib.openbadges.encoding import (
    EncodingRefused,
    from_base64url,
    from_multibase,
    to_base64url,
    to_multibase,
)

RSA_BITS = 2048  # the least that Open Badges 3.0 allows (§8.2.4.1)
MAX_RSA_BITS = 4096  # of others' keys: a larger one makes each check slow
P256_BYTES = 32
ED25519_CODE, P256_CODE = b"\xed\x01", b"\x80\x24"  # multicodec, as Multikey writes them


class KeyRefused(ValueError):
    """The key cannot be used: unknown kind, too weak, or badly written."""


class Algorithm(StrEnum):
    """What a key signs with, by its JOSE name."""

    EDDSA = "EdDSA"
    RS256 = "RS256"
    ES256 = "ES256"


Public = ed25519.Ed25519PublicKey | rsa.RSAPublicKey | ec.EllipticCurvePublicKey
Private = ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that checks signatures."""

    algorithm: Algorithm
    material: Public

    @classmethod
    def from_jwk(cls, jwk: dict[str, Any]) -> PublicKey:
        """Read a JWK (RFC 7517); a secret in it is ignored, a symmetric key is refused."""
        try:
            return _public_from_jwk(jwk)
        except (KeyError, TypeError, ValueError, AttributeError, UnsupportedAlgorithm) as error:
            raise KeyRefused("not a usable JWK") from error

    @classmethod
    def from_multikey(cls, text: str) -> PublicKey:
        """Read a `publicKeyMultibase` (Controlled Identifiers 1.0 §2.2.2): Ed25519 or P-256."""
        try:
            raw = from_multibase(text)
            if raw.startswith(ED25519_CODE):
                return cls(Algorithm.EDDSA, ed25519.Ed25519PublicKey.from_public_bytes(raw[2:]))
            if raw.startswith(P256_CODE):
                point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw[2:])
                return cls(Algorithm.ES256, point)
        except (EncodingRefused, ValueError) as error:
            raise KeyRefused("not a usable Multikey") from error
        raise KeyRefused("a Multikey of an unknown kind")

    @classmethod
    def from_pem(cls, pem: bytes) -> PublicKey:
        """Read a public key in PEM, as Open Badges 2.0 publishes them."""
        try:
            return _public(serialization.load_pem_public_key(pem))
        except (ValueError, UnsupportedAlgorithm) as error:
            raise KeyRefused("not a usable PEM key") from error

    def jwk(self) -> dict[str, str]:
        """Return the JWK: its public members and `alg`, nothing else."""
        return _jwk_members(self.material) | {"alg": self.algorithm.value}

    def multikey(self) -> str:
        """Return the `publicKeyMultibase`; an RSA key has none."""
        if isinstance(self.material, ed25519.Ed25519PublicKey):
            return to_multibase(ED25519_CODE + self.material.public_bytes_raw())
        if isinstance(self.material, ec.EllipticCurvePublicKey):
            point = self.material.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
            return to_multibase(P256_CODE + point)
        raise KeyRefused("an RSA key has no Multikey form")

    def pem(self) -> str:
        """Return the key in PEM."""
        spki = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.material.public_bytes(serialization.Encoding.PEM, spki).decode()

    def thumbprint(self) -> str:
        """Return the JWK's SHA-256 thumbprint (RFC 7638)."""
        members = json.dumps(_jwk_members(self.material), separators=(",", ":"), sort_keys=True)
        return to_base64url(hashlib.sha256(members.encode()).digest())

    def verifies(self, signature: bytes, content: bytes) -> bool:
        """Tell whether the signature is this key's over these bytes (ES256: the 64 bytes of JOSE)."""
        try:
            if isinstance(self.material, ed25519.Ed25519PublicKey):
                self.material.verify(signature, content)
            elif isinstance(self.material, rsa.RSAPublicKey):
                self.material.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
            else:
                self.material.verify(_der(signature), content, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A key that signs; `repr` never shows it."""

    algorithm: Algorithm
    material: Private

    def __repr__(self) -> str:
        return f"PrivateKey({self.algorithm})"

    @classmethod
    def generate(cls, algorithm: Algorithm) -> PrivateKey:
        """Make a new key."""
        if algorithm is Algorithm.EDDSA:
            return cls(algorithm, ed25519.Ed25519PrivateKey.generate())
        if algorithm is Algorithm.RS256:
            return cls(algorithm, rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS))
        return cls(algorithm, ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def from_der(cls, der: bytes) -> PrivateKey:
        """Read a key written by `der`."""
        try:
            material = serialization.load_der_private_key(der, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise KeyRefused("not a usable private key") from error
        if not isinstance(material, Private):
            raise KeyRefused("a private key of an unknown kind")
        return cls(_public(material.public_key()).algorithm, material)

    def der(self) -> bytes:
        """Return the key as PKCS #8, in clear: encrypt it before it is kept."""
        pkcs8, clear = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        return self.material.private_bytes(serialization.Encoding.DER, pkcs8, clear)

    @property
    def public(self) -> PublicKey:
        """Return the key that checks what this one signs."""
        return PublicKey(self.algorithm, self.material.public_key())

    def sign(self, content: bytes) -> bytes:
        """Sign bytes (ES256: the 64 bytes of JOSE, RFC 7518 §3.4)."""
        if isinstance(self.material, ed25519.Ed25519PrivateKey):
            return self.material.sign(content)
        if isinstance(self.material, rsa.RSAPrivateKey):
            return self.material.sign(content, padding.PKCS1v15(), hashes.SHA256())
        r, s = utils.decode_dss_signature(self.material.sign(content, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(P256_BYTES, "big") + s.to_bytes(P256_BYTES, "big")


def _public(material: object) -> PublicKey:
    if isinstance(material, ed25519.Ed25519PublicKey):
        return PublicKey(Algorithm.EDDSA, material)
    if isinstance(material, rsa.RSAPublicKey) and RSA_BITS <= material.key_size <= MAX_RSA_BITS:
        return PublicKey(Algorithm.RS256, material)
    if isinstance(material, ec.EllipticCurvePublicKey) and isinstance(material.curve, ec.SECP256R1):
        return PublicKey(Algorithm.ES256, material)
    raise KeyRefused("a key of an unknown kind, too short or too long")


def _public_from_jwk(jwk: dict[str, Any]) -> PublicKey:
    kind, curve = jwk.get("kty"), jwk.get("crv")
    if kind == "OKP" and curve == "Ed25519":
        return _public(ed25519.Ed25519PublicKey.from_public_bytes(from_base64url(jwk["x"])))
    if kind == "EC" and curve == "P-256":
        numbers = ec.EllipticCurvePublicNumbers(_number(jwk["x"]), _number(jwk["y"]), ec.SECP256R1())
        return _public(numbers.public_key())
    if kind == "RSA":
        modulus = from_base64url(jwk["n"])
        if len(modulus) * 8 > MAX_RSA_BITS + 8:
            raise KeyRefused("too long")
        return _public(rsa.RSAPublicNumbers(_number(jwk["e"]), int.from_bytes(modulus, "big")).public_key())
    raise KeyRefused("a JWK of an unknown kind")


def _jwk_members(material: Public) -> dict[str, str]:
    if isinstance(material, ed25519.Ed25519PublicKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": to_base64url(material.public_bytes_raw())}
    if isinstance(material, rsa.RSAPublicKey):
        rsa_numbers = material.public_numbers()
        return {"kty": "RSA", "n": _unsigned(rsa_numbers.n), "e": _unsigned(rsa_numbers.e)}
    numbers = material.public_numbers()
    x, y = (to_base64url(one.to_bytes(P256_BYTES, "big")) for one in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def _number(text: str) -> int:
    return int.from_bytes(from_base64url(text), "big")


def _unsigned(number: int) -> str:
    return to_base64url(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def _der(signature: bytes) -> bytes:
    if len(signature) != 2 * P256_BYTES:
        raise InvalidSignature
    r, s = signature[:P256_BYTES], signature[P256_BYTES:]
    return utils.encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
