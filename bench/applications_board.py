"""Measure the board of an offer with 500 applications: time, queries; the list, the best match, a page, the mail page.

The pass that keeps how applications fit is run, and measured, once the data is written: « the best match first » is a
page of a site whose jobs run, as all are ten minutes after the last application.

Run with `python -m bench.applications_board [--json] [--applications 500]`.
"""

import datetime as dt
import sys
import time
from functools import partial
from typing import Any

from bench.report import Report, arguments, percentile, timed
from bench.site import database_seconds, new_site
from entremise.config.database import refresh_statistics

APPLICATIONS, VIEWS = 500, 40
SKILLS, PROVED, JOBS = 12, 5, 3
TARGET_MS, MOST_QUERIES = 150, 12
WHY = "a bench"


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--applications", type=int, default=APPLICATIONS, help="how many on the one offer")
    asked = parser.parse_args(given)
    report = Report("applications_board")
    dataset = f"{asked.applications} applications to one offer, {VIEWS} views, one process"
    with new_site() as settings:
        from django.conf import settings as django_settings
        from django.test import Client

        user, pages, link = _fill(asked.applications)
        refresh_statistics(settings)
        took = _score(asked.applications)
        report.figure(name="one pass of the scores", value=took, unit="s", dataset=dataset)
        report.figure(name="one pass, applications", value=asked.applications / took, unit="/s", dataset=dataset)
        client = Client(SERVER_NAME="localhost")
        client.force_login(user, backend=django_settings.AUTHENTICATION_BACKENDS[0])
        bearer = Client(SERVER_NAME="localhost")  # of the link: nobody's account
        bearer.get(link)
        for name, path in pages.items():
            p95, queries, size, used = _measured(bearer if "link" in name else client, path)
            report.figure(
                name=f"{name}, p95", value=p95, unit="ms", target=f"< {TARGET_MS}", met=p95 < TARGET_MS,
                dataset=dataset,
            )  # fmt: skip
            report.figure(
                name=f"{name}, SQL queries", value=queries, unit="", target=f"<= {MOST_QUERIES}",
                met=queries <= MOST_QUERIES, dataset=dataset,
            )  # fmt: skip
            report.figure(name=f"{name}, processor", value=used, unit="ms", dataset=dataset)
            report.figure(name=f"{name}, HTML", value=size / 1_000, unit="kB", dataset=dataset)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _score(count: int) -> float:
    from entremise.matching import actions_fits

    began = time.perf_counter()
    scored = actions_fits.score_new()
    assert scored == count, scored
    return time.perf_counter() - began


def _measured(client: Any, path: str) -> tuple[float, int, int, float]:
    from django.db import connection

    client.get(path)
    asked: list[str] = []
    with connection.execute_wrapper(partial(_count, asked)):  # the log is emptied when a request begins
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    ours, database = time.process_time(), database_seconds()
    p95 = percentile(timed(client.get, [path] * VIEWS), 0.95)
    used = time.process_time() - ours + database_seconds() - database
    return p95, len(asked), len(answer.content), 1_000 * used / VIEWS


def _count(asked: list[str], execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if not sql.startswith(("SAVEPOINT", "RELEASE")):
        asked.append(sql)
    return execute(sql, params, many, context)


def _fill(count: int) -> tuple[Any, dict[str, str], str]:
    from django.urls import reverse

    from bench.feeds import world
    from entremise.accounts.models import Agency, User
    from entremise.employers.models import Establishment
    from entremise.employers.models_spaces import RecruiterSpace, SpaceMember
    from entremise.kernel import clock, links
    from entremise.offers.models import Offer, OfferSkill
    from entremise.reciprok.links import INBOX
    from entremise.reciprok.models import Inbox
    from entremise.skills.models import Occupation, Skill

    world(is_near=True)
    now = clock.now()
    agency, place = Agency.objects.earliest("pk"), Establishment.objects.earliest("pk")
    trade, skills = Occupation.objects.earliest("rome_code"), list(Skill.objects.order_by("number")[: 4 * SKILLS])
    user = User.objects.create(email="recrute@bench.example", is_recruiter=True)
    spaces: Any = RecruiterSpace.objects.unscoped(WHY)
    moments = dict.fromkeys(("created_at", "clock_at", "call_by_at", "ends_at", "last_active_at"), now)
    space = spaces.create(establishment=place, agency=agency, state="certified", **moments)
    members: Any = SpaceMember.objects.unscoped(WHY)
    members.create(space=space, user=user, email=user.email, rank="ambassador", invited_at=now, joined_at=now)
    offers: Any = Offer.objects.unscoped(WHY)
    offer = offers.create(
        establishment=place, title="Cuisinier", occupation=trade, commune=place.commune, contract="cdi", agency=agency,
        created_at=now, opened_at=now, state="open", space=space, channel="recruiter",
    )  # fmt: skip
    asked: Any = OfferSkill.objects.unscoped(WHY)
    asked.bulk_create(OfferSkill(offer=offer, skill=skill, need=2) for skill in skills[:8])
    boxes: Any = Inbox.objects.unscoped(WHY)
    box = boxes.create(offer=offer, establishment=place, agency=agency, created_at=now)
    first = _people(count, box, trade, skills)
    link = links.issue(INBOX, box.pk, user.email)
    board = reverse("recruiter_applications", args=[offer.pk])
    by_link = reverse("inbox", args=[links.reference(link)])
    pages = {
        "the board": board, "the best match first": f"{board}?tri=adequation",
        "the next page": f"{board}?apres={first}", "one state": f"{board}?etat=non-retenues",
        "the page of the mail link": by_link,
    }  # fmt: skip
    return user, pages, reverse("inbox", args=[links.token(link)])


def _people(count: int, box: Any, trade: Any, skills: list[Any]) -> Any:
    """Write the candidates with what a card shows of them; return the twentieth application."""
    from entremise.kernel import clock, vault
    from entremise.lib.uuid7 import uuid7
    from entremise.passport.models import Evidence, Experience, HeldSkill
    from entremise.people import rules
    from entremise.people.models import Identity, Person, Wish
    from entremise.reciprok.models import Application

    def write(model: Any, rows: Any) -> Any:
        manager: Any = model.objects.unscoped(WHY) if hasattr(model.objects, "unscoped") else model.objects
        return manager.bulk_create(rows)

    now, commune = clock.now(), box.establishment.commune
    places = {"commune": commune, "department_id": commune.department_id, "created_at": now}
    people = write(Person, [Person(reference=rules.reference_of(2_000_000 + n), **places) for n in range(count)])
    with vault.handled([one.pk for one in people], purpose="bench"):
        write(
            Identity, [Identity(person=one, first_name="Awa", last_name=f"Diallo {n}") for n, one in enumerate(people)]
        )
    write(Wish, [Wish(person=one, occupation=trade, rank=1) for one in people])
    day = dt.date(2020, 1, 1)
    jobs = [(one, n) for one in people for n in range(JOBS)]
    write(Experience, [
        Experience(person=one, title="Cuisinier", employer_name="Chez Suzanne", created_at=now, occupation=trade,
                   started_on=day.replace(year=2015 + n), ended_on=day.replace(year=2016 + n))
        for one, n in jobs
    ])  # fmt: skip
    held = write(HeldSkill, [
        HeldSkill(person=one, skill=skills[(rank + n) % len(skills)], declared_at=now, assurance=2 * (n < PROVED))
        for rank, one in enumerate(people) for n in range(SKILLS)
    ])  # fmt: skip
    write(Evidence, [
        Evidence(held_skill=one, source="validation", source_id=uuid7(), assurance=2, origin="Maison Garance",
                 witness_role="cheffe de cuisine", given_on=day)
        for one in held if one.assurance
    ])  # fmt: skip
    parts = ["identity", "experiences", "said_skills", "wishes"]
    made = write(Application, [
        Application(
            inbox=box, establishment=box.establishment, person=one, parts=parts, words="Je connais votre maison.",
            sent_at=now - dt.timedelta(hours=count - n), changed_at=now, expires_at=now + dt.timedelta(days=60),
            state="refused" if n % 10 == 9 else "acknowledged", reason="other_kept" if n % 10 == 9 else "",
        )
        for n, one in enumerate(people)
    ])  # fmt: skip
    return made[21].pk


if __name__ == "__main__":
    sys.exit(main())
