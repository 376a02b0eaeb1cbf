"""Where an account is open: each opening is noted, told when the device is new, and may be ended."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from entremise.accounts import mails, queries_sessions
from entremise.accounts.enums import Verb
from entremise.accounts.links import NOT_ME
from entremise.accounts.models import SignIn, User
from entremise.accounts.rules_devices import Visit, session_hash
from entremise.kernel import clock, links, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor


@action(Verb.SIGN_IN_FAILED, may="accounts.sign_in")
def note_failure(user: User, *, actor: Actor, visit: Visit) -> Done:
    """Note that somebody failed to open an account."""
    SignIn.objects.create(user=user, at=clock.now(), succeeded=False, browser=visit.browser, system=visit.system)
    return Done(user)


@action(Verb.SESSIONS_ENDED, may="accounts.own")
def end_session(user: User, *, actor: Actor, sign_in_id: UUID) -> Done:
    """End one session of one's own account."""
    chosen = SignIn.objects.filter(user=user, pk=sign_in_id, ended_at=None)
    return Done(user, data={"ended": _end(list(chosen))})


@action(Verb.SESSIONS_ENDED, may="accounts.own")
def end_other_sessions(user: User, *, actor: Actor, session_key: str) -> Done:
    """End every session of one's own account but this one."""
    return Done(user, data={"ended": end(user, kept=session_key)})


def remember(user: User, visit: Visit) -> None:
    """Keep that an account was opened; tell its owner when the device was never seen."""
    SignIn.objects.create(
        user=user,
        at=clock.now(),
        succeeded=True,
        browser=visit.browser,
        system=visit.system,
        is_new_device=visit.is_new,
        session_hash=visit.session_hash,
    )
    if visit.is_new and user.email and not settings.DEMO:  # the accounts of the demonstration are everybody's
        _tell_of_new_device(user, visit)


def follow(user: User, *, before: str, after: str) -> None:
    """Keep track of a session whose key changed, as at a new password."""
    opened = SignIn.objects.filter(user=user, session_hash=session_hash(before))
    opened.update(session_hash=session_hash(after))


def end(user: User, *, kept: str = "") -> int:
    """End the open sessions of an account, but the one of this key; return how many."""
    others = SignIn.objects.filter(user=user, succeeded=True, ended_at=None)
    if kept:
        others = others.exclude(session_hash=session_hash(kept))
    return _end(list(others))


def _end(chosen: list[SignIn]) -> int:
    count: int = queries_sessions.rows_of(one.session_hash for one in chosen if one.session_hash).delete()[0]
    SignIn.objects.filter(pk__in=[one.pk for one in chosen]).update(ended_at=clock.now())
    return count


def _tell_of_new_device(user: User, visit: Visit) -> None:
    link = links.issue(NOT_ME, user.pk, user.email or "")
    with override(user.language):
        told = mails.NewDevice(
            device=queries_sessions.device_words(visit.browser, visit.system),
            when=queries_sessions.moment_words(clock.now()),
            url=mail.absolute(reverse("not_me", args=[links.token(link)])),
        )
    mail.send(told, to=user.email or "", about=user, language=user.language)
