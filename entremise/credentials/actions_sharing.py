"""Writes about what a person shows of her badges: links made and stopped, looks counted, badges hidden."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import F, Q
from django.utils.translation import gettext as _

from entremise.credentials import queries_sharing, rules_sharing
from entremise.credentials.enums import AwardState, Verb
from entremise.credentials.enums_sharing import Standing
from entremise.credentials.links_sharing import SHARE
from entremise.credentials.models import Award
from entremise.credentials.models_sharing import ForeignBadge, Share
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock, links
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.openbadges.limits import clean_text
from entremise.people.models import Person


@action(Verb.SHARED, may="credentials.hold")
def share(
    person: Person,
    *,
    actor: Actor,
    awards: Sequence[Award],
    foreign_badges: Sequence[ForeignBadge] = (),
    days: int,
    label: str = "",
    max_views: int | None = None,
    shows_name: bool = False,
) -> Done:
    """Make a link that shows chosen badges until a day, or until it was looked at often enough."""
    rules_sharing.require_share([*awards, *foreign_badges], days, max_views)
    _require_showable(person, awards, foreign_badges)
    now = clock.now()
    made = Share(
        person=person,
        label=clean_text(label).strip()[:120],
        shows_name=shows_name,
        max_views=max_views,
        created_at=now,
        until=now + dt.timedelta(days=days),
    )
    made.save(force_insert=True)
    made.awards.set(awards)
    made.foreign_badges.set(foreign_badges)
    links.issue(SHARE, made.pk, "")
    return Done(made, data={"badges": len(awards) + len(foreign_badges), "days": days, "named": shows_name})


@action(Verb.SHARE_STOPPED, may="credentials.own")
def stop(share: Share, *, actor: Actor) -> Share:
    """Close a link at once and for good; stopping again changes nothing."""
    Share.objects.unscoped("the policy decided on this row").filter(pk=share.pk, stopped_at=None).update(
        stopped_at=clock.now()
    )
    links.revoke(SHARE, share.pk)
    share.refresh_from_db()
    return share


def count_view(share: Share) -> bool:
    """Count one look, unless the last one allowed was taken meanwhile; tell whether there was room.

    Bookkeeping of the link, as `links.mark_opened`: who looks is not known and leaves no line.
    """
    rows = Share.objects.unscoped("one more look at this link").filter(pk=share.pk)
    room = rows.filter(Q(max_views=None) | Q(view_count__lt=F("max_views")))
    return bool(room.update(view_count=F("view_count") + 1, last_viewed_at=clock.now()))


@action(Verb.AWARD_SHOWN, may="credentials.own_award")
def show(award: Award, *, actor: Actor, is_shown: bool) -> Done:
    """Show a badge to others, or keep it for oneself: links that show it leave it out at once."""
    Award.objects.unscoped("the policy decided on this row").filter(pk=award.pk).update(is_shown=is_shown)
    award.is_shown = is_shown
    return Done(award, data={"is_shown": is_shown})


def _require_showable(person: Person, awards: Sequence[Award], foreign_badges: Sequence[ForeignBadge]) -> None:
    for award in awards:
        if award.person_id != person.pk:
            raise CredentialRefused(_("Ce badge n'est pas le vôtre."), "badges")
        if not award.is_shown:
            raise CredentialRefused(_("Vous gardez ce badge pour vous : montrez-le d'abord aux autres."), "badges")
        if award.state != AwardState.ISSUED or queries_sharing.worn(award).standing is not Standing.VALID:
            sentence = _("Le badge « %(badge)s » n'est pas valable en ce moment : il ne se partage pas.")
            raise CredentialRefused(sentence % {"badge": award.badge_class.name}, "badges")
    if any(one.person_id != person.pk or not one.is_shown for one in foreign_badges):
        raise CredentialRefused(_("Ce badge n'est pas le vôtre, ou vous le gardez pour vous."), "badges")
