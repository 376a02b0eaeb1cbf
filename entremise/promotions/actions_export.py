"""The trace of lists that leave as files."""

from entremise.accounts.models import Agency
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.promotions.enums import Verb


@action(Verb.EXPORTED, may="promotions.export")
def note_export(agency: Agency, *, actor: Actor, what: str, count: int) -> Done:
    """Keep who took which list, and how many lines it had."""
    return Done(agency, data={"list": what, "count": count})
