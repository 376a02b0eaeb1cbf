"""Which news a person wants, and by which way: each can be switched off."""

from collections.abc import Collection

from entremise.kernel import suppression
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.people import queries_letters
from entremise.people.enums import Verb
from entremise.people.models import Person


@action(Verb.NEWS_CHOSEN, may="people.edit")
def choose_news(person: Person, *, actor: Actor, wanted: Collection[str]) -> Done:
    """Let the chosen news leave and stop the others; each choice is a family and a way, as `promotion_news:sms`."""
    stopped = []
    for choice in queries_letters.choices(person, actor):
        if choice.name in wanted:
            suppression.resume(choice.address_hash, family=choice.family)
        else:
            suppression.stop(
                choice.address_hash, reason=suppression.Reason.OPPOSITION, family=choice.family, hint=choice.hint
            )
            stopped.append(choice.name)
    return Done(person, data={"stopped": stopped})
