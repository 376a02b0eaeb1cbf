"""Writes about the life of a badge at its holder's: the reminders before it ends."""

from django.utils.translation import override

from entremise.credentials import mails_people, queries_keys
from entremise.credentials.enums import Verb
from entremise.credentials.models import Award
from entremise.kernel import clock, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor

WALL = "/moi/badges/"


@action(Verb.REMINDED, may="credentials.sign")
def remind(award: Award, *, actor: Actor, days: int) -> Done:
    """Tell a holder that her badge ends soon; once for each of the three moments, whether or not it can be sent."""
    locked = Award.objects.unscoped("the platform's own reminders").select_for_update(of=("self",), no_key=True)
    fresh = locked.get(pk=award.pk)
    if fresh.reminded_days is not None and fresh.reminded_days <= days:
        return Done(award, data={"days": days, "sent": False})  # another worker was quicker
    fresh.reminded_days = award.reminded_days = days
    fresh.save(update_fields=["reminded_days"])
    user = award.person.user if award.person else None
    is_sent = bool(user and user.email and award.valid_until)
    if user and user.email and award.valid_until:
        with override(user.language):
            soon = mails_people.BadgeEnding(
                badge=award.badge_class.name,
                issuer=award.badge_class.issuer.name,
                day=clock.local(award.valid_until).date(),
                url=queries_keys.address(WALL),
            )
        department = award.person.department_id or "" if award.person else ""
        mail.send(soon, to=user.email, about=award, language=user.language, department=department)
    return Done(award, data={"days": days, "sent": is_sent})
