"""Certificates of employment that employers sign themselves: offered to an address, taken by a link, or forgotten."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from entremise.credentials import (
    actions,
    actions_certificates,
    actions_claims,
    actions_classes,
    actions_documents,
    actions_employers,
    actions_events,
    actions_files,
    actions_issuers,
    jobs,
    jobs_files,
    queries,
    queries_documents,
    queries_issuing,
    rules_documents,
)
from entremise.credentials.enums import AwardSource, AwardState, BadgeKind, IssuerKind, RevokeReason
from entremise.credentials.models import Award, BadgeClass
from entremise.credentials.models_certificates import EmploymentCertificate
from entremise.credentials.models_files import Claim
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.rules_documents import Post
from entremise.kernel import clock, erasure, retention
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Role
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.passport.enums import Assurance
from entremise.people.models import Person
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.documents import again, certificate
from tests.factories.issuing import Employer, claimer, employer, house, spreadsheet
from tests.factories.people import PersonFactory, owner
from tests.factories.skills import SkillFactory

pytestmark = pytest.mark.django_db
POST = Post("Cuisinière de collectivité", dt.date(2021, 3, 1), dt.date(2023, 6, 30))
HER_POST = Post("Cuisinière, Awa Diallo", POST.started_on, POST.ended_on)


@pytest.fixture
def firm() -> Employer:
    return employer()


def written() -> list[EmploymentCertificate]:
    return list(EmploymentCertificate.objects.unscoped("a test counts"))


def award_of(made: EmploymentCertificate) -> Award:
    assert made.award is not None
    return Award.objects.unscoped("a test's row").select_related("badge_class__issuer").get(pk=made.award_id)


def taken(made: EmploymentCertificate, email: str = "awa@exemple.fr") -> Person:
    person, actor = claimer(email)
    actions_claims.take(award_of(made), actor=actor, person=person)
    jobs.sign_all()
    return person


def test_an_employer_writes_and_she_who_takes_it_holds_what_the_employer_signed(firm: Employer) -> None:
    skill = SkillFactory(label="Préparer un repas pour cent personnes")
    made = firm.write(skills=[skill], trainings="Hygiène HACCP, 2022")
    award = award_of(made)
    assert (made.person, made.is_on_behalf, made.written_by) == (None, False, firm.user)
    assert (award.state, award.person, award.source) == (AwardState.OFFERED, None, AwardSource.CERTIFICATE)
    assert (award.assurance, award.badge_class.issuer) == (Assurance.SIGNED, firm.issuer)
    person = taken(made)
    held = again(made)
    assert held.person == person
    assert queries_documents.certificate_state(held) == AwardState.ISSUED
    assert [one.pk for one in queries_documents.certificates(person)] == [made.pk]
    signed = queries.signed(award_of(made))
    assert signed is not None
    assert signed.key.issuer == firm.issuer
    body = bytes(signed.body).decode()
    for told in ("par l'employeur lui-même", "sa propre clé", firm.place.siret, skill.label, "HACCP"):
        assert told in body
    for name in ("Diallo", "awa@exemple.fr", "Faure", "un conseiller au nom"):
        assert name not in award.narrative
        assert name not in body.replace("un conseiller en son nom", "")


def test_the_message_says_what_it_is_and_from_whom_and_not_what_it_says(firm: Employer) -> None:
    made = firm.write()
    sent = OutboxMessage.objects.get()
    assert sent.recipient == "awa@exemple.fr"
    assert sent.subject == "Maison Garance vous remet un certificat de travail"
    assert "certificat de travail numérique" in sent.text
    assert "Lire et prendre mon certificat" in sent.html
    assert "Cuisinière" not in sent.text + sent.html
    assert "2021" not in sent.text + sent.html
    with time_machine.travel(clock.now() + dt.timedelta(days=15)):
        assert jobs_files.remind_due() == 1
    reminder = OutboxMessage.objects.get(kind="credentials.certificate_still_waits")
    assert reminder.subject == "Votre certificat de travail vous attend encore : Maison Garance"
    assert "un badge" not in reminder.text
    assert award_of(made).state == AwardState.OFFERED


def test_nothing_tells_whether_an_address_has_an_account(firm: Employer) -> None:
    person, _actor = claimer("connue@exemple.fr")
    certificate(person, place=firm.place)  # an adviser already wrote the same one: the employer does not learn it
    known, unknown = firm.write("connue@exemple.fr"), firm.write("inconnue@exemple.fr")
    assert known.person_id is None
    assert unknown.person_id is None
    first, second = OutboxMessage.objects.filter(kind="credentials.certificate_offered").order_by("recipient")
    assert first.subject == second.subject
    assert not Person.objects.visible_to(firm.actor).exists()
    assert not EmploymentCertificate.objects.visible_to(firm.actor).exists()
    taken_one = again(known)
    actions_claims.take(award_of(taken_one), actor=owner(person), person=person)
    assert not EmploymentCertificate.objects.visible_to(firm.actor).exists()


@pytest.mark.parametrize(
    ("facts", "sentence", "field"),
    [
        ({"name": " "}, "Donnez le nom", "name"),
        ({"email": "awa@"}, "n'est pas complète", "email"),
        ({"posts": []}, "Écrivez l'emploi occupé", "posts"),
        ({"posts": [Post("Cuisinière", POST.ended_on, POST.started_on)]}, "après la date d'entrée", "posts"),
        ({"posts": [Post("Cuisinière", POST.ended_on, dt.date(2999, 1, 1))]}, "est à venir", "posts"),
        ({"posts": [Post("Cuisinière licenciée", *(POST.started_on, POST.ended_on))]}, "pris fin", "posts"),
        ({"trainings": "Salariée ponctuelle"}, "ce que l'employeur pensait", "trainings"),
        ({"signatory": " "}, "la fonction et le nom", "signatory"),
        ({"posts": [HER_POST]}, "ne porte ni le nom", "posts"),
        ({"trainings": "SST, pour DIALLO  Áwa"}, "ne porte ni le nom", "trainings"),
        ({"trainings": "SST (Awa@Exemple.fr)"}, "ne porte ni le nom", "trainings"),
    ],
)
def test_what_is_badly_said_is_refused_with_its_field(
    firm: Employer, facts: dict[str, Any], sentence: str, field: str
) -> None:
    with pytest.raises(CredentialRefused, match=sentence) as refused:
        firm.write(**facts)
    assert refused.value.field == field
    assert written() == []
    assert not Award.objects.unscoped("a test").exists()
    assert not Claim.objects.exists()


def test_there_are_not_too_many_skills(firm: Employer) -> None:
    with pytest.raises(CredentialRefused, match="15 compétences au plus"):
        firm.write(skills=SkillFactory.create_batch(rules_documents.MAX_CERTIFIED_SKILLS + 1))


@pytest.mark.parametrize(
    ("text", "person", "is_named"),
    [
        ("Cuisinière chez Diallo", "Awa Diallo", False),
        ("Boulanger", "Jean Boulanger", False),
        ("Tutrice de Jean-Pierre de La Tour", "Jean-Pierre de La Tour", True),
        ("Mme N'Guyen Théa", "Théa N’Guyen", True),
        ("Boulanger", "Boulanger", False),
    ],
)
def test_a_full_name_is_found_and_a_job_is_not_one(text: str, person: str, *, is_named: bool) -> None:
    assert rules_documents.names(text, person) is is_named


def test_who_is_not_an_employer_writes_none_and_is_told_so() -> None:
    for other in (employer("Formation", kind=IssuerKind.TRAINING), employer("Sans lieu", establishment=None)):
        with pytest.raises(CredentialRefused, match="Seul un employeur"):
            other.write()
    assert written() == []


def test_a_closed_establishment_and_a_stopped_issuer_write_no_more(firm: Employer) -> None:
    firm.place.closed_on = clock.today()
    firm.place.save()
    with pytest.raises(CredentialRefused, match="Maison Garance est fermé"):
        firm.write()
    other = employer("Hôtel des Alpes")
    actions_issuers.stop(other.issuer, actor=actor_of(professional(Role.TEAM_LEAD)))
    with pytest.raises(CredentialRefused, match="Cet émetteur est arrêté"):
        other.write()
    assert written() == []


def test_nobody_else_writes_in_its_name(firm: Employer) -> None:
    said = {"name": "A", "email": "a@exemple.fr", "posts": [POST], "signatory": "Gérante"}
    for actor in (
        employer("Autre maison").actor,
        house().actor,
        owner(PersonFactory()),
        *(actor_of(professional(role)) for role in (Role.BUSINESS_ADVISER, Role.TEAM_LEAD, Role.ADMIN)),
    ):
        with pytest.raises(AccessDenied):
            actions_employers.write(firm.issuer, actor=actor, **said)
    assert written() == []


def test_the_same_dates_wait_once_at_an_address(firm: Employer) -> None:
    first = firm.write()
    with pytest.raises(CredentialRefused, match="attend déjà cette personne") as refused:
        firm.write("AWA@exemple.fr ")
    assert refused.value.field == "email"
    firm.write(posts=[Post("Plongeuse", dt.date(2015, 1, 1), dt.date(2015, 6, 30))])
    firm.write("autre@exemple.fr")
    employer("Hôtel des Alpes").write()
    actions.revoke(award_of(first), actor=firm.actor, reason=RevokeReason.MISTAKE)
    firm.write()
    classes = BadgeClass.objects.filter(kind=BadgeKind.EMPLOYMENT, issuer=firm.issuer)
    assert classes.count() == 1


def test_it_is_taken_once_and_only_by_the_address_it_was_sent_to(firm: Employer) -> None:
    made = firm.write()
    other, other_actor = claimer("autre@exemple.fr")
    with pytest.raises(CredentialRefused, match="autre adresse que celle de votre compte"):
        actions_claims.take(award_of(made), actor=other_actor, person=other)
    assert again(made).person is None
    person = taken(made)
    with pytest.raises(CredentialRefused, match="Vous avez déjà pris"):
        actions_claims.take(award_of(made), actor=owner(person), person=person)
    with pytest.raises(CredentialRefused, match="un lien ne sert qu'une fois"):
        actions_claims.take(award_of(made), actor=other_actor, person=other)
    assert again(made).person == person


def test_withdrawn_before_it_is_taken_it_is_gone_with_what_it_said(firm: Employer) -> None:
    made = firm.write()
    actions.revoke(award_of(made), actor=firm.actor, reason=RevokeReason.MISTAKE)
    assert written() == []
    award = Award.objects.unscoped("a test").get()
    assert (award.state, award.narrative) == (AwardState.REVOKED, "")
    person, actor = claimer()
    with pytest.raises(CredentialRefused, match="retiré par son émetteur"):
        actions_claims.take(award, actor=actor, person=person)
    assert not Claim.objects.exists()
    assert not MailLink.objects.filter(target_id=award.pk).exists()
    assert not OutboxMessage.objects.filter(recipient="awa@exemple.fr").exists()


def test_withdrawn_once_taken_it_stays_hers_and_says_so(firm: Employer) -> None:
    made = firm.write()
    person = taken(made)
    actions.revoke(award_of(made), actor=firm.actor, reason=RevokeReason.MISTAKE)
    (held,) = queries_documents.certificates(person)
    assert queries_documents.certificate_state(held) == AwardState.REVOKED
    assert award_of(made).narrative


def test_she_refuses_the_one_that_she_took_and_no_adviser_withdraws_it(firm: Employer) -> None:
    made = firm.write()
    person = taken(made)
    lead = actor_of(professional(Role.TEAM_LEAD, agency=AgencyFactory(department_code=person.department_id)))
    with pytest.raises(AccessDenied, match="signé par l'employeur lui-même"):
        actions_documents.withdraw_employment(again(made), actor=lead)
    actions_documents.contest_employment(again(made), actor=owner(person))
    assert queries_documents.certificate_state(again(made)) == AwardState.DECLINED


def test_after_ninety_days_nothing_is_left_of_what_nobody_took(firm: Employer) -> None:
    start = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
    held = next(one for one in retention.classes() if one.code == "credentials.claims")
    with time_machine.travel(start, tick=False):
        firm.write(skills=[SkillFactory()])
    with time_machine.travel(start + dt.timedelta(days=89), tick=False):
        assert held.apply(clock.now()) == 0
        assert len(written()) == 1
    with time_machine.travel(start + dt.timedelta(days=91), tick=False):
        assert held.apply(clock.now()) == 1
    assert written() == []
    assert not Award.objects.unscoped("a test").exists()


def test_what_waits_at_her_address_is_given_with_her_data_and_forgotten_with_her(firm: Employer) -> None:
    person, actor = claimer()
    skill = SkillFactory()
    firm.write("autre@exemple.fr")
    waiting = firm.write(skills=[skill])
    held = firm.write(posts=[Post("Plongeuse", dt.date(2015, 1, 1), dt.date(2015, 6, 30))])
    actions_claims.take(award_of(held), actor=actor, person=person)
    declared = next(one for one in erasure.declarations() if one.domain == "credentials")
    rows = {one.table: one.rows(person.pk) for one in declared.held}
    assert [one["id"] for one in rows["credentials.employmentcertificate"]] == [held.pk, waiting.pk]
    assert [one["skill__label"] for one in rows["credentials.employmentcertificate_skills"]] == [skill.label]
    declared.erase(person.pk)
    (left,) = written()
    assert left.person is None
    assert award_of(left).claim.email == "autre@exemple.fr"


def test_the_badge_of_certificates_is_given_in_no_other_way(firm: Employer) -> None:
    firm.write()
    badge = BadgeClass.objects.select_related("issuer").get(kind=BadgeKind.EMPLOYMENT)
    now = clock.now()
    for act in (
        lambda: actions_claims.offer(
            badge, actor=firm.actor, name="A", email="a@exemple.fr", awarded_on=clock.today(), note="Ponctuelle"
        ),
        lambda: actions_classes.change(badge, actor=firm.actor, name="Autre chose"),
        lambda: actions_classes.retire(badge, actor=firm.actor),
        lambda: actions_events.open_event(
            badge, actor=firm.actor, label="x", opens_at=now, closes_at=now + dt.timedelta(hours=1), max_count=1
        ),
        lambda: actions_files.receive(badge, actor=firm.actor, filename="x.csv", content=spreadsheet("A;B;a@b.fr;;")),
    ):
        with pytest.raises(AccessDenied, match="s'écrit à sa propre page"):
            act()
    assert queries_issuing.badge_for(badge.pk, firm.actor) is None
    assert not queries_issuing.to_award(firm.issuer).exists()
    assert not queries_issuing.badges_of(firm.issuer).exists()
    assert actions_certificates.employment_class(firm.issuer) == badge
