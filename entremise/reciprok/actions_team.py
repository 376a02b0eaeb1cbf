"""Writes of the agencies' teams about applications: the trace of a look."""

from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.people.enums import RevealPurpose, Visibility
from entremise.reciprok.enums import Verb
from entremise.reciprok.models import Application


@action(Verb.CARD_READ, may="reciprok.view")
def look(application: Application, *, actor: Actor) -> Done:
    """Leave in the person's journal that a professional looked at her application, without her name."""
    return Done(application, data={"visibility": str(Visibility.ANONYMOUS)}, purpose=RevealPurpose.APPLICATION)
