"""Reads of the documents of Open Badges 2.0: issuers, keys, badges, hosted badges, withdrawn ones."""

from uuid import UUID

from entremise.credentials import queries, queries_claims, rules
from entremise.credentials import queries_keys as keys
from entremise.credentials.enums import AwardState, Form
from entremise.credentials.models import Award, BadgeChoice, BadgeClass, Issuer, SigningKey
from entremise.lib.openbadges import ob2, ob3
from entremise.lib.openbadges.fetched import FOUND, GONE, Fetched
from entremise.lib.openbadges.keys import Algorithm

LD = "application/ld+json"
ENDED = (AwardState.REVOKED, AwardState.DECLINED, AwardState.SUSPENDED)  # 2.0 knows no suspension: refused meanwhile
SUSPENDED = "Suspendu pour le moment"
WITHDRAWN = "Retiré"


def places(
    issuer: Issuer, *, key: str = "", badge: BadgeClass | None = None, award: Award | None = None
) -> ob2.Places:
    """Return where the documents of an issuer are, and those of a badge or of an award when they are told."""
    badge_class = award.badge_class if award else badge
    version = f"{badge_class.series}/{badge_class.version}" if badge_class else ""
    return ob2.Places(
        issuer=keys.address(f"/ob2/issuers/{issuer.slug}"),
        key=keys.address(f"/ob2/keys/{issuer.slug}/{key}"),
        revocations=keys.address(f"/ob2/revocations/{issuer.slug}"),
        badge=keys.address(f"/ob2/badges/{version}"),
        assertion=keys.address(f"/ob2/assertions/{award.public_id}") if award else "",
    )


def issuer_document(slug: str) -> bytes | None:
    """Return an issuer's profile, with every key that it did not give up."""
    issuer = keys.issuer_by_slug(slug)
    if issuer is None:
        return None
    document = ob2.issuer(keys.profile(issuer), places(issuer))
    published = [places(issuer, key=key.name).key for key in _keys(issuer)]
    if published:
        document["publicKey"] = published if len(published) > 1 else published[0]
    else:
        del document["publicKey"]
    return ob3.serialised(document)


def key_document(slug: str, name: str) -> bytes | None:
    """Return a key of an issuer, in PEM."""
    issuer = keys.issuer_by_slug(slug)
    key = keys.published_key(issuer, name) if issuer else None
    if issuer is None or key is None or key.algorithm != Algorithm.RS256.value:
        return None
    return ob3.serialised(ob2.key_document(keys.public(key), places(issuer, key=name)))


def badge_document(series: UUID, version: int) -> bytes | None:
    """Return one version of a badge."""
    badge = queries.badge_class_at(series, version)
    if badge is None:
        return None
    return ob3.serialised(ob2.badge_class(queries_claims.achievement(badge), places(badge.issuer, badge=badge)))


def assertion(public_id: UUID) -> Fetched | None:
    """Return a hosted badge, as long as it holds and the person lets it be on line; 410 once it was withdrawn."""
    award = queries.public_award(public_id)
    if award is None:
        return None
    if award.state in ENDED:
        address = places(award.badge_class.issuer, award=award).assertion
        return Fetched(ob3.serialised(ob2.revoked(address, _why(award.state))), LD, GONE)
    kept = queries.signed(award, Form.OB2_HOSTED)
    return Fetched(bytes(kept.body), LD, FOUND) if kept and may_host(award) else None


def revocations(slug: str) -> bytes | None:
    """Return the badges of an issuer that do not hold: identifiers that name nobody."""
    issuer = keys.issuer_by_slug(slug)
    if issuer is None:
        return None
    rows = Award.objects.unscoped(queries.PUBLIC).filter(badge_class__issuer=issuer, state__in=ENDED)
    withdrawn = {rules.public_name(pk): _why(state) for pk, state in rows.values_list("public_id", "state")}
    return ob3.serialised(ob2.revocation_list(withdrawn, places(issuer)))


def may_host(award: Award) -> bool:
    """Tell whether the person agrees to have her badges of 2.0 on line."""
    choices = BadgeChoice.objects.unscoped("what she agreed to decides what is on line")
    return award.person_id is not None and choices.filter(person=award.person_id, hosts_v2=True).exists()


def _keys(issuer: Issuer) -> list[SigningKey]:
    """Return the keys of the signed form, the one that signs now first."""
    rows = keys.published_keys(issuer).filter(algorithm=Algorithm.RS256.value)
    return sorted(rows, key=lambda key: key.state != "active")


def _why(state: str) -> str:
    return SUSPENDED if state == AwardState.SUSPENDED else WITHDRAWN
