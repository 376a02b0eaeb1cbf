"""The trace of lists that leave as files."""

from collections.abc import Collection

from entremise.kernel import journal
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.people.enums import RevealPurpose, Visibility
from entremise.reciprok.enums import Verb
from entremise.reciprok.models import Application, Inbox


@action(Verb.EXPORTED, may="reciprok.export_inbox")
def note_export(inbox: Inbox, *, actor: Actor, named: Collection[Application], count: int) -> Done:
    """Keep who took the list of an inbox; each person whose name it bears finds the look in her history."""
    data = {"visibility": str(Visibility.NAMED)}
    journal.append_all(Verb.CARD_READ, named, actor, purpose=RevealPurpose.APPLICATION, data=data)
    return Done(None, data={"count": count, "named": len(named)}, subject=inbox)
