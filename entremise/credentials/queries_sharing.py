"""Reads of what a person shows: her wall, her links, and what a link shows at this moment."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from entremise.credentials import queries_keys as keys
from entremise.credentials import rules_sharing
from entremise.credentials.enums import AwardState, Form
from entremise.credentials.enums_sharing import Standing
from entremise.credentials.links_sharing import SHARE
from entremise.credentials.models import Award, Credential
from entremise.credentials.models_sharing import ForeignBadge, Share
from entremise.kernel import clock, links
from entremise.kernel.actors import Actor
from entremise.people import queries as people
from entremise.people.enums import Handling
from entremise.people.models import Person

HELD = Q(awards__state__in=[AwardState.WAITING, AwardState.ISSUED, AwardState.SUSPENDED])
BY_LINK = "the bearer of a link that its owner made: what she chose, nothing else"


@dataclass(frozen=True, slots=True)
class Worn:
    """A badge and what it is worth now."""

    award: Award
    standing: Standing

    @property
    def is_valid(self) -> bool:
        """Tell whether it can be relied upon."""
        return self.standing is Standing.VALID

    @property
    def is_over(self) -> bool:
        """Tell whether it will never hold again."""
        return self.standing in {Standing.REVOKED, Standing.DECLINED, Standing.EXPIRED}


@dataclass(frozen=True, slots=True)
class Looked:
    """What a link shows now."""

    share: Share
    worn: list[Worn]
    foreign: list[ForeignBadge]


def worn(award: Award) -> Worn:
    """Say what a badge is worth now."""
    return Worn(award, rules_sharing.standing(award.state, award.valid_until, clock.now()))


def wall(person: Person) -> list[Worn]:
    """Return every badge of a person, the latest first, also those that hold no more."""
    rows = person.awards.select_related("badge_class__issuer", "badge_class__skill")
    return [worn(award) for award in rows.order_by("-awarded_on", "-created_at")]


def own_badge(pk: UUID, actor: Actor) -> Worn | None:
    """Return one of the person's own badges with all that its page says."""
    if actor.user_id is None:
        return None
    rows = Award.objects.visible_to(actor).filter(person__user_id=actor.user_id, pk=pk)
    found = rows.select_related("badge_class__issuer", "badge_class__skill", "person")
    award = found.prefetch_related("badge_class__alignments").first()
    return worn(award) if award else None


def endorsements(award: Award) -> list[tuple[str, str]]:
    """Return who recommends a badge, its kind or its issuer, and in which words."""
    badge = award.badge_class
    model = award.endorsements.model
    about = Q(award=award) | Q(badge_class=badge) | Q(issuer=badge.issuer)
    rows = model.objects.filter(about, withdrawn_at=None).select_related("endorser").order_by("-created_at")
    return [(one.endorser.name, one.text) for one in rows]


def badge_count(person: Person) -> int:
    """Return how many badges a person has, hers and those from elsewhere, in one query."""
    found = Person.objects.unscoped("the person's own count").filter(pk=person.pk)
    counts = found.aggregate(
        own=Count("awards", filter=HELD, distinct=True), foreign=Count("foreign_badges", distinct=True)
    )
    return int(counts["own"]) + int(counts["foreign"])


def shareable(person: Person) -> list[Award]:
    """Return the badges that a new link may show: valid ones, that she does not keep for herself."""
    rows = person.awards.filter(state=AwardState.ISSUED, is_shown=True)
    found = rows.select_related("badge_class__issuer").order_by("-awarded_on", "-created_at")
    return [one.award for one in map(worn, found) if one.is_valid]


def shareable_foreign(person: Person) -> QuerySet[ForeignBadge]:
    """Return the badges from elsewhere that a new link may show."""
    return person.foreign_badges.filter(is_shown=True).defer("body", "image").order_by("-added_at")


def shares(person: Person) -> QuerySet[Share]:
    """Return the links of a person, the newest first."""
    rows = person.badge_shares.prefetch_related("awards__badge_class__issuer", "foreign_badges")
    return rows.order_by("-created_at")


def own_share(pk: UUID, actor: Actor) -> Share | None:
    """Return one of the person's own links."""
    if actor.user_id is None:
        return None
    rows = Share.objects.visible_to(actor).filter(person__user_id=actor.user_id)
    return rows.filter(pk=pk).select_related("person").first()


def is_open(share: Share) -> bool:
    """Tell whether a link still opens."""
    return why_closed(share) is None


def why_closed(share: Share) -> links.Refusal | None:
    """Say why a link does not open any more."""
    if share.stopped_at:
        return links.Refusal.REVOKED
    if share.until <= clock.now():
        return links.Refusal.EXPIRED
    if share.max_views is not None and share.view_count >= share.max_views:
        return links.Refusal.USED
    return None


def address(share: Share) -> str:
    """Return the address of a link that still opens, or nothing."""
    link = links.current(SHARE, share.pk)
    if link is None or not is_open(share):
        return ""
    return keys.address(reverse(SHARE.url_name, args=[links.token(link)]))


def share_of_token(token: str, *, seen: Collection[str] = ()) -> Share:
    """Return the share of a link, or raise LinkRefused: unknown, ended, stopped, or looked at often enough.

    `seen` names the shares that this visitor was counted for: the last look allowed may still load its files.
    """
    link = links.read(SHARE, token)
    rows = Share.objects.unscoped(BY_LINK).select_related("person")
    share = rows.filter(pk=link.target_id).first()
    if share is None:
        raise links.LinkRefused(links.Refusal.REVOKED)
    refusal = why_closed(share)
    if refusal and not (refusal is links.Refusal.USED and str(share.pk) in seen):
        raise links.LinkRefused(refusal)
    return share


def looked_at(share: Share) -> Looked:
    """Return what a link shows now: every state is read again, what she hid since is left out."""
    awards = share.awards.filter(is_shown=True).exclude(state=AwardState.DECLINED)
    rows = awards.select_related("badge_class__issuer", "badge_class__skill").order_by("-awarded_on", "-created_at")
    foreign = share.foreign_badges.filter(is_shown=True).defer("body").order_by("-added_at")
    return Looked(share, [worn(award) for award in rows], list(foreign))


def name_of(share: Share) -> str:
    """Return the name of whose badges a link shows, when she chose to show it."""
    if not share.shows_name:
        return ""
    return people.identity_handled(share.person_id, Handling.EMPLOYER).full_name


def own_address(path: str) -> str:
    """Return a path of this site as an address."""
    return keys.address(path)


def has_shared(share: Share, public_id: UUID) -> bool:
    """Tell whether a link shows a badge, by its public identifier (for its address among the standards)."""
    return share.awards.filter(public_id=public_id, is_shown=True).exclude(state=AwardState.DECLINED).exists()


def shared_file(share: Share, award_id: UUID) -> Credential | None:
    """Return the signed form of a valid badge that a link shows, with its award."""
    found = next((one for one in looked_at(share).worn if one.award.pk == award_id and one.is_valid), None)
    if found is None:
        return None
    return found.award.credentials.filter(form=Form.OB3_DI).first()
