"""Writes of the inboxes: their readers told, reminded, helped, asked to answer everybody at the end."""

from typing import Any

from django.utils.translation import gettext as _

from entremise.accounts.queries import calendar_for_agency
from entremise.employers.models import Establishment
from entremise.kernel import clock, reminders
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.kernel.workflow import TransitionRefused
from entremise.offers.models import Offer
from entremise.people import queries as people
from entremise.reciprok import actions_messages as messages
from entremise.reciprok import queries
from entremise.reciprok.enums import Verb
from entremise.reciprok.mails import Why
from entremise.reciprok.models import Inbox
from entremise.reciprok.rules import ApplicationRefused


@action(Verb.INBOX_TOLD, may="reciprok.tend")
def tell(inbox: Inbox, *, actor: Actor) -> Done:
    """Tell the readers of the applications that arrived since they were last written to."""
    locked = _locked(inbox)
    if not queries.untold(clock.now()).filter(pk=locked.pk).exists():
        raise TransitionRefused(_("Ces candidatures sont déjà annoncées."))
    told = messages.tell_inbox(locked, Why.NEW)
    _write(locked, told_at=clock.now())
    return Done(locked, data={"readers": told.count})


@action(Verb.INBOX_REMINDED, may="reciprok.tend")
def remind(inbox: Inbox, *, actor: Actor) -> Done:
    """Remind the readers that somebody waits, with the same link; the last reminder says that it is the last."""
    locked = _locked(inbox)
    now = clock.now()
    calendar = calendar_for_agency(locked.agency)
    if locked.next_reminder_at is None or locked.next_reminder_at > now or not calendar.is_open(now):
        raise TransitionRefused(_("Aucun rappel n'est à envoyer maintenant."))
    oldest = queries.waiting_in(locked).first()
    if oldest is None:
        _write(locked, next_reminder_at=None, reminder_count=0)
        return Done(locked, data={"readers": 0})
    policy = reminders.policy("applications", locked.agency.department_id)
    sent = locked.reminder_count + 1
    told = messages.tell_inbox(locked, Why.REMINDER, is_last=sent >= policy.count)
    if not told.count and told.later_at is not None:
        _write(locked, next_reminder_at=told.later_at)
        return Done(locked, data={"readers": 0, "put_off": True})
    following = policy.next_reminder_at(oldest.sent_at, sent, now, calendar)
    _write(locked, reminder_count=sent if following else 0, next_reminder_at=following)
    return Done(locked, data={"count": sent, "readers": told.count})


@action(Verb.HELP_OFFERED, may="reciprok.tend")
def offer_help(inbox: Inbox, *, actor: Actor) -> Done:
    """Offer help to answer everybody, when somebody waits for 45 days."""
    locked = _locked(inbox)
    told = messages.tell_inbox(locked, Why.HELP)
    if told.count or told.later_at is None:  # whom nobody may write to this week is helped next week
        _write(locked, helped_at=clock.now())
    return Done(locked, data={"readers": told.count})


@action(Verb.OVER_NOTED, may="reciprok.tend")
def note_over(inbox: Inbox, *, actor: Actor) -> Done:
    """Note that nobody is looked for any more: all who remain are to be answered."""
    locked = _locked(inbox)
    _write(locked, over_at=clock.now())
    return Done(locked)


@action(Verb.CLOSING_ASKED, may="reciprok.tend")
def ask_closing(inbox: Inbox, *, actor: Actor) -> Done:
    """Ask the readers to answer all who remain, now that the recruitment is over."""
    locked = _locked(inbox)
    if not queries.to_close(clock.now()).filter(pk=locked.pk).exists():
        raise TransitionRefused(_("Il n'y a plus personne à qui répondre ici."))
    told = messages.tell_inbox(locked, Why.CLOSING)
    _write(locked, closing_asked_at=clock.now())
    return Done(locked, data={"readers": told.count})


def open_box(offer: Offer | None, establishment: Establishment) -> Inbox:
    """Return where the applications to an offer, or to an establishment, arrive; open it for the first of them.

    The caller's action decided that somebody may write there.
    """
    agency = offer.agency if offer else people.agency_near(establishment.commune)
    if agency is None:
        raise ApplicationRefused(_("Aucune agence ne suit encore cet établissement ici."), "target")
    rows: Any = Inbox.objects.unscoped("where applications to this offer or establishment arrive")
    made: tuple[Inbox, bool] = rows.get_or_create(
        offer=offer, establishment=establishment, defaults={"agency": agency, "created_at": clock.now()}
    )
    return made[0]


def _locked(inbox: Inbox) -> Inbox:
    rows = queries.whole_inbox(Inbox.objects.unscoped("the platform tends this inbox"))
    return rows.select_for_update(of=("self",), no_key=True).get(pk=inbox.pk)


def _write(inbox: Inbox, **values: Any) -> None:
    rows: Any = Inbox.objects.unscoped("the platform tends this inbox")
    rows.filter(pk=inbox.pk).update(**values)
