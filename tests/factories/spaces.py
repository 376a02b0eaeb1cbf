"""Recruiter spaces for the tests: `RecruiterSpaceFactory(certified=True)`, with their members, checks and points."""

import datetime as dt
from typing import Any

import factory

from entremise.accounts.models import User
from entremise.employers import rules_certification as rules
from entremise.employers.enums_spaces import CheckKind, CheckOutcome, Gravity, MemberRank, SpaceState, VigilanceKind
from entremise.employers.models_spaces import RecruiterSpace, SpaceCheck, SpaceMember, VigilancePoint
from entremise.kernel import clock
from entremise.lib.workcalendar import WorkCalendar
from tests.factories.accounts import AgencyFactory, UserFactory
from tests.factories.employers import EstablishmentFactory

WHY = "a test's row"


class RecruiterSpaceFactory(factory.django.DjangoModelFactory[RecruiterSpace]):
    """A space asked for now in Valence, with one ambassador (`member=False`: with nobody)."""

    class Meta:
        model = RecruiterSpace
        skip_postgeneration_save = True

    class Params:
        certified = factory.Trait(
            state=SpaceState.CERTIFIED, due_at=None, decided_at=factory.LazyAttribute(lambda o: o.created_at)
        )
        under_review = factory.Trait(state=SpaceState.UNDER_REVIEW)
        documents = factory.Trait(state=SpaceState.DOCUMENTS)
        refused = factory.Trait(
            state=SpaceState.REFUSED, due_at=None, decided_at=factory.LazyAttribute(lambda o: o.created_at)
        )
        blocked = factory.Trait(
            state=SpaceState.BLOCKED, due_at=None, decided_at=factory.LazyAttribute(lambda o: o.created_at)
        )
        closed = factory.Trait(state=SpaceState.CLOSED, due_at=None)

    establishment = factory.SubFactory(EstablishmentFactory)
    agency = factory.SubFactory(AgencyFactory)
    purpose = "Recruter deux jardiniers pour le printemps."
    created_at = factory.LazyFunction(clock.now)
    clock_at = factory.LazyAttribute(lambda o: o.created_at)
    call_by_at = factory.LazyAttribute(lambda o: rules.clocks(o.clock_at, WorkCalendar()).call_by_at)
    ends_at = factory.LazyAttribute(lambda o: rules.clocks(o.clock_at, WorkCalendar()).ends_at)
    due_at = factory.LazyAttribute(lambda o: rules.clocks(o.clock_at, WorkCalendar()).due_at)
    last_active_at = factory.LazyAttribute(lambda o: o.created_at)

    @classmethod
    def _create(cls, model_class: type[RecruiterSpace], *args: Any, **kwargs: Any) -> RecruiterSpace:
        space: RecruiterSpace = RecruiterSpace.objects.unscoped(WHY).create(**kwargs)
        return space

    @factory.post_generation
    def member(self: RecruiterSpace, create: bool, wanted: User | bool | None, **facts: Any) -> None:
        """Give the space its ambassador: a new recruiter, this account, or nobody."""
        if wanted is False:
            return
        known = {"user": wanted} if isinstance(wanted, User) else {}
        SpaceMemberFactory(space=self, rank=MemberRank.AMBASSADOR, **known | facts)


class SpaceMemberFactory(factory.django.DjangoModelFactory[SpaceMember]):
    """Somebody who recruits there since the space exists; `invited=True`: who has not come yet."""

    class Meta:
        model = SpaceMember

    class Params:
        invited = factory.Trait(user=None, joined_at=None)

    space = factory.SubFactory(RecruiterSpaceFactory, member=False)
    user = factory.SubFactory(
        UserFactory,
        email=factory.Sequence(lambda n: f"recrute{n}@garance.example"),
        is_recruiter=True,
        first_name="Marc",
        last_name=factory.Sequence(lambda n: f"Lemoine{n}"),
    )
    email = factory.LazyAttribute(lambda o: o.user.email if o.user else "invitee@garance.example")
    first_name = factory.LazyAttribute(lambda o: o.user.first_name if o.user else "Lina")
    last_name = factory.LazyAttribute(lambda o: o.user.last_name if o.user else "Aubert")
    job = "responsable du personnel"
    phone = factory.Sequence(lambda n: f"+33475{n + 100:06d}")
    invited_at = factory.LazyAttribute(lambda o: o.space.created_at)
    joined_at = factory.LazyAttribute(lambda o: o.space.created_at)

    @classmethod
    def _create(cls, model_class: type[SpaceMember], *args: Any, **kwargs: Any) -> SpaceMember:
        member: SpaceMember = SpaceMember.objects.unscoped(WHY).create(**kwargs)  # type: ignore[assignment]
        return member


class SpaceCheckFactory(factory.django.DjangoModelFactory[SpaceCheck]):
    """A landline call that confirmed everything."""

    class Meta:
        model = SpaceCheck

    space = factory.SubFactory(RecruiterSpaceFactory)
    kind = CheckKind.LANDLINE
    outcome = CheckOutcome.CONFIRMED
    number = "+33475000000"
    at = factory.LazyFunction(clock.now)

    @classmethod
    def _create(cls, model_class: type[SpaceCheck], *args: Any, **kwargs: Any) -> SpaceCheck:
        check: SpaceCheck = SpaceCheck.objects.unscoped(WHY).create(**kwargs)  # type: ignore[assignment]
        return check


class VigilancePointFactory(factory.django.DjangoModelFactory[VigilancePoint]):
    """A point that holds until somebody answers it."""

    class Meta:
        model = VigilancePoint

    space = factory.SubFactory(RecruiterSpaceFactory)
    kind = VigilanceKind.SAME_PHONE
    gravity = Gravity.HOLD
    evidence = "Le numéro 04 75 00 00 00 sert aussi à un espace bloqué."
    key = factory.Sequence(lambda n: f"{n:064d}")
    found_at = factory.LazyFunction(clock.now)

    @classmethod
    def _create(cls, model_class: type[VigilancePoint], *args: Any, **kwargs: Any) -> VigilancePoint:
        point: VigilancePoint = VigilancePoint.objects.unscoped(WHY).create(**kwargs)  # type: ignore[assignment]
        return point


def again(space: RecruiterSpace) -> RecruiterSpace:
    """Read a space again."""
    found: RecruiterSpace = RecruiterSpace.objects.unscoped(WHY).get(pk=space.pk)
    return found


def long_ago(**ago: float) -> dt.datetime:
    """Return a moment before now."""
    return clock.now() - dt.timedelta(**ago)
