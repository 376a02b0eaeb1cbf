"""Measure the forms of a badge one by one: VC-JWT, SD-JWT VC, status lists, images, against the usual libraries.

Run with `python -m bench.badge_forms [--json] [--seconds 1]`. Everything is one processor's own time, in one process,
on a badge with everything it may say and a passport of five skills: what the clock of a busy machine says is left out.
Each comparison signs and reads the same values with the same keys; that both accept each other's is the tests' affair.
"""

import datetime as dt
import json
import secrets
import sys
import time
from collections.abc import Callable

from cryptography.hazmat.primitives import serialization
from joserfc import jws as joserfc
from joserfc.jwk import ECKey, RSAKey
from jwcrypto.jwk import JWK
from openbadgeslib import baking
from openbadgeslib.ob3 import OB3Verifier
from openvc.keys import P256SigningKey
from openvc.proof.sd_jwt import SdJwtVcProofSuite
from openvc.status import bitstring, token_status_list
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

from bench.report import Report, arguments
from entremise.lib.openbadges import bake, bake_svg, di, jws, ob3, sdjwt, sdjwt_binding, statuslist, vcjwt, wallet
from entremise.lib.openbadges.bake import Carrier
from entremise.lib.openbadges.claims import Achievement, Alignment, Claim, Issuer, StatusPurpose, StatusRef
from entremise.lib.openbadges.keys import Algorithm, PrivateKey, PublicKey
from entremise.lib.openbadges.statuslist import BitList, Order

VC_JWT_A_SECOND, SD_JWT_A_SECOND, LIST_S = 2_000, 4_000, 1.0
ENTRIES, SET_SHARE = 1_000_000, 0.01
PICTURE_BYTES = 100_000
NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)  # openbadgeslib looks at the clock
DAY = dt.timedelta(days=1)
HOST, DID = "https://badges.example", "did:web:badges.example:o:mission-locale"
VERIFIER, NONCE = "https://employeur.example", "n-0S6_WzA2Mj"
RSA, P256, ED25519 = (PrivateKey.generate(one) for one in (Algorithm.RS256, Algorithm.ES256, Algorithm.EDDSA))
HOLDER = PrivateKey.generate(Algorithm.ES256)
CLAIM = Claim(
    id="urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-0b7a6f1f0001",
    subject_id="urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-0b7a6f1f0002",
    issuer=Issuer(DID, "Mission locale de l’Île-d’Yeu", HOST, "badges@ml.example", "Pour les 16 à 25 ans."),
    achievement=Achievement(
        id=f"{HOST}/achievements/1/1",
        name="Accueillir la clientèle",
        description="Accueille, écoute, oriente.",
        criteria="Un ancien employeur a confirmé cette compétence.",
        image_url=f"{HOST}/achievements/1/1.png",
        alignments=(Alignment(f"{HOST}/rome/300425", "Accueillir", "300425", "ROME 4.0 (2026)"),),
    ),
    awarded_at=NOW - DAY,
    valid_from=NOW,
    valid_until=NOW + 730 * DAY,
    statuses=(StatusRef(f"{HOST}/status/1", 94_567),),
)


class Bench:
    """Counts how often something is done in a second of this process."""

    def __init__(self, report: Report, seconds: float) -> None:
        self.report, self.seconds = report, seconds

    def rate(self, act: Callable[[], object]) -> float:
        """Return how many times a second it is done, in time of this process."""
        act()
        count, started = 0, time.process_time()
        while (spent := time.process_time() - started) < self.seconds:
            act()
            count += 1
        return count / spent

    def compare(
        self, name: str, dataset: str, act: Callable[[], object], theirs: Callable[[], object] | None, against: str,
        least: float | None = None,
    ) -> None:  # fmt: skip
        """Add how often we do it, and how many times more often than somebody else."""
        rate = self.rate(act)
        self.report.figure(
            name=name, dataset=dataset, value=rate, unit="/s",
            target="" if least is None else f">= {least:,}", met=None if least is None else rate >= least,
            ratio=rate / self.rate(theirs) if theirs else None, against=against,
        )  # fmt: skip


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--seconds", type=float, default=1.0, help="how long each thing is done")
    asked = parser.parse_args(given)
    bench = Bench(Report("badge_forms"), asked.seconds)
    _vc_jwt(bench)
    _sd_jwt(bench)
    _lists(bench)
    _images(bench)
    bench.report.print(asked.json)
    return 0 if bench.report.is_met else 1


def _vc_jwt(bench: Bench) -> None:
    kid, credential = f"{DID}#rsa-1", ob3.build(CLAIM)
    token = vcjwt.sign(CLAIM, RSA, kid)
    payload = jws.read(token).payload
    dataset = f"VC-JWT of {len(token):,} bytes"
    secret = RSAKey.import_key(RSA.der())
    header = {"alg": "RS256", "kid": kid, "typ": "JWT"}

    def their_signature() -> str:
        return joserfc.serialize_compact(header, payload, secret, algorithms=["RS256"])

    verifier = OB3Verifier(RSA.public.pem())
    bench.compare(
        "RS256, built and signed", dataset, lambda: vcjwt.sign(CLAIM, RSA, kid), their_signature,
        "joserfc (signed only)", VC_JWT_A_SECOND,
    )  # fmt: skip
    bench.compare(
        "RS256, checked with its claims", dataset, lambda: vcjwt.verify(token, RSA.public),
        lambda: verifier.verify(token), "openbadgeslib",
    )  # fmt: skip
    their_ec, ec_header = ECKey.import_key(P256.der()), header | {"alg": "ES256"}
    bench.compare(
        "ES256, signed", dataset, lambda: vcjwt.sign_credential(credential, P256, kid),
        lambda: joserfc.serialize_compact(ec_header, json.dumps(credential), their_ec, algorithms=["ES256"]),
        "joserfc (signed only)",
    )  # fmt: skip


def _sd_jwt(bench: Bench) -> None:
    said = ("ROME 4.0 (2026)", "autonome", "employeur", NOW.date(), "Boulangerie du Port")
    skills = tuple(wallet.Skill(f"Compétence {rank}", f"3004{rank:02}", *said) for rank in range(5))
    claims = wallet.passport(HOST, f"{HOST}/vct/1", "Zoé", "N’Diaye", skills, NOW, NOW + 365 * DAY)
    paths = wallet.apart(claims)
    dataset = f"SD-JWT VC, {len(paths)} values disclosed one by one"
    their_key, their_holder = _jwk(P256), _jwk(HOLDER)
    marked = {SDObj(name) if name.endswith("_name") else name: value for name, value in claims.items()}
    marked |= {"skills": [SDObj(one) for one in claims["skills"]]}
    openvc_key = P256SigningKey.from_pem(_pem(P256), "k")
    text = sdjwt.issue(claims, paths, P256, "k", HOLDER.public)
    bench.compare(
        "issued", dataset, lambda: sdjwt.issue(claims, paths, P256, "k", HOLDER.public),
        lambda: SDJWTIssuer(marked, their_key, their_holder).sd_jwt_issuance, "sd-jwt", SD_JWT_A_SECOND,
    )  # fmt: skip
    bench.compare(
        "issued, 3 values only", dataset,
        lambda: sdjwt.issue(claims, [("given_name",), ("family_name",), ("skills",)], P256, "k", HOLDER.public),
        lambda: SdJwtVcProofSuite().issue(
            claims, signing_key=openvc_key, disclosable=["given_name", "family_name", "skills"],
            holder_jwk=HOLDER.public.jwk(),
        ),
        "openvc-core",
    )  # fmt: skip
    keep = [("given_name",), ("skills", 1), ("skills", 3)]

    def their_presentation() -> object:
        wish = {"given_name": True, "skills": [False, True, False, True]}
        return SDJWTHolder(text).create_presentation(wish, NONCE, VERIFIER, their_holder)

    def issuer_key(_parts: sdjwt.Parts, _issuer: str) -> PublicKey:
        return P256.public

    bench.compare(
        "presented, 3 values", dataset, lambda: sdjwt_binding.present(text, keep, NONCE, VERIFIER, HOLDER, NOW),
        their_presentation, "sd-jwt",
    )  # fmt: skip
    shown = sdjwt_binding.present(text, keep, NONCE, VERIFIER, HOLDER, NOW)
    bench.compare(
        "checked with its holder", dataset, lambda: sdjwt_binding.verify(shown, issuer_key, NONCE, VERIFIER, NOW),
        lambda: SDJWTVerifier(shown, lambda *_: their_key, VERIFIER, NONCE).get_verified_payload(), "sd-jwt",
    )  # fmt: skip


def _lists(bench: Bench) -> None:
    size = -(-ENTRIES // 8) * 8
    dataset = f"status list of {size:,} entries, {SET_SHARE:.0%} set"
    seed = secrets.token_bytes(32)
    bits, values = BitList(size), BitList(size, 2, Order.LOW_FIRST)
    for rank in range(int(size * SET_SHARE)):
        index = statuslist.permuted(rank, size, seed)
        bits[index] = values[index] = 1
    place, until = f"{HOST}/status/1", NOW + DAY

    def published() -> bytes:
        document = statuslist.build_bitstring(place, DID, StatusPurpose.REVOCATION, bits, NOW, until)
        return ob3.serialised(di.sign(document, ED25519, f"{DID}#ed25519-1", NOW))

    def token() -> str:
        return statuslist.sign_token(place, HOST, values, P256, "k", NOW, until, DAY / 288)

    for name, act in (("Bitstring, packed and signed", published), ("Token, packed and signed", token)):
        seconds = 1 / bench.rate(act)
        bench.report.figure(
            name=name, dataset=dataset, value=seconds * 1000, unit="ms", target=f"<= {LIST_S * 1000:.0f}",
            met=seconds <= LIST_S,
        )  # fmt: skip
        bench.report.figure(name=f"{name}, size", dataset=dataset, value=len(act()) / 1000, unit="kB")
    document, packed = json.loads(published()), jws.read(token()).claims()["status_list"]
    encoded = document["credentialSubject"]["encodedList"]
    bench.compare(
        "Bitstring read, one entry", dataset,
        lambda: statuslist.read_bitstring(document, StatusPurpose.REVOCATION)[94_567],
        lambda: bitstring.get_status_bit(bitstring.decode_bitstring(encoded), 94_567), "openvc-core",
    )  # fmt: skip
    bench.compare(
        "Token read, one entry", dataset, lambda: statuslist.read_values(packed)[94_567],
        lambda: token_status_list.get_status(token_status_list.decode_status_list(packed["lst"]), 94_567, bits=2),
        "openvc-core",
    )  # fmt: skip
    ranks = iter(range(size))
    bench.compare("next random index", dataset, lambda: statuslist.permuted(next(ranks), size, seed), None, "")


def _images(bench: Bench) -> None:
    badge = ob3.sign(CLAIM, ED25519, f"{DID}#ed25519-1", NOW)
    plain = _png(PICTURE_BYTES)
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg">' + b'<path d="M0 0h9v9"/>' * 500 + b"</svg>"
    keyword, text = baking.ITXT_KEYWORD_OB3, badge.decode()
    pictures = bake.into_png(plain, badge, Carrier.OB3), bake_svg.into_svg(drawn, badge, Carrier.OB3)
    dataset = (
        f"badge of {len(badge):,} bytes in a PNG of {len(plain) // 1000} kB and an SVG of {len(drawn) // 1000} kB"
    )
    named = {"element": baking.SVG_ELEMENT_OB3, "namespace": baking.SVG_NS_OB3, "as_text": True}
    bench.compare(
        "baked, PNG", dataset, lambda: bake.into_png(plain, badge, Carrier.OB3),
        lambda: baking.bake_png(plain, text, keyword=keyword), "openbadgeslib",
    )  # fmt: skip
    bench.compare(
        "read back, PNG", dataset, lambda: bake.from_png(pictures[0]),
        lambda: baking.extract_png(pictures[0], keyword=keyword), "openbadgeslib",
    )  # fmt: skip
    bench.compare(
        "baked and read again, SVG", dataset, lambda: bake_svg.into_svg(drawn, badge, Carrier.OB3),
        lambda: baking.bake_svg(drawn, text, **named), "openbadgeslib (not read again)",
    )  # fmt: skip
    bench.compare(
        "read back, SVG", dataset, lambda: bake_svg.from_svg(pictures[1]),
        lambda: baking.extract_svg(pictures[1], element=named["element"], text_fallback=True), "openbadgeslib",
    )  # fmt: skip


def _png(size: int) -> bytes:
    """Return a PNG file of that size: its pixels are noise, in chunks of 8 kB as drawing tools write them."""
    chunks = [(b"IDAT", secrets.token_bytes(8192)) for _ in range(size // 8192)]
    start = bytes.fromhex("00000010000000100802000000")
    return baking._serialize_png([(b"IHDR", start), *chunks, (b"IEND", b"")])


def _pem(key: PrivateKey) -> bytes:
    pkcs8, clear = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.material.private_bytes(serialization.Encoding.PEM, pkcs8, clear)


def _jwk(key: PrivateKey) -> JWK:
    return JWK.from_pem(_pem(key))


if __name__ == "__main__":
    sys.exit(main())
