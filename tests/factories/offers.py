"""Offers for the tests: `OfferFactory(open=True)`, with the skills given in `needs`."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import factory

from entremise.kernel import clock
from entremise.offers.actions import Sheet
from entremise.offers.enums import CloseReason, OfferState
from entremise.offers.models import Offer, OfferSkill
from tests.factories.accounts import AgencyFactory
from tests.factories.employers import EstablishmentFactory, commune
from tests.factories.people import occupation


class OfferFactory(factory.django.DjangoModelFactory[Offer]):
    """A cook's offer in Valence: a draft that asks for nothing in particular."""

    class Meta:
        model = Offer
        skip_postgeneration_save = True

    class Params:
        open = factory.Trait(state=OfferState.OPEN, opened_at=factory.LazyFunction(clock.now))
        closed = factory.Trait(
            state=OfferState.CLOSED, closed_at=factory.LazyFunction(clock.now), close_reason=CloseReason.ABANDONED
        )

    establishment = factory.SubFactory(EstablishmentFactory)
    title = "Cuisinier de collectivité"
    occupation = factory.LazyFunction(occupation)
    commune = factory.LazyFunction(commune)
    contract = "cdi"
    agency = factory.SubFactory(AgencyFactory)
    created_at = factory.LazyFunction(clock.now)

    @classmethod
    def _create(cls, model_class: type[Offer], *args: Any, **kwargs: Any) -> Offer:
        offer: Offer = Offer.objects.unscoped("a test's row").create(**kwargs)  # type: ignore[assignment]
        return offer

    @factory.post_generation
    def needs(self: Offer, create: bool, asked: Mapping[UUID, int] | None, **_: object) -> None:
        """Ask for skills."""
        for skill_id, need in (asked or {}).items():
            OfferSkill.objects.unscoped("a test's row").create(offer=self, skill_id=skill_id, need=need)


def sheet(**facts: Any) -> Sheet:
    """Return what an offer says, for the product's own actions."""
    told = {
        "title": "Second de cuisine", "occupation": facts.get("occupation") or occupation(), "contract": "cdi",
        "establishment": facts.get("establishment") or EstablishmentFactory(),
        "commune": facts.get("commune") or commune(),
    }  # fmt: skip
    return Sheet(**told | facts)


def again(offer: Offer) -> Offer:
    """Read an offer again."""
    found: Offer = Offer.objects.unscoped("a test").get(pk=offer.pk)  # type: ignore[assignment]
    return found
