"""Requests for the tests, made by the product's own actions: `asked()`, `asked(sent=True)`, `answered()`."""

import datetime as dt
from typing import Any

from entremise.employers.models import Establishment
from entremise.kernel.actors import Actor, Role, link_actor
from entremise.passport.models import Experience
from entremise.people.models import Person
from entremise.skills.enums import SkillKind
from entremise.skills.models import OccupationSkill, Skill
from entremise.validations import actions, links
from entremise.validations.enums import Verdict
from entremise.validations.models import Request
from entremise.validations.rules import Answer, AnswerSheet
from tests.factories.employers import EstablishmentFactory
from tests.factories.people import PersonFactory, occupation, owner

LABELS = (
    "Préparer des entrées et des desserts",
    "Respecter les règles d'hygiène",
    "Gérer les stocks de la cuisine",
    "Travailler en équipe",
    "Dresser les assiettes",
    "Former un apprenti",
)


def skill(number: int = 0) -> Skill:
    """Return a skill of the cook's occupation."""
    label = LABELS[number] if number < len(LABELS) else f"Savoir numéro {number}"
    kind = SkillKind.SOFT_SKILL if label == "Travailler en équipe" else SkillKind.KNOW_HOW
    found, _made = Skill.objects.get_or_create(
        source="builtin", external_id=f"test-{number}", defaults={"label": label, "kind": kind}
    )
    OccupationSkill.objects.get_or_create(occupation=occupation(), skill=found)
    return found


def experience(person: Person | None = None, establishment: Establishment | None = None, **told: Any) -> Experience:
    """Return a cook's experience of two years."""
    person = person or PersonFactory()
    return Experience.objects.unscoped("a test's row").create(
        person=person,
        title="Cuisinière",
        occupation=occupation(),
        establishment=establishment or EstablishmentFactory(),
        started_on=dt.date(2021, 3, 1),
        ended_on=dt.date(2023, 6, 30),
        created_at=dt.datetime(2026, 1, 5, tzinfo=dt.UTC),
        **told,
    )


def facts(count: int = 4, **changed: Any) -> dict[str, Any]:
    """Return what a person tells when she asks."""
    return {
        "contact_name": "Marc Lemoine",
        "contact_email": "marc@garance.example",
        "contact_role": "chef de cuisine",
        "skill_ids": [skill(n).pk for n in range(count)],
        "message": "Merci de votre aide !",
        **changed,
    }


def asked(*, sent: bool = False, about: Experience | None = None, **changed: Any) -> Request:
    """Return a request in preparation, or sent."""
    about = about or experience()
    request = actions.prepare(about, actor=owner(about.person), **facts(**changed))
    return actions.send(request, actor=owner(about.person)) if sent else request


def validator(request: Request) -> Actor:
    """Return the bearer of the request's living link."""
    link = links.current(request.pk)
    assert link is not None
    return link_actor(link.pk, Role.VALIDATOR)


def sheet(request: Request, *verdicts: Verdict, added: dict[Any, Answer] | None = None, word: str = "") -> AnswerSheet:
    """Return an answer sheet: the verdicts in the order of the factory's skills, the last one for the rest."""
    given = list(verdicts) or [Verdict.CONFIRMED]
    lines = sorted(request.skills.select_related("skill"), key=lambda line: line.skill.external_id)
    answers = {line.skill_id: Answer(given[min(n, len(given) - 1)]) for n, line in enumerate(lines)}
    return AnswerSheet(answers, added or {}, word)


def answered(*verdicts: Verdict, added: dict[Any, Answer] | None = None, **changed: Any) -> Request:
    """Return a request that was answered."""
    request = asked(sent=True, **changed)
    return actions.answer(request, actor=validator(request), sheet=sheet(request, *verdicts, added=added))
