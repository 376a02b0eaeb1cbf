"""The label beside the offers of a list: one query for the page, whatever its length."""

from collections.abc import Iterable

from entremise.offers.models import Offer
from entremise.reciprok.queries_label import marks_of


def mark(offers: Iterable[Offer]) -> None:
    """Give each offer the label of its employer for its card; none is told where applications go elsewhere."""
    listed = list(offers)
    found = marks_of(offer.establishment_id for offer in listed)
    for offer in listed:
        known = found.get(offer.establishment_id)
        is_shown = not offer.establishment.is_private and (known is not None or not offer.apply_url)
        vars(offer).update(label_mark=known, shows_label=is_shown)
