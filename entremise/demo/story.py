"""The two people a newcomer plays with: Awa, whose profile is nearly empty, and Karim, whose profile is full."""

import datetime as dt

from entremise.accounts.models import User
from entremise.accounts.queries import DEMO_EMAIL_DOMAIN
from entremise.demo.accounts import AWA_PHONE, KARIM_PHONE
from entremise.demo.network import SYSTEM, VALENCE, Network
from entremise.demo.profiles import World
from entremise.kernel.actors import Actor, ActorKind, Role, link_actor
from entremise.passport import actions as passport
from entremise.people import actions as people
from entremise.people.enums import Visibility
from entremise.people.models import Person
from entremise.skills.models import JobTitle, Skill
from entremise.territories.models import Commune
from entremise.validations import actions as validations
from entremise.validations import links as validation_links
from entremise.validations.enums import Verdict
from entremise.validations.rules import Answer, AnswerSheet

KARIM_ROME = "N1103"


def tell(drawn: World) -> None:
    """Open both profiles; Karim's goes through the product's own actions, mail included."""
    _open(drawn.network, "Awa", "Diallo", AWA_PHONE)
    karim = _open(drawn.network, "Karim", "Benali", KARIM_PHONE)
    actor = Actor(ActorKind.USER, str(karim.user_id), frozenset({Role.JOBSEEKER}))
    today = drawn.now.date()
    people.change_profile(
        karim, actor=actor, commune=Commune.objects.get(pk=VALENCE), mobility_km=25, available_on=today,
        contracts=["cdi", "cdd"], schedules=["day", "early"], licences=["b", "caces"],
    )  # fmt: skip
    wished = [drawn.occupations[code].pk for code in (KARIM_ROME, "N1101")]
    people.set_wishes(karim, actor=actor, occupation_ids=wished)
    people.give_consent(karim, actor=actor, visibility=Visibility.NAMED)
    _prove(drawn, karim, actor, today)


def _open(network: Network, first_name: str, last_name: str, phone: str) -> Person:
    email = f"{first_name}.{last_name}@{DEMO_EMAIL_DOMAIN}".lower()
    user = User.objects.create_user(email=email, phone=phone, phone_verified=True, first_name="")
    agency = network.agencies[0]
    person: Person = people.open_profile(
        user, actor=SYSTEM, first_name=first_name, last_name=last_name, agency=agency,
        department=agency.department, referent=network.placement[agency][0],
    )  # fmt: skip
    return person


def _prove(drawn: World, person: Person, actor: Actor, today: dt.date) -> None:
    company = drawn.companies[KARIM_ROME][0]
    job_title = JobTitle.objects.filter(occupation__rome_code=KARIM_ROME).order_by("external_id")[0]
    experience = passport.add_experience(
        person, actor=actor, title=job_title.label, job_title=job_title, establishment=company,
        started_on=today - dt.timedelta(days=1100), ended_on=today - dt.timedelta(days=60),
        tasks="Préparation des commandes, inventaires, formation des nouveaux.",
    )  # fmt: skip
    skills: list[Skill] = [link.skill for link in drawn.skills[KARIM_ROME][:9]]
    passport.declare_skills(person, actor=actor, skill_ids=[s.pk for s in skills], experience=experience)
    request = validations.prepare(
        experience, actor=actor, contact_name="Sylvie Marchand", contact_email=f"s.marchand@{company.email_domain}",
        contact_role="responsable logistique", skill_ids=[s.pk for s in skills[:4]],
        message="Bonjour Sylvie, pouvez-vous confirmer ce que nous avons fait ensemble ? Merci !",
    )  # fmt: skip
    request = validations.send(request, actor=actor)
    link = validation_links.current(request.pk)
    verdicts = {s.pk: Answer(Verdict.CONFIRMED) for s in skills[:4]}
    if link:
        bearer = link_actor(link.pk, Role.VALIDATOR)
        validations.answer(request, actor=bearer, sheet=AnswerSheet(verdicts, {}, "Un équipier sur qui compter."))
