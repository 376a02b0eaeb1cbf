"""The invented applications: a year of answers and silences, and a recruitment under way in the certified space."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

from entremise.accounts.models import User
from entremise.accounts.queries import actor_for
from entremise.demo import offers
from entremise.demo.accounts import AWA_PHONE, KARIM_PHONE
from entremise.demo.draws import weighted
from entremise.demo.network import SYSTEM
from entremise.demo.profiles import BATCH, World
from entremise.employers.enums_spaces import SpaceState
from entremise.employers.models import Establishment
from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel.models import JournalEntry
from entremise.offers.enums import Channel, OfferState
from entremise.offers.models import Offer, OfferSkill
from entremise.people.models import Person, Wish
from entremise.reciprok import actions, actions_apply, actions_label, rules
from entremise.reciprok.enums import ApplicationState, Count, Part, RatingState, RefusalReason, Step
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.models_following import Rating

WHY = "an invented application"
# How much each employer answers and how fast: three levels of the label, and two without.
HABITS = ((0.98, 3), (0.97, 5), (0.88, 11), (0.84, 9), (0.7, 20), (0.65, 24), (0.3, 18), (0.1, 30))
PAST = (6, 18)  # applications of a year, for one employer
UNDER_WAY, WAITING_TOO = 7, 36  # through the product's own actions; and written as they would have been
REASONS = (
    (RefusalReason.OTHER_KEPT, 7), (RefusalReason.EXPERIENCE, 5), (RefusalReason.SKILLS, 4),
    (RefusalReason.AVAILABILITY, 2), (RefusalReason.DISTANCE, 2), (RefusalReason.FILLED, 3),
)  # fmt: skip
WORDS = (
    "Bonjour, le planning annoncé me convient et j'habite à côté. Je peux commencer lundi.",
    "Bonjour, j'ai déjà fait ce travail deux saisons, et j'aime le faire bien.",
    "",
)
OPINIONS = (
    "On m'a répondu vite, avec des mots simples.",
    "Entretien agréable, et une vraie explication à la fin.",
    "J'aurais aimé connaître les horaires plus tôt.",
)
FORGOTTEN = 3
SHOWN = (Part.IDENTITY, Part.EXPERIENCES, Part.SAID_SKILLS, Part.WISHES)


def tell(rng: random.Random, drawn: World) -> None:
    """Invent the year that is past, then what runs today."""
    space = RecruiterSpace.objects.unscoped(WHY).select_related("establishment__commune", "agency").get(
        state=SpaceState.CERTIFIED
    )  # fmt: skip
    known = Person.objects.unscoped(WHY).exclude(agency=None).exclude(user__phone=AWA_PHONE)  # hers to play
    people = list(known.order_by("reference"))
    places = dict.fromkeys(one for some in drawn.companies.values() for one in some if one != space.establishment)
    employers = [space.establishment, *list(places)[: len(HABITS) - 1]]
    for habit, employer in zip(HABITS, employers, strict=False):
        made = _past(rng, drawn, employer, habit, rng.sample(people, min(len(people), rng.randint(*PAST))))
        _rate(rng, made)
    _forget(rng, drawn, employers[-1], people)
    _under_way(rng, drawn, space, people)
    actions_label.compute_all()


def _past(
    rng: random.Random, drawn: World, employer: Establishment, habit: tuple[float, int], people: list[Person]
) -> list[Application]:
    boxes: Any = Inbox.objects.unscoped(WHY)
    first = drawn.now - dt.timedelta(days=400)
    box, _is_new = boxes.get_or_create(
        establishment=employer, offer=None, defaults={"agency": drawn.network.agencies[0], "created_at": first}
    )
    made = [_closed(rng, drawn.now, box, person, habit) for person in people]
    rows: Any = Application.objects.unscoped(WHY)
    rows.bulk_create(made, batch_size=BATCH)
    JournalEntry.objects.bulk_create([line for one in made for line in _lines(one)], batch_size=BATCH)
    return made


def _rate(rng: random.Random, made: list[Application]) -> None:
    """Let some candidates say how they were treated; an adviser has the last words to read."""
    answered = [one for one in made if one.count == Count.ANSWERED]
    ratings = []
    for rank, one in enumerate(answered[:7]):
        words = rng.choice(OPINIONS) if rank % 2 else ""
        is_read = not words or rank < 5
        ratings.append(
            Rating(
                application=one, establishment=one.establishment, words=words, given_at=one.changed_at,
                courtesy=rng.randint(3, 5), clarity=rng.randint(3, 5), speed=rng.randint(2, 5),
                state=RatingState.PUBLISHED if is_read else RatingState.WAITING,
            )
        )  # fmt: skip
    rows: Any = Rating.objects.unscoped(WHY)
    rows.bulk_create(ratings)


def _forget(rng: random.Random, drawn: World, employer: Establishment, people: list[Person]) -> None:
    """Let an employer forget three people: an adviser will call."""
    rows: Any = Application.objects.unscoped(WHY)
    box = Inbox.objects.unscoped(WHY).get(establishment=employer, offer=None)
    known = set(rows.filter(inbox=box).values_list("person_id", flat=True))
    others = [one for one in people if one.pk not in known][:FORGOTTEN]
    _wait(rng, drawn.now - dt.timedelta(days=38), box, others)


def _closed(rng: random.Random, now: dt.datetime, box: Inbox, person: Person, habit: tuple[float, int]) -> Application:
    share, days = habit
    sent_at = now - dt.timedelta(days=rng.randint(65, 340), hours=rng.randint(0, 9))
    told: dict[str, Any] = {"acknowledged_at": sent_at, "parts": list(SHOWN), "words": rng.choice(WORDS)}
    if rng.random() < share:
        at = sent_at + dt.timedelta(days=rng.uniform(0.3, 2 * days), hours=1)
        is_hired = rng.random() < 0.12
        told |= {"read_at": at, "answered_at": at, "count": Count.ANSWERED, "channel": "site"}
        told |= {"state": ApplicationState.HIRED if is_hired else ApplicationState.REFUSED}
        told |= {"reason": "" if is_hired else weighted(rng, REASONS)}
    else:
        at = rules.expires_at(sent_at)
        told |= {"state": ApplicationState.UNANSWERED, "count": Count.SILENT}
    return Application(
        inbox=box, establishment=box.establishment, person=person, sent_at=sent_at, changed_at=at, closed_at=at,
        counted_at=at, expires_at=rules.expires_at(sent_at), **told,
    )  # fmt: skip


def _lines(application: Application) -> list[JournalEntry]:
    """Return the lines by which the label may be recomputed: the sending, then what decided its count."""
    verbs = {ApplicationState.HIRED: "hire", ApplicationState.REFUSED: "refuse"}
    facts = {
        "actor_kind": "job", "actor_id": "demo", "subject_type": "reciprok.application",
        "subject_id": str(application.pk), "person_id": application.person_id,
    }  # fmt: skip
    place = {"establishment": str(application.establishment_id)}
    verb = verbs.get(ApplicationState(application.state), "close_unanswered")
    return [
        JournalEntry(at=application.sent_at, verb="reciprok.applied", data=place, **facts),
        JournalEntry(
            at=application.changed_at, verb=f"reciprok.{verb}", after=application.state,
            data=place | {"count": str(application.count)}, **facts,
        ),
    ]  # fmt: skip


def _under_way(rng: random.Random, drawn: World, space: RecruiterSpace, people: list[Person]) -> None:
    """Let people apply to an offer of the certified space, through the product's own actions."""
    offer = _offer(drawn, space)
    recruiter = actor_for(User.objects.get(space_memberships__space=space), second_factor=False)
    karim = Person.objects.unscoped(WHY).get(user__phone=KARIM_PHONE)
    others = sorted((one for one in people if one != karim), key=_nearness(offer))
    drawn_people = others[: UNDER_WAY + WAITING_TOO]
    wanted = [karim, *drawn_people[:UNDER_WAY]]
    sent = [
        actions_apply.apply(
            person, actor=SYSTEM, offer=offer, establishment=space.establishment, parts=SHOWN, words=rng.choice(WORDS)
        )
        for person in wanted
    ]
    _wait(rng, drawn.now, sent[0].inbox, drawn_people[UNDER_WAY:])
    for application in sent[:4]:
        actions.read(application, actor=recruiter)
    actions.favour(sent[0], actor=recruiter, step=Step.CALL, words="Votre parcours nous plaît. Quand vous appeler ?")
    actions.refuse(sent[1], actor=recruiter, reason=RefusalReason.EXPERIENCE)


def _nearness(offer: Offer) -> Callable[[Person], int]:
    """Return what sorts first those who look for the trade of an offer, then for one of its family."""
    nearest: dict[UUID, int] = {}
    wishes: Any = Wish.objects.unscoped(WHY)
    for pk, code in wishes.values_list("person_id", "occupation__rome_code"):
        shared = sum(code[:size] == offer.occupation.rome_code[:size] for size in (1, 3, 5))  # domain, field, trade
        nearest[pk] = max(nearest.get(pk, 0), shared)
    return lambda one: -nearest.get(one.pk, 0)


def _wait(rng: random.Random, now: dt.datetime, box: Inbox, people: list[Person]) -> None:
    """Let more people wait, the first ones the longest: a recruiter who has to answer forty."""
    made = []
    for rank, person in enumerate(people):
        sent_at = now - dt.timedelta(hours=120 - 118 * rank / len(people), minutes=rng.randint(0, 60))
        made.append(
            Application(
                inbox=box, establishment=box.establishment, person=person, state=ApplicationState.ACKNOWLEDGED,
                sent_at=sent_at, acknowledged_at=sent_at, changed_at=sent_at, expires_at=rules.expires_at(sent_at),
                parts=list(SHOWN), words=rng.choice(WORDS),
            )
        )  # fmt: skip
    rows: Any = Application.objects.unscoped(WHY)
    rows.bulk_create(made, batch_size=BATCH)
    lines = [_lines(one)[0] for one in made]
    JournalEntry.objects.bulk_create(lines, batch_size=BATCH)


def _offer(drawn: World, space: RecruiterSpace) -> Offer:
    rome = next(rome for rome, places in drawn.companies.items() if space.establishment in places)
    occupation = drawn.occupations[rome]
    created_at = drawn.now - dt.timedelta(days=6)
    offer = Offer(
        establishment=space.establishment, agency=space.agency, space=space, channel=Channel.RECRUITER,
        title=occupation.label, occupation=occupation, commune=space.establishment.commune, contract="cdi",
        working_time="full", state=OfferState.OPEN, created_at=created_at, opened_at=created_at,
        expires_on=(drawn.now + dt.timedelta(days=50)).date(),
        description="Une équipe de six, un planning connu un mois à l'avance. La première semaine se passe en double.",
    )  # fmt: skip
    offers.keep([offer])
    OfferSkill.objects.bulk_create(OfferSkill(offer=offer, skill=one.skill) for one in drawn.skills[rome][:5])
    return offer
