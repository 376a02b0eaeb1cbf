"""Issuers, badges and awards for the tests, made by the real actions: `award(person)` is signed and published."""

import dataclasses
import datetime as dt
import hashlib
import itertools
from typing import Any

from entremise.accounts.models import Organisation, User
from entremise.credentials import actions, actions_classes, actions_issuers, actions_keys, jobs
from entremise.credentials.enums import AwardState, BadgeKind, IssuerKind
from entremise.credentials.links_sharing import SHARE
from entremise.credentials.models import Award, BadgeClass, Issuer, SigningKey
from entremise.credentials.models_sharing import ForeignBadge, Share
from entremise.credentials.models_wallet import WalletOffer
from entremise.kernel import clock, links
from entremise.kernel.actors import Actor, Role
from entremise.lib.openbadges import claims, di, did, ob3, vcjwt
from entremise.lib.openbadges.claims import Claim
from entremise.lib.openbadges.keys import Algorithm
from entremise.passport.models import HeldSkill
from entremise.people.models import Person
from entremise.skills.models import Skill
from tests.factories import badges as library
from tests.factories.accounts import AgencyFactory, OrganisationFactory, actor_of, professional
from tests.factories.passport import HeldSkillFactory, evidence

_numbers = itertools.count(1)
AWARDED_ON = dt.date(2026, 11, 20)


def lead(organisation: Organisation | None = None) -> Actor:
    """Return who may open and manage the issuer of an organisation."""
    return actor_of(lead_account(organisation))


def lead_account(organisation: Organisation | None = None) -> User:
    """Return the account of a team lead of the organisation."""
    agency = AgencyFactory(organisation=organisation or OrganisationFactory())
    return professional(Role.TEAM_LEAD, agency=agency)


def issuer(
    name: str = "Mission locale de la Drôme",
    *,
    organisation: Organisation | None = None,
    kind: IssuerKind = IssuerKind.AGENCY,
    **told: Any,
) -> Issuer:
    """Return an issuer of an organisation (a new one by default)."""
    owner = organisation or OrganisationFactory()
    opened: Issuer = actions_issuers.open_issuer(owner, actor=lead(owner), kind=kind, name=name, **told)
    return opened


def house_key(organisation: Organisation) -> SigningKey:
    """Return the key with which an organisation signs."""
    opened = issuer("Maison de l'emploi de Valence", organisation=organisation)
    return actions_keys.signing_key(opened, Algorithm.EDDSA)


def badge_class(
    of: Issuer | None = None, *, published: bool = True, skill: Skill | None = None, **told: Any
) -> BadgeClass:
    """Return a badge of an issuer (a new one by default), published unless told."""
    by = of or issuer(f"Émetteur {next(_numbers)}")
    assert by.organisation is not None
    actor = lead(by.organisation)
    said = {
        "name": f"Accueillir des clients {next(_numbers)}",
        "description": "Accueille, écoute, oriente.",
        "criteria": "Avoir été vu en situation d'accueil.",
        "kind": BadgeKind.COMPETENCY,
        "skill": skill,
        "is_suspendable": True,  # unlike the badges of confirmed skills, so that both ways are tried
        **told,
    }
    made: BadgeClass = actions_classes.draft(by, actor=actor, **said)
    if published:
        made = actions_classes.publish(made, actor=actor)
    return made


def award(person: Person | None = None, *, of: BadgeClass | None = None, signed: bool = True, **facts: Any) -> Award:
    """Award a badge as its issuer does; signed and its lists published, unless told."""
    badge = of or badge_class()
    assert badge.issuer.organisation is not None
    said = {"awarded_on": AWARDED_ON, "narrative": "Vue en situation pendant la session.", **facts}
    given: Award = actions.award(badge, actor=lead(badge.issuer.organisation), person=person, **said)
    return settled(given) if signed else fresh(given)


def proof_award(person: Person, *, held: HeldSkill | None = None, signed: bool = True, **facts: Any) -> Award:
    """Award the badge of a confirmed skill, as this service does."""
    proof = evidence(held or HeldSkillFactory(person=person), **facts)
    given: Award = actions.award_proof(proof, actor=actions.PLATFORM)
    return settled(given) if signed else fresh(given)


def settled(given: Award) -> Award:
    """Run the jobs that sign and publish; return the award as it is then."""
    jobs.sign_all()
    jobs.publish_all()
    now = fresh(given)
    assert now.state != AwardState.WAITING
    return now


def fresh(given: Award) -> Award:
    """Read an award again."""
    rows = Award.objects.unscoped("a test's row").select_related("badge_class__issuer", "person")
    return rows.get(pk=given.pk)


def kept_foreign(person: Person, **facts: Any) -> ForeignBadge:
    """Return a badge from elsewhere as a row: what its verification said is invented."""
    now = clock.now()
    said = {
        "form": "ob3-di", "body": b"{}", "sha256": str(next(_numbers)).zfill(64), "name": "Secouriste",
        "verdict": "valid", "issuer_name": "Croix d'ailleurs", "checked_at": now, "added_at": now, **facts,
    }  # fmt: skip
    return ForeignBadge.objects.create(person=person, **said)


def elsewhere(*, email: str = "", **changed: Any) -> bytes:
    """Return a badge signed by somebody of elsewhere, whose key is in its name (did:key): nothing is fetched."""
    key = library.key(Algorithm.EDDSA)
    document = ob3.build(_claim_of(did.of_key(key.public), **changed))
    if email:
        digest = hashlib.sha256((email + "sel").encode()).hexdigest()
        document["credentialSubject"]["identifier"] = [
            {
                "type": "IdentityObject", "hashed": True, "identityHash": f"sha256${digest}",
                "identityType": "emailAddress", "salt": "sel",
            }
        ]  # fmt: skip
    return ob3.serialised(di.sign(document, key, did.kid_of_key(key.public), library.NOW))


def elsewhere_token() -> str:
    """Return a badge of elsewhere as a token, whose key is in its name (did:jwk)."""
    key = library.key(Algorithm.RS256)
    name = did.of_jwk(key.public)
    return vcjwt.sign(_claim_of(name), key, f"{name}#0")


def _claim_of(name: str, title: str = "Secouriste", **changed: Any) -> Claim:
    past = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    plain = library.claim(issuer=claims.Issuer(name, "Croix d'ailleurs"), statuses=(), awarded_at=past)
    renamed = dataclasses.replace(plain.achievement, name=title, **changed.pop("achievement", {}))
    return dataclasses.replace(plain, achievement=renamed, valid_from=past, **changed)


def open_share(person: Person, *awards: Award, label: str = "Entretien", days: int = 30, **facts: Any) -> Share:
    """Return a link that shows awards, whatever their state, as a row and its token."""
    now = clock.now()
    made = Share.objects.create(
        person=person, label=label, created_at=now, until=now + dt.timedelta(days=days), **facts
    )
    made.awards.set(awards)
    links.issue(SHARE, made.pk, "")
    return made


def share_token(share: Share) -> str:
    """Return the token of a link."""
    link = links.current(SHARE, share.pk)
    assert link
    return links.token(link)


def passport_offer(person: Person, *awards: Award) -> WalletOffer:
    """Return what a person's wallet may take, whatever the state of these awards, as a row."""
    now = clock.now()
    until = now + dt.timedelta(minutes=15)
    made = WalletOffer.objects.create(person=person, configuration="skills-passport", created_at=now, until=until)
    made.awards.set(awards)
    return made
