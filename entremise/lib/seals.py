"""The seals of a journal: what is hashed, what is signed, and how a person's proof is checked, without any database.

Lines are sealed in batches. A batch is a Merkle tree over its lines; batches are the leaves of one growing tree. A
head says how far the journal goes, and is signed (Ed25519, RFC 8032): it commits to every line before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from entremise.lib import merkle

FORMAT = 1  # of the lines, the batches and the heads
COLUMNS = (
    "id", "transaction_id", "at", "verb", "actor_kind", "actor_id", "organisation_id", "purpose", "subject_type",
    "subject_id", "person_id", "before", "after", "data",
)  # fmt: skip
PERSON = COLUMNS.index("person_id")
KEY_ID_LENGTH = 16
NOTHING_BEFORE = ""


class ProofRefused(ValueError):
    """A proof does not hold; the message says which part, in French."""


@dataclass(frozen=True, slots=True)
class Head:
    """How far the journal goes after one batch, and what it commits to; hashes are in hexadecimal."""

    number: int  # of the batch, from 1: also the size of the tree of batches
    at: str
    line_count: int  # of the batch
    total_count: int  # of the journal up to there
    last_transaction: int
    last_id: int
    batch: str
    root: str
    previous: str  # hash of the head before
    key: str
    signature: str = ""
    format: int = FORMAT

    def fields(self) -> dict[str, Any]:
        """Return the head as what a file of JSON holds."""
        return asdict(self)

    def message(self) -> bytes:
        """Return what is signed: every field but the signature."""
        return canonical({name: value for name, value in self.fields().items() if name != "signature"})

    def digest(self) -> str:
        """Return the hash by which the next head names this one."""
        return hashlib.sha256(self.message()).hexdigest()

    def leaf(self) -> bytes:
        """Return this batch as a leaf of the tree of batches."""
        fields = [self.format, self.number, self.line_count, self.last_transaction, self.last_id, self.batch]
        return merkle.leaf_hash(canonical(fields))

    def with_root(self, root: bytes) -> Head:
        """Return the head once the tree of batches is known."""
        return replace(self, root=root.hex())

    def text(self) -> str:
        """Return the head as one line of a file."""
        return canonical(self.fields()).decode()

    @classmethod
    def parse(cls, text: str) -> Head:
        """Read the line of a file, or raise ValueError."""
        return cls.of(json.loads(text))

    @classmethod
    def of(cls, fields: Any) -> Head:
        """Make a head of its fields, or raise ValueError."""
        kinds = {name: str(kind) for name, kind in cls.__annotations__.items()}
        if not isinstance(fields, dict) or set(fields) != set(kinds):
            raise ValueError("not the fields of a head")
        if any(type(value).__name__ != kinds[name] for name, value in fields.items()):
            raise ValueError("a field of the head is of another kind")
        return cls(**fields)


def canonical(value: Any) -> bytes:
    """Write a value of text and whole numbers in the one way that is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def line_bytes(columns: Sequence[str | None]) -> bytes:
    """Return the bytes of a line that are hashed: its columns as text, in the order of `COLUMNS`."""
    return canonical(columns)


def public_text(key: Ed25519PublicKey) -> str:
    """Write a public key in hexadecimal."""
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def public_key(text: str) -> Ed25519PublicKey:
    """Read a public key, or raise ValueError."""
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text.strip()))


def key_id(key: Ed25519PublicKey) -> str:
    """Return the short name of a key."""
    return hashlib.sha256(bytes.fromhex(public_text(key))).hexdigest()[:KEY_ID_LENGTH]


def signed(head: Head, key: Ed25519PrivateKey) -> Head:
    """Return the head with its signature."""
    return replace(head, signature=key.sign(head.message()).hex())


def is_signed(head: Head, keys: Mapping[str, Ed25519PublicKey]) -> bool:
    """Tell whether a head carries the signature of one of these keys, by their short names."""
    key = keys.get(head.key)
    if key is None:
        return False
    try:
        key.verify(bytes.fromhex(head.signature), head.message())
    except (InvalidSignature, ValueError):
        return False
    return True


def check_proof(proof: Any, keys: Mapping[str, Ed25519PublicKey]) -> list[list[str | None]]:
    """Return the lines that a proof shows to be sealed in the journal, or raise ProofRefused."""
    try:
        latest = Head.of(proof["head"])
        batches, lines = proof["batches"], proof["lines"]
        _check_head(latest, keys)
        sealed = {number: _checked_batch(batch, latest, keys) for number, batch in batches.items()}
        return [_checked_line(line, sealed, proof["person"]) for line in lines]
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        if isinstance(fault, ProofRefused):
            raise
        raise ProofRefused("Ce fichier n'est pas une preuve, ou il a été abîmé.") from fault


def _check_head(head: Head, keys: Mapping[str, Ed25519PublicKey]) -> None:
    if not is_signed(head, keys):
        raise ProofRefused(f"La tête n° {head.number} du journal n'est pas signée par la clé indiquée.")


def _checked_batch(batch: Any, latest: Head, keys: Mapping[str, Ed25519PublicKey]) -> Head:
    head = Head.of(batch["head"])
    _check_head(head, keys)
    path = [bytes.fromhex(step) for step in batch["path"]]
    if not merkle.is_included(head.leaf(), head.number - 1, latest.number, path, bytes.fromhex(latest.root)):
        raise ProofRefused(f"Le lot n° {head.number} ne fait pas partie du journal que la dernière tête décrit.")
    return head


def _checked_line(line: Any, sealed: Mapping[str, Head], person: str) -> list[str | None]:
    head = sealed[line["batch"]]
    columns: list[str | None] = line["columns"]
    path = [bytes.fromhex(step) for step in line["path"]]
    leaf = merkle.leaf_hash(line_bytes(columns))
    if not merkle.is_included(leaf, line["place"], head.line_count, path, bytes.fromhex(head.batch)):
        raise ProofRefused(f"La ligne n° {columns[0]} n'est pas celle qui a été scellée dans le lot n° {head.number}.")
    if columns[PERSON] != person:
        raise ProofRefused(f"La ligne n° {columns[0]} concerne quelqu'un d'autre.")
    return columns
