"""SD-JWT VC (`dc+sd-jwt`): a credential of which the person shows only what they choose, bound to the key of a wallet.

RFC 9901 (SD-JWT), draft-ietf-oauth-sd-jwt-vc, and HAIP §6.1: ES256, `cnf.jwk`, `iss` on https, `x5c` when there is a
certificate. Written here rather than with a library: the format is small, keys and refusals stay those of every other
form, and it is faster; tests compare with `sd-jwt` and openvc-core, and with the values of the RFC.

A path says where a value is in the issuer's claims: `("given_name",)`, `("skills", 2)`; indices count hidden items.

Refused with the codes of `jws` and `bad_token`, `token_type`, `bad_disclosure`, `too_many_disclosures`,
`disclosure_repeated`, `disclosure_unreferenced` (altered, or without the one that holds it), `digest_repeated`,
`reserved_claim`, `claim_repeated`, `claim_must_be_plain`, `unknown_hash`, `missing_claim`, `not_yet_valid`, `expired`,
`unknown_disclosure`, `already_presented`, and the codes of `sdjwt_binding`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from entremise.lib.openbadges import jws, limits, moments
from entremise.lib.openbadges.claims import StatusRef, written
from entremise.lib.openbadges.encoding import to_base64url
from entremise.lib.openbadges.keys import PrivateKey, PublicKey
from entremise.lib.openbadges.reasons import Refused

TYPE = "dc+sd-jwt"
TYPES = frozenset({TYPE, "vc+sd-jwt"})  # the second one until 2024
HASH = "sha-256"
SALT_BYTES = 16
MAX_DISCLOSURES, MAX_DEPTH = 1000, 64
SKEW = dt.timedelta(seconds=60)
DIGESTS, DIGEST, HASH_NAME = "_sd", "...", "_sd_alg"
PLAIN = frozenset({"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "aud"})  # sd-jwt-vc §3.2.2.2
REQUIRED = ("iss", "vct")
Json = dict[str, Any]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """A credential taken apart; nothing of it is trusted before `claims`."""

    issued: str  # the issuer's token
    disclosures: tuple[str, ...]
    binding: str  # the holder's token, or nothing
    token: jws.Token
    payload: Json  # of the issuer's token: what is plain, and digests

    @property
    def shown(self) -> str:
        """Return what the holder's token signs: the issuer's token and the disclosures."""
        return "~".join((self.issued, *self.disclosures, ""))


def issue(
    claims: Mapping[str, object],
    hidden: Collection[Path],
    key: PrivateKey,
    kid: str,
    holder: PublicKey | None = None,
    status: StatusRef | None = None,
    x5c: Sequence[str] = (),
    pad_to: int = 1,
) -> str:
    """Write and sign claims (with `iss`, `vct`, `iat`, `exp`); the values at the hidden paths are disclosed apart.

    `pad_to` rounds up each list of digests with decoys, so that their number does not tell how much is kept silent.
    """
    if forbidden := {path for path in hidden if path[0] in PLAIN}:
        raise ValueError(f"never hidden: {forbidden}")
    writing = _Writing(frozenset(hidden), pad_to)
    payload = writing.conceal(dict(claims), ())
    if writing.left:
        raise ValueError(f"nothing there to hide: {writing.left}")
    payload[HASH_NAME] = HASH
    if holder:
        payload["cnf"] = {"jwk": holder.jwk()}
    if status:
        payload["status"] = {"status_list": {"idx": status.index, "uri": status.list_url}}
    header: Json = {"typ": TYPE, "kid": kid} | ({"x5c": list(x5c)} if x5c else {})
    return "~".join((jws.sign(header, jws.compact(payload), key), *writing.disclosures, ""))


def read(text: str, types: frozenset[str] = TYPES) -> Parts:
    """Take a credential or a presentation apart."""
    if len(text) > jws.MAX_TOKEN:
        raise Refused("too_large")
    if "~" not in text:
        raise Refused("bad_token")
    issued, *disclosures, binding = text.split("~")
    if len(disclosures) > MAX_DISCLOSURES:
        raise Refused("too_many_disclosures")
    token = jws.read(issued)
    if token.header.get("typ") not in tuple(types):
        raise Refused("token_type", type=str(token.header.get("typ"))[:20])
    return Parts(issued, tuple(disclosures), binding, token, token.claims())


def claims(parts: Parts, key: PublicKey) -> Json:
    """Return what the issuer, whose key this is, says in what is disclosed (RFC 9901 §7.1)."""
    parts.token.check(key)
    return _Reading(parts).claims


def check_time(found: Json, now: dt.datetime) -> None:
    """Refuse claims that do not hold yet, or no longer."""
    for name in ("iat", "nbf"):
        if name in found and moments.read_seconds(found[name]) > now + SKEW:
            raise Refused("not_yet_valid", begins=written(moments.read_seconds(found[name])))
    if "exp" in found and moments.read_seconds(found["exp"]) <= now:
        raise Refused("expired", ended=written(moments.read_seconds(found["exp"])))


def verify(text: str, issuer_key: Callable[[Parts, str], PublicKey], now: dt.datetime) -> Json:
    """Return the claims of a credential that holds today, bound or not; `issuer_key` is given what `iss` says.

    Its status, and whether the bearer is the person (`sdjwt_binding.check`), are for the caller to look at.
    """
    return verified(read(text), issuer_key, now)


def verified(parts: Parts, issuer_key: Callable[[Parts, str], PublicKey], now: dt.datetime) -> Json:
    """Do what `verify` does with a credential that is taken apart already."""
    issuer = parts.payload.get("iss")
    if not isinstance(issuer, str):
        raise Refused("missing_claim", name="iss")
    found = claims(parts, issuer_key(parts, issuer))
    for name in REQUIRED:
        if not isinstance(found.get(name), str):
            raise Refused("missing_claim", name=name)
    check_time(found, now)
    return found


def place(found: Json) -> StatusRef | None:
    """Return where the status is kept (Token Status List §6.2), or None."""
    status = found.get("status")
    if status is None:
        return None
    inside = status.get("status_list") if isinstance(status, dict) else None
    index, address = (inside.get("idx"), inside.get("uri")) if isinstance(inside, dict) else (None, None)
    if isinstance(index, bool) or not isinstance(index, int) or index < 0 or not isinstance(address, str):
        raise Refused("bad_status_entry")
    return StatusRef(address, index)


def disclosable(text: str) -> dict[Path, Any]:
    """Return each value that can be shown or not, by its path: what the person chooses from."""
    reading = _Reading(read(text))
    return {path: reading.values[path] for path in reading.digest_at}


def choose(text: str, keep: Collection[Path]) -> str:
    """Return the credential with the disclosures of these paths, and of what holds them, and no other one."""
    parts = read(text)
    if parts.binding:
        raise Refused("already_presented")
    reading = _Reading(parts)
    if unknown := [path for path in keep if path not in reading.digest_at]:
        raise Refused("unknown_disclosure", path=str(unknown[0])[:60])
    holding = {path[:depth] for path in keep for depth in range(1, len(path) + 1)}
    kept = {digest for path, digest in reading.digest_at.items() if path in holding}
    return "~".join((parts.issued, *(one for one in parts.disclosures if digest_of(one) in kept), ""))


def digest_of(text: str) -> str:
    """Return the digest of a disclosure, or of what the holder shows: over the text itself (RFC 9901 §4.2.3)."""
    return to_base64url(hashlib.sha256(text.encode()).digest())


@dataclass(slots=True)
class _Writing:
    """Replaces hidden values by digests."""

    hidden: frozenset[Path]
    pad_to: int
    disclosures: list[str] = field(default_factory=list)
    left: set[Path] = field(init=False)

    def __post_init__(self) -> None:
        self.left = set(self.hidden)

    def conceal(self, value: Any, at: Path) -> Any:
        if isinstance(value, dict):
            return self._members(value, at)
        if isinstance(value, list | tuple):
            return self._items(value, at)
        return value

    def _members(self, members: Json, at: Path) -> Json:
        plain: Json = {}
        digests: list[str] = []
        for name, inner in members.items():
            if name in (DIGESTS, DIGEST):
                raise ValueError(f"{name} is reserved")
            here = (*at, name)
            built = self.conceal(inner, here)
            if here in self.hidden:
                digests.append(self._disclose(here, [_salt(), name, built]))
            else:
                plain[name] = built
        if digests:  # in their own order: it tells nothing of that of the claims
            plain[DIGESTS] = sorted(self._padded(digests))
        return plain

    def _items(self, items: Sequence[Any], at: Path) -> list[Any]:
        built: list[Any] = []
        hidden_count = 0
        for rank, inner in enumerate(items):
            here = (*at, rank)
            value = self.conceal(inner, here)
            if here in self.hidden:
                value = {DIGEST: self._disclose(here, [_salt(), value])}
                hidden_count += 1
            built.append(value)
        decoys = self._padded([""] * hidden_count)[hidden_count:]
        return built + [{DIGEST: decoy} for decoy in decoys]

    def _padded(self, digests: list[str]) -> list[str]:
        return digests + [digest_of(_salt()) for _ in range(-len(digests) % self.pad_to)]

    def _disclose(self, at: Path, content: list[Any]) -> str:
        self.left.discard(at)
        text = to_base64url(jws.compact(content))
        self.disclosures.append(text)
        return digest_of(text)


class _Reading:
    """Puts disclosed values back in their place, refusing whatever the RFC says to refuse."""

    def __init__(self, parts: Parts) -> None:
        self._contents: dict[str, list[Any]] = {}
        self._seen: set[str] = set()
        self.digest_at: dict[Path, str] = {}
        self.values: dict[Path, Any] = {}
        for text in parts.disclosures:
            digest = digest_of(text)
            if digest in self._contents:
                raise Refused("disclosure_repeated")
            self._contents[digest] = _content(text)
        if parts.payload.get(HASH_NAME, HASH) != HASH:
            raise Refused("unknown_hash", name=str(parts.payload[HASH_NAME])[:20])
        self.claims: Json = self._members(parts.payload, ())
        if len(self.digest_at) != len(self._contents):
            raise Refused("disclosure_unreferenced")

    def _value(self, value: Any, at: Path) -> Any:
        if len(at) > MAX_DEPTH:
            raise Refused("too_deep")
        if isinstance(value, dict):
            return self._members(value, at)
        if isinstance(value, list):
            return self._items(value, at)
        return value

    def _members(self, members: Json, at: Path) -> Json:
        if DIGEST in members:
            raise Refused("reserved_claim", name=DIGEST)
        found = {
            name: self._value(inner, (*at, name))
            for name, inner in members.items()
            if name != DIGESTS and (at or name != HASH_NAME)
        }
        digests = members.get(DIGESTS, [])
        for given in digests if isinstance(digests, list) else [None]:
            digest, content = self._disclosed(given)
            if content is None:
                continue
            if len(content) != 3 or not isinstance(content[1], str):
                raise Refused("bad_disclosure")
            name = content[1]
            _refuse_name(name, at)
            if name in found:
                raise Refused("claim_repeated", name=name[:60])
            found[name] = self._put(digest, content[2], (*at, name))
        return found

    def _items(self, items: list[Any], at: Path) -> list[Any]:
        found = []
        for rank, item in enumerate(items):
            here = (*at, rank)
            if not (isinstance(item, dict) and item.keys() == {DIGEST}):
                found.append(self._value(item, here))
                continue
            digest, content = self._disclosed(item[DIGEST])
            if content is None:
                continue
            if len(content) != 2:
                raise Refused("bad_disclosure")
            found.append(self._put(digest, content[1], here))
        return found

    def _disclosed(self, digest: object) -> tuple[str, list[Any] | None]:
        """Return the digest and the content of its disclosure: None when it is not shown, or a decoy."""
        if not isinstance(digest, str):
            raise Refused("bad_disclosure")
        if digest in self._seen:
            raise Refused("digest_repeated")
        self._seen.add(digest)
        return digest, self._contents.get(digest)

    def _put(self, digest: str, value: Any, at: Path) -> Any:
        self.digest_at[at] = digest
        self.values[at] = found = self._value(value, at)
        return found


def _content(text: str) -> list[Any]:
    """Read a disclosure: base64url of a JSON array that starts with its salt (RFC 9901 §4.2)."""
    try:
        wrapped = limits.read_json(b'{"":' + jws.decoded(text) + b"}")
    except Refused as refused:
        raise Refused("bad_disclosure") from refused
    content = wrapped.get("")
    if len(wrapped) != 1 or not isinstance(content, list) or not content or not isinstance(content[0], str):
        raise Refused("bad_disclosure")
    return content


def _refuse_name(name: str, at: Path) -> None:
    if name in (DIGESTS, DIGEST) or (not at and name == HASH_NAME):
        raise Refused("reserved_claim", name=name)
    if not at and name in PLAIN:
        raise Refused("claim_must_be_plain", name=name)


def _salt() -> str:
    return secrets.token_urlsafe(SALT_BYTES)
