"""Badges that another library made (`openbadgeslib`), verified by ours: a person may bring one from anywhere."""

import datetime as dt
import json

import pytest
import time_machine
from cryptography.hazmat.primitives import serialization
from openbadgeslib.ob2 import models as their_ob2
from openbadgeslib.ob2.signer import OB2Signer
from openbadgeslib.ob3.credential import Achievement, Alignment, Evidence, IdentityObject, Issuer, OpenBadgeCredential
from openbadgeslib.ob3.ldp import OB3LdpSigner
from openbadgeslib.ob3.signer import OB3Signer

from entremise.lib.openbadges import did
from entremise.lib.openbadges.content import RecipientKind
from entremise.lib.openbadges.keys import Algorithm, PrivateKey
from entremise.lib.openbadges.report import Form, Report, Verdict
from tests.factories.badge_world import KID_DI, World, world
from tests.factories.badges import DID, NOW, key
from tests.factories.hostile_badges import PNG, SVG

EMAIL = "awa.diallo@example.org"
SITE = "https://cfa.example"
PICTURE = SVG.format("<title>Badge</title>").encode()


def pem(one: PrivateKey) -> bytes:
    clear = serialization.NoEncryption()
    return one.material.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, clear)


def credential(issuer: str = DID) -> OpenBadgeCredential:
    return OpenBadgeCredential(
        issuer=Issuer(issuer, "CFA de l’Est", f"{SITE}/", "contact@cfa.example"),
        recipient_id="urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-0b7a6f1f0777",
        achievement=Achievement(
            f"{SITE}/badges/pain", "Pétrir — à la main", "Pétrit.", "A pétri.", f"{SITE}/pain.png", ["pain"],
            alignments=[Alignment("D1102", f"{SITE}/d1102")], achievement_type="Badge",
        ),
        issuance_date=NOW, expiration_date=NOW + dt.timedelta(days=30),
        evidence=[Evidence(f"{SITE}/preuve", "Vu au fournil.")],
        identifiers=[IdentityObject.create(EMAIL, "sel")],
    )  # fmt: skip


def told(report: Report) -> tuple[str, str]:
    return report.verdict.value, report.reason.code


@pytest.mark.parametrize("carrier", ["json", "png", "svg"])
def test_their_badge_holds(carrier: str) -> None:
    signer = OB3LdpSigner(pem(key(Algorithm.EDDSA)), KID_DI)
    with time_machine.travel(NOW, tick=False):
        made = {
            "json": lambda: signer.sign_to_json(credential()),
            "png": lambda: signer.sign_into_png(credential(), PNG),
            "svg": lambda: signer.sign_into_svg(credential(), PICTURE),
        }[carrier]()
    report = world().check(made, recipient=EMAIL)
    assert told(report) == ("valid", "signature_ok")
    assert "recipient_ok" in report.codes
    assert report.content is not None
    assert report.content.recipient.kind is RecipientKind.EMAIL_HASHED
    assert report.content.title == "Pétrir — à la main"
    assert report.content.alignments[0].name == "D1102"


def test_their_self_described_badge_holds_and_altered_it_does_not() -> None:
    ours = key(Algorithm.EDDSA)
    made = OB3LdpSigner(pem(ours)).sign_to_json(credential(did.of_key(ours.public)), created=NOW)
    assert told(World().check(made)) == ("valid", "signature_ok")
    assert told(World().check(made.replace("fournil", "four"))) == ("refused", "wrong_signature")


def test_their_token_brings_its_own_key_which_proves_nothing() -> None:
    made = OB3Signer(pem(key(Algorithm.RS256))).sign(credential())
    assert told(world().check(made)) == ("refused", "token_without_key")


def ob2_world() -> World:
    made = World()
    profile = their_ob2.Profile(
        f"{SITE}/issuer", "CFA de l’Est", f"{SITE}/", "contact@cfa.example",
        public_key=[f"{SITE}/key"], revocation_list=f"{SITE}/revoked",
    )  # fmt: skip
    badge = their_ob2.BadgeClass(
        f"{SITE}/badge", "Pétrir", "Pétrit.", f"{SITE}/pain.png", f"{SITE}/criteres", f"{SITE}/issuer", ["pain"]
    )
    made.put(profile.id, profile.to_dict())
    made.put(badge.id, badge.to_dict())
    public = key(Algorithm.RS256).public.pem()
    made.put(f"{SITE}/key", their_ob2.CryptographicKey(f"{SITE}/key", profile.id, public).to_dict())
    made.put(f"{SITE}/revoked", their_ob2.RevocationList(f"{SITE}/revoked", profile.id).to_dict())
    return made


def assertion(
    kind: str = "SignedBadge", name: str = "urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-0b7a6f1f0778"
) -> their_ob2.Assertion:
    creator = f"{SITE}/key" if kind == "SignedBadge" else None
    return their_ob2.Assertion(
        their_ob2.IdentityObject.create(EMAIL, "sel"), f"{SITE}/badge", their_ob2.Verification(kind, creator),
        id=name, issued_on=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("carrier", ["token", "png", "svg"])
def test_their_signed_badge_of_open_badges_2_holds(carrier: str) -> None:
    signer = OB2Signer(pem(key(Algorithm.RS256)))
    made = {
        "token": lambda: signer.sign(assertion()),
        "png": lambda: signer.sign_into_png(assertion(), PNG),
        "svg": lambda: signer.sign_into_svg(assertion(), PICTURE),
    }[carrier]()
    report = ob2_world().check(made, recipient=EMAIL)
    assert told(report) == ("valid", "signature_ok")
    assert report.form is Form.OB2_SIGNED
    revoked = their_ob2.RevocationList(f"{SITE}/revoked", f"{SITE}/issuer", [assertion().id])
    there = ob2_world()
    there.put(revoked.id, revoked.to_dict())
    assert told(there.check(made)) == ("refused", "revoked")


def test_their_hosted_badge_that_travels_signed_is_asked_at_its_address() -> None:
    hosted = assertion("HostedBadge", f"{SITE}/assertions/1")
    made = OB2Signer(pem(key(Algorithm.RS256))).sign(hosted)
    there = ob2_world()
    there.put(hosted.id, json.dumps(hosted.to_dict()).encode())
    report = there.check(made)
    assert (report.verdict, report.form) == (Verdict.VALID, Form.OB2_HOSTED)
    there.put(hosted.id, {**hosted.to_dict(), "revoked": True}, status=410)
    assert told(there.check(made)) == ("refused", "revoked")
