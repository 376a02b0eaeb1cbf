"""What is said after an application, for the scene that trusts nobody and for the tests of the advisers' pages."""

import datetime as dt
from typing import Any
from uuid import UUID

from entremise.accounts.models import Agency
from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.people.models import Person
from entremise.reciprok.models import Application
from entremise.reciprok.models_following import AbuseReport, Meeting, Rating, Recommendation
from entremise.reciprok.models_label import CountContest, Pause, Silence
from tests.factories.employers import EstablishmentFactory
from tests.factories.labels import applied, inbox_at

WHY = "a test's row"
RATED = "accueil-glacial-au-troisième-sous-sol"
REPORTED = "on-m'a-demandé-trois-cents-écus"
CONTESTED_COUNT = "répondu-par-pigeon-voyageur"
SILENT = "plus-une-minute-depuis-la-moisson"
NOTED = "hésite-entre-deux-chantiers"


def rating(application: Application, **facts: Any) -> Rating:
    """Return a rating with words that waits for an adviser."""
    told = {
        "establishment": application.establishment, "courtesy": 2, "clarity": 3, "speed": 4, "words": RATED,
        "given_at": clock.now(), **facts,
    }  # fmt: skip
    return Rating.objects.unscoped(WHY).create(application=application, **told)  # type: ignore[return-value]


def report(application: Application, **facts: Any) -> AbuseReport:
    """Return a report by the person that waits for an adviser."""
    told = {
        "person": application.person, "kind": "insult", "words": REPORTED, "reported_at": clock.now(),
        "due_on": clock.today() + dt.timedelta(days=14), **facts,
    }  # fmt: skip
    return AbuseReport.objects.unscoped(WHY).create(application=application, **told)  # type: ignore[return-value]


def count_contest(application: Application, **facts: Any) -> CountContest:
    """Return a contested count that waits for an adviser."""
    told = {
        "establishment": application.establishment, "words": CONTESTED_COUNT, "contested_at": clock.now(),
        "due_on": clock.today() + dt.timedelta(days=14), **facts,
    }  # fmt: skip
    return CountContest.objects.unscoped(WHY).create(application=application, **told)  # type: ignore[return-value]


def silence(establishment: Establishment, agency: Agency, **facts: Any) -> Silence:
    """Return advice that an employer asked for."""
    told = {
        "agency": agency, "asked_at": clock.now(), "reason": "too_many", "words": SILENT, "is_advice_wanted": True,
        "explained_at": clock.now(), "due_on": clock.today() + dt.timedelta(days=14), **facts,
    }  # fmt: skip
    return Silence.objects.unscoped(WHY).create(establishment=establishment, **told)  # type: ignore[return-value]


def pause(establishment: Establishment, **facts: Any) -> Pause:
    """Return the pause of an establishment that answered nobody."""
    told = {"kind": "auto", "announced_at": clock.now(), "starts_at": clock.now() + dt.timedelta(days=7), **facts}
    return Pause.objects.unscoped(WHY).create(establishment=establishment, **told)  # type: ignore[return-value]


def meeting(application: Application, **facts: Any) -> Meeting:
    """Return a meeting whose moment is chosen."""
    at = clock.now() + dt.timedelta(days=2)
    told = {"kind": "meeting", "slots": [at], "state": "chosen", "chosen_at": at, "proposed_at": clock.now(), **facts}
    return Meeting.objects.unscoped(WHY).create(application=application, **told)  # type: ignore[return-value]


def recommendation(application: Application, **facts: Any) -> Recommendation:
    """Return a recommendation that waits for the person's word."""
    place = EstablishmentFactory(commune=application.establishment.commune)
    told = {"target": inbox_at(place, agency=application.inbox.agency), "asked_at": clock.now(), **facts}
    return Recommendation.objects.unscoped(WHY).create(  # type: ignore[return-value]
        application=application, **told
    )


def stage_things(agency: Agency, person: Person, establishment: Establishment) -> dict[str, UUID]:
    """Return one thing of each kind, under the names of the advisers' addresses."""
    inbox = inbox_at(establishment, agency=agency)
    one = applied(establishment, person=person, inbox=inbox, words=RATED, note=NOTED, reply=REPORTED)
    named = dict.fromkeys(
        (
            "adviser_application", "adviser_application_favour", "adviser_application_refuse",
            "adviser_application_hire", "my_job_application", "my_job_application_withdraw",
            "my_job_application_offers",
            "my_job_application_reply", "my_job_application_rate", "my_job_application_report",
        ),
        one.pk,
    )  # fmt: skip
    met = meeting(one)
    named |= dict.fromkeys(("my_meeting_choose", "my_meeting_decline", "my_meeting_calendar"), met.pk)
    return named | {
        "my_recommendation_answer": recommendation(one).pk,
        "adviser_rating": rating(one).pk,
        "adviser_report": report(one).pk,
        "adviser_count": count_contest(one).pk,
        "adviser_advice": silence(establishment, agency).pk,
        "recruiter_label_contest": one.pk,
        "adviser_pause": pause(EstablishmentFactory(commune=establishment.commune)).pk,
    }
