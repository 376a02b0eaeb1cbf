"""Documents with proofs for the tests, made by the real actions: certified CVs, certificates of employment."""

import datetime as dt
from typing import Any
from uuid import UUID

from entremise.accounts.models import Agency
from entremise.credentials import actions_documents as actions
from entremise.credentials import jobs, queries_documents
from entremise.credentials.models_certificates import CertifiedCv, EmploymentCertificate
from entremise.credentials.queries_documents import Told
from entremise.credentials.rules_documents import Post
from entremise.employers.models import Establishment
from entremise.kernel import links
from entremise.kernel.actors import Actor, Role
from entremise.passport.models import Experience, HeldSkill
from entremise.people.models import Person
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import EstablishmentFactory
from tests.factories.passport import ExperienceFactory, HeldSkillFactory, evidence
from tests.factories.people import PersonFactory, owner

POST = Post("Cuisinière de collectivité", dt.date(2021, 3, 1), dt.date(2023, 6, 30))


def passport(person: Person | None = None) -> tuple[Person, Experience, HeldSkill, HeldSkill]:
    """Return a person with an experience, a skill that was confirmed there and one that she only says."""
    her = person or PersonFactory()
    place = EstablishmentFactory(name="Maison Garance")
    experience = ExperienceFactory(person=her, establishment=place)
    proved = HeldSkillFactory(person=her, skill__label="Préparer un repas pour cent personnes")
    said = HeldSkillFactory(person=her, skill__label="Tenir une caisse")
    proved.experiences.add(experience)
    evidence(proved)
    return her, experience, proved, said


def told(person: Person, **changed: Any) -> Told:
    """Return the choice of everything that a person may show."""
    offered = queries_documents.offered(person)
    return Told(
        **{
            "title": "Cuisinière de collectivité",
            "summary": "Quinze ans de cuisine.",
            "experiences": [one.pk for one in offered.experiences],
            "skills": [one.skill_id for one in offered.skills],
            "awards": [one.pk for one in offered.awards],
            **changed,
        }
    )


def cv(person: Person | None = None, **changed: Any) -> CertifiedCv:
    """Return a CV of everything that a person shows (a new person with a passport by default)."""
    her = person or passport()[0]
    made: CertifiedCv = actions.certify_cv(her, actor=owner(her), told=told(her, **changed))
    return made


def token_of(made: CertifiedCv) -> str:
    """Return the token printed on a CV."""
    link = queries_documents.link_of(made)
    assert link is not None
    return links.token(link)


def code_of(made: CertifiedCv) -> str:
    """Return the short code printed on a CV."""
    link = queries_documents.link_of(made)
    assert link is not None
    return links.short_code(link)


def adviser(agency: Agency | None = None, role: Role = Role.BUSINESS_ADVISER) -> Actor:
    """Return an adviser of the Drôme, where people of the tests live."""
    return actor_of(professional(role, agency=agency or AgencyFactory()))


def certificate(
    person: Person | None = None, *, by: Actor | None = None, place: Establishment | None = None, **facts: Any
) -> EmploymentCertificate:
    """Return a certificate of employment as an adviser writes it, signed."""
    said = {"posts": [POST], "signatory": "Gérante, Mme Faure", **facts}
    where = place or EstablishmentFactory(name="Maison Garance")
    written: EmploymentCertificate = actions.certify_employment(
        person or PersonFactory(), actor=by or adviser(), establishment=where, **said
    )
    jobs.sign_all()
    jobs.publish_all()
    return again(written)


def again(written: EmploymentCertificate) -> EmploymentCertificate:
    """Read a certificate again."""
    rows = EmploymentCertificate.objects.unscoped("a test's row").select_related("award__badge_class__issuer")
    return rows.select_related("person", "establishment", "award__person").get(pk=written.pk)


def things(person: Person, *, by: Actor, words: str) -> dict[str, UUID]:
    """Return a CV and a certificate of a person, for the addresses that carry their identifiers."""
    made = cv(person, summary=words)
    written = certificate(person, by=by, trainings=words)
    names = {
        made.pk: "my_cv my_cv_change my_cv_pdf my_cv_stop my_cv_resume my_cv_remove",
        written.pk: (
            "my_certificate my_certificate_pdf my_certificate_json my_certificate_contest employment_withdraw"
        ),
    }
    return {name: pk for pk, told in names.items() for name in told.split()} | {"employment_write": person.pk}
