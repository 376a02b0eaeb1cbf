"""Writes of the saved searches of the pool."""

from django.utils.translation import gettext as _

from entremise.accounts.models import Agency
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.promotions.actions import PromotionRefused
from entremise.promotions.enums import Verb
from entremise.promotions.models import Segment

LONGEST_NAME = 120
LONGEST_QUERY = 2000


@action(Verb.SEGMENT_SAVED, may="promotions.segment_save")
def save_segment(agency: Agency, *, actor: Actor, name: str, query: str, is_shared: bool = True) -> Segment:
    """Keep the filters of a search under a name, shared with the territory unless said otherwise."""
    known = " ".join(name.split())
    if not known or len(known) > LONGEST_NAME:
        raise PromotionRefused(_("Donnez un nom à ce segment, en 120 caractères au plus."), "name")
    if not query or len(query) > LONGEST_QUERY:
        raise PromotionRefused(_("Choisissez au moins un filtre avant d'enregistrer un segment."), "query")
    segment: Segment = Segment.objects.unscoped("a new row of the checked agency").create(
        agency=agency, author_id=actor.user_id, name=known, query=query, is_shared=is_shared, created_at=clock.now()
    )  # type: ignore[assignment]  # the scope is untyped
    return segment


@action(Verb.SEGMENT_REMOVED, may="promotions.segment_remove")
def remove_segment(segment: Segment, *, actor: Actor) -> Done:
    """Forget a saved search."""
    codes = {"segment": str(segment.pk)}
    agency = segment.agency
    Segment.objects.unscoped("the policy decided on this row").filter(pk=segment.pk).delete()
    return Done(None, data=codes, subject=agency)
