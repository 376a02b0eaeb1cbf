"""Certified CVs say what is true now; certificates of employment say what the law lets them say, and no more."""

import datetime as dt
import json
from uuid import uuid4

import pytest
import time_machine

from entremise.credentials import actions, queries, rules_documents
from entremise.credentials import actions_documents as documents
from entremise.credentials import queries_documents as reads
from entremise.credentials.enums import AwardSource, AwardState, BadgeKind, RevokeReason
from entremise.credentials.models import Award, BadgeClass
from entremise.credentials.models_certificates import CertifiedCv, EmploymentCertificate
from entremise.credentials.queries_documents import CvPage, LineState, MedalState
from entremise.credentials.receivers_documents import erase_documents
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.rules_documents import Post
from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Role, job_actor
from entremise.kernel.models import JournalEntry, MailLink, OutboxMessage
from entremise.passport import actions as passports
from entremise.passport.enums import Assurance
from entremise.passport.models import Evidence
from tests.factories import credentials as badges
from tests.factories.accounts import AgencyFactory, UserFactory
from tests.factories.documents import POST, adviser, again, certificate, cv, passport, told
from tests.factories.employers import EstablishmentFactory
from tests.factories.passport import HeldSkillFactory, SkillFactory, evidence
from tests.factories.people import PersonFactory, identity_of, owner

pytestmark = pytest.mark.django_db
SYSTEM = job_actor("test")
DAY = dt.timedelta(days=1)


def shown(made: CertifiedCv) -> CvPage:
    """Return what anybody with the address sees."""
    row = CertifiedCv.objects.unscoped("a test's row").select_related("person__commune").get(pk=made.pk)
    return reads.public_page(row)


def states(page: CvPage) -> dict[str, LineState]:
    return {line.label: line.state for line in page.all_lines}


def proof_of(held: object) -> Evidence:
    return Evidence.objects.unscoped("a test's row").get(held_skill=held)


def test_a_cv_shows_what_is_proved_and_what_is_said() -> None:
    person, experience, proved, said = passport()
    page = shown(cv(person))
    assert states(page) == {proved.skill.label: LineState.PROVED, said.skill.label: LineState.SAID}
    (line,) = page.proved
    assert (line.origin, line.witness_role, line.level) == ("Maison Garance", "cheffe de cuisine", Assurance.COMPANY)
    (past,) = page.pasts
    assert past.experience == experience
    assert past.lines == (line,), "a skill stands under the experience that gave it"
    assert [one.label for one in page.others] == [said.skill.label]
    assert page.identity.full_name == identity_of(person).full_name


def test_a_proof_that_was_taken_back_shows_as_ended_with_its_date() -> None:
    person, _experience, proved, _said = passport()
    made = cv(person)
    with time_machine.travel(clock.now() + 3 * DAY, tick=False):
        passports.revoke_evidence(proof_of(proved), actor=SYSTEM)
        page, today = shown(made), clock.today()
    (ended,) = [line for line in page.all_lines if line.state == LineState.ENDED]
    assert (ended.label, ended.on) == (proved.skill.label, today)
    assert page.ended_count == 1
    assert not page.proved


def test_another_proof_of_the_same_skill_keeps_the_line_proved() -> None:
    person, _experience, proved, _said = passport()
    made = cv(person)
    evidence(proved, origin="Cantine des Lilas")
    passports.revoke_evidence(
        Evidence.objects.unscoped("a test's row").get(held_skill=proved, origin="Maison Garance"), actor=SYSTEM
    )
    (line,) = shown(made).proved
    assert line.origin == "Cantine des Lilas"


def test_a_proof_lost_before_the_cv_was_made_is_not_told() -> None:
    person, _experience, proved, _said = passport()
    passports.revoke_evidence(proof_of(proved), actor=SYSTEM)
    with time_machine.travel(clock.now() + DAY, tick=False):
        page = shown(cv(person))
    assert states(page)[proved.skill.label] == LineState.SAID, "the paper never said that it was confirmed"
    assert page.ended_count == 0


def test_saving_a_cv_again_does_not_wash_an_ended_line() -> None:
    person, _experience, proved, _said = passport()
    made = cv(person)
    with time_machine.travel(clock.now() + DAY, tick=False):
        passports.revoke_evidence(proof_of(proved), actor=SYSTEM)
        documents.change_cv(made, actor=owner(person), told=told(person))
        assert states(shown(made))[proved.skill.label] == LineState.ENDED


def test_what_the_person_hides_or_removes_leaves_the_page_and_is_counted() -> None:
    person, _experience, proved, said = passport()
    made = cv(person)
    passports.set_shown(proved, actor=owner(person), is_shown=False)
    passports.remove_skill(said, actor=owner(person))
    page = shown(made)
    assert page.all_lines == ()
    assert page.gone_count == 2


def test_a_badge_of_a_cv_says_whether_it_holds() -> None:
    person, *_skills = passport()
    given = badges.award(person)
    made = cv(person)
    (medal,) = shown(made).medals
    assert medal.state == MedalState.VALID
    issuer = badges.lead(given.badge_class.issuer.organisation)
    actions.suspend(given, actor=issuer)
    assert [one.state for one in shown(made).medals] == [MedalState.SUSPENDED]
    actions.withdraw(badges.fresh(given), reason=RevokeReason.PROOF)
    (medal,) = shown(made).medals
    assert (medal.state, medal.on) == (MedalState.ENDED, clock.today())
    assert shown(made).ended_count == 1


def test_the_badge_of_a_proved_skill_goes_with_its_line_and_is_no_line_of_its_own() -> None:
    person, _experience, proved, _said = passport()
    award = badges.settled(actions.award_proof(proof_of(proved), actor=actions.PLATFORM))
    made = cv(person)
    assert shown(made).medals == ()
    assert [one.award for one in reads.signed_badges(made)] == [award]
    with pytest.raises(CredentialRefused):
        cv(person, awards=[award.pk])
    passports.set_shown(proved, actor=owner(person), is_shown=False)
    assert reads.signed_badges(made) == []


def test_a_badge_that_ran_out_or_that_she_refused() -> None:
    person, *_skills = passport()
    given = badges.award(person, of=badges.badge_class(valid_months=6))
    made = cv(person)
    with time_machine.travel(clock.now() + 300 * DAY, tick=False):
        assert [one.state for one in shown(made).medals] == [MedalState.EXPIRED]
    actions.decline(given, actor=owner(person))
    assert shown(made).medals == ()
    assert shown(made).gone_count == 1


def test_an_experience_with_a_certificate_of_its_employer_says_so() -> None:
    person, experience, *_skills = passport()
    made = cv(person)
    assert shown(made).pasts[0].certified_on is None
    written = certificate(person, place=experience.establishment)
    assert shown(made).pasts[0].certified_on == clock.local(written.created_at).date()
    Award.objects.unscoped("kept for herself").filter(pk=written.award.pk).update(is_shown=False)
    assert shown(made).pasts[0].certified_on is None
    Award.objects.unscoped("shown again").filter(pk=written.award.pk).update(is_shown=True)
    documents.contest_employment(written, actor=owner(person))
    assert shown(made).pasts[0].certified_on is None


def test_a_cv_shows_only_what_is_hers_to_show() -> None:
    person, _experience, proved, _said = passport()
    stranger = passport()[2]
    hidden = HeldSkillFactory(person=person, is_shown=False)
    for skill_id in (stranger.skill_id, hidden.skill_id, uuid4()):
        with pytest.raises(CredentialRefused, match="choisissez de nouveau") as refusal:
            cv(person, skills=[proved.skill_id, skill_id])
        assert refusal.value.field == "skills"
    with pytest.raises(CredentialRefused) as refusal:
        cv(person, experiences=[passport()[1].pk])
    assert refusal.value.field == "experiences"
    with pytest.raises(CredentialRefused) as refusal:
        cv(person, awards=[badges.award(PersonFactory()).pk])
    assert refusal.value.field == "awards"
    assert not CertifiedCv.objects.unscoped("a test counts").exists(), "nothing is left of a refused CV"


def test_a_cv_needs_a_title_and_a_line() -> None:
    person, *_skills = passport()
    with pytest.raises(CredentialRefused, match="au moins une expérience"):
        cv(person, experiences=[], skills=[], awards=[])
    with pytest.raises(CredentialRefused) as refusal:
        cv(person, title=" ")
    assert refusal.value.field == "title"
    with pytest.raises(CredentialRefused) as refusal:
        cv(person, template="sideways")
    assert refusal.value.field == "template"


def test_a_cv_has_at_most_so_many_lines_and_a_person_so_many_cvs(monkeypatch: pytest.MonkeyPatch) -> None:
    person, *_skills = passport()
    monkeypatch.setattr(rules_documents, "MAX_SKILLS", 1)
    with pytest.raises(CredentialRefused, match="1 lignes au plus"):
        cv(person)
    monkeypatch.setattr(rules_documents, "MAX_SKILLS", 9)
    monkeypatch.setattr(rules_documents, "MAX_CVS", 1)
    cv(person)
    with pytest.raises(CredentialRefused, match="retirez-en un"):
        cv(person)


def test_control_characters_never_reach_a_cv() -> None:
    made = cv(summary="Cuisine\x00 \x08et \x7fcaisse — à l’heure ⭐ مطبخ")
    assert made.summary == "Cuisine et caisse — à l’heure ⭐ مطبخ"


def test_nobody_else_touches_a_cv() -> None:
    made = cv()
    others = [owner(PersonFactory()), adviser(), adviser(role=Role.TEAM_LEAD)]
    for actor in others:
        for act in (documents.stop_cv, documents.resume_cv, documents.remove_cv):
            with pytest.raises(AccessDenied):
                act(made, actor=actor)
        with pytest.raises(AccessDenied):
            documents.change_cv(made, actor=actor, told=told(made.person))
        with pytest.raises(AccessDenied):
            documents.certify_cv(made.person, actor=actor, told=told(made.person))
        assert reads.cv_for(made.pk, actor) is None
    assert reads.cv_for(made.pk, owner(made.person)) == made


def test_a_stopped_cv_is_shown_to_nobody_until_it_is_resumed() -> None:
    made = cv()
    link = reads.link_of(made)
    assert link is not None
    assert reads.public_cv(link) == made
    documents.stop_cv(made, actor=owner(made.person))
    assert reads.public_cv(link) is None
    documents.resume_cv(made, actor=owner(made.person))
    assert reads.public_cv(link) == made


def test_a_cv_is_shown_for_two_years_after_its_last_change() -> None:
    made = cv()
    link = reads.link_of(made)
    assert link is not None
    with time_machine.travel(clock.now() + 729 * DAY, tick=False):
        assert reads.public_cv(link) is not None
        documents.change_cv(made, actor=owner(made.person), told=told(made.person))
    with time_machine.travel(clock.now() + 1_458 * DAY, tick=False):
        assert reads.public_cv(link) is not None
    with time_machine.travel(clock.now() + 1_460 * DAY, tick=False):
        assert reads.public_cv(link) is None


def test_a_removed_cv_comes_back_at_the_same_address() -> None:
    made = cv()
    person, pk, link = made.person, made.pk, reads.link_of(made)
    documents.note_view(made)
    kept = reads.told_of(made)
    documents.remove_cv(made, actor=owner(person))
    assert link is not None
    assert reads.public_cv(link) is None
    with pytest.raises(CredentialRefused, match="plus là"):
        documents.stop_cv(CertifiedCv(pk=pk, person=person), actor=owner(person))
    back = documents.restore_cv(person, actor=owner(person), pk=pk, told=kept, created_at=made.created_at, views=1)
    assert reads.public_cv(link) == back
    assert (back.view_count, back.created_at) == (1, made.created_at)
    with pytest.raises(CredentialRefused, match="déjà là"):
        documents.restore_cv(person, actor=owner(person), pk=pk, told=kept, created_at=made.created_at, views=1)


def test_what_happens_to_a_cv_is_in_the_journal_without_words() -> None:
    made = cv(summary="Un mot qui ne doit pas sortir")
    documents.stop_cv(made, actor=owner(made.person))
    lines = list(JournalEntry.objects.filter(verb__startswith="credentials.cv").order_by("id"))
    assert [line.verb for line in lines] == ["credentials.cv_certified", "credentials.cv_stopped"]
    assert "sortir" not in json.dumps([line.data for line in lines])


def test_a_certificate_is_a_signed_badge_that_says_how_we_know_and_names_nobody() -> None:
    person, experience, proved, _said = passport()
    written = certificate(
        person, place=experience.establishment, skills=[proved.skill], trainings="Hygiène HACCP, 2022"
    )
    award = written.award
    assert award is not None
    assert (award.state, award.source, award.source_id) == (AwardState.ISSUED, AwardSource.CERTIFICATE, written.pk)
    assert (award.assurance, award.origin) == (Assurance.CHECKED, "Maison Garance")
    assert award.badge_class.kind == BadgeKind.EMPLOYMENT
    assert (written.started_on, written.ended_on) == (POST.started_on, POST.ended_on)
    signed = queries.signed(award)
    assert signed is not None
    text = bytes(signed.body).decode()
    for said in (
        "Cuisinière de collectivité du 01/03/2021 au 30/06/2023",
        proved.skill.label,
        "Hygiène HACCP, 2022",
        "par un conseiller au nom de l'employeur",
        experience.establishment.siret,
    ):
        assert said in text
    for name in ("Faure", identity_of(person).last_name):
        assert name not in text


def test_the_person_is_told_of_her_certificate_and_the_message_does_not_say_where_she_worked() -> None:
    written = certificate()
    (told,) = OutboxMessage.objects.filter(kind="credentials.certificate_written")
    assert told.recipient == written.person.user.email
    body = told.text + told.html
    assert str(written.pk) in body
    assert "Maison Garance" not in body
    erase_documents(written.person_id)
    assert not OutboxMessage.objects.filter(kind="credentials.certificate_written").exists()


def test_who_has_no_address_is_not_written_to() -> None:
    person = PersonFactory(user=UserFactory(by_phone=True))
    certificate(person)
    assert not OutboxMessage.objects.filter(kind="credentials.certificate_written").exists()


def test_all_certificates_share_one_badge_class() -> None:
    certificate()
    certificate()
    assert BadgeClass.objects.filter(kind=BadgeKind.EMPLOYMENT).count() == 1


def test_posts_make_the_dates_of_entry_and_exit() -> None:
    second = Post("Cheffe de cuisine", dt.date(2023, 7, 1), dt.date(2025, 1, 31))
    written = certificate(posts=[second, POST])
    assert (written.started_on, written.ended_on) == (POST.started_on, second.ended_on)
    assert [one.title for one in reads.posts_of(written)] == ["Cheffe de cuisine", "Cuisinière de collectivité"]


@pytest.mark.parametrize(
    ("post", "sentence"),
    [
        (Post("Cuisinière", dt.date(2023, 6, 30), dt.date(2021, 3, 1)), "après la date d'entrée"),
        (Post("Cuisinière", dt.date(2023, 6, 30), dt.date(2999, 3, 1)), "quand le contrat est terminé"),
        (Post("Cuisinière", dt.date(1023, 6, 30), dt.date(2021, 3, 1)), "trop ancienne"),
        (Post("  ", dt.date(2021, 6, 30), dt.date(2022, 3, 1)), "Écrivez l'emploi occupé"),
    ],
)
def test_a_post_has_a_title_and_dates_that_make_sense(post: Post, sentence: str) -> None:
    with pytest.raises(CredentialRefused, match=sentence) as refusal:
        certificate(posts=[post])
    assert refusal.value.field == "posts"


def test_a_certificate_needs_a_post_and_a_signatory() -> None:
    with pytest.raises(CredentialRefused, match="Écrivez l'emploi occupé"):
        certificate(posts=[])
    with pytest.raises(CredentialRefused) as refusal:
        certificate(signatory="  ")
    assert refusal.value.field == "signatory"
    with pytest.raises(CredentialRefused) as refusal:
        certificate(skills=SkillFactory.create_batch(rules_documents.MAX_CERTIFIED_SKILLS + 1))
    assert refusal.value.field == "skills"


@pytest.mark.parametrize(
    "text",
    [
        "Cuisinière, licenciée en juin",
        "Cuisinière jusqu'à sa DÉMISSION",
        "Rupture conventionnelle",
        "faute grave",
        "Cuisinière ponctuelle et sérieuse",
        "à notre entière satisfaction",
        "trop d'absences",
        "pendant la pe\u0301riode d’essai",
    ],
)
def test_a_certificate_says_neither_why_it_ended_nor_what_was_thought(text: str) -> None:
    for where, facts in (
        ("posts", {"posts": [Post(text, POST.started_on, POST.ended_on)]}),
        ("trainings", {"trainings": text}),
    ):
        with pytest.raises(CredentialRefused, match="ni pourquoi le contrat a pris fin") as refusal:
            certificate(**facts)
        assert refusal.value.field == where


@pytest.mark.parametrize(
    "text",
    [
        "Accompagnant d'élèves en situation de handicap",
        "Gestionnaire de l'assurance maladie",
        "Gardienne, syndic de copropriété",
        "Droit du licenciement, niveau 1",
        "Contrôleur des défauts",
    ],
)
def test_ordinary_jobs_and_trainings_are_not_refused(text: str) -> None:
    assert rules_documents.word_to_leave_out(text) == ""


def test_two_certificates_of_the_same_job_are_refused_until_one_is_withdrawn() -> None:
    person, writer, place = PersonFactory(), adviser(), EstablishmentFactory()
    first = certificate(person, by=writer, place=place)
    with pytest.raises(CredentialRefused, match="déjà un certificat"):
        certificate(person, by=writer, place=place)
    certificate(person, by=writer)  # elsewhere
    documents.withdraw_employment(first, actor=writer)
    second = certificate(person, by=writer, place=place)
    assert reads.certificate_state(second) == AwardState.ISSUED


@pytest.mark.parametrize("role", [Role.BUSINESS_ADVISER, Role.PLACEMENT_ADVISER, Role.TEAM_LEAD, Role.DIRECTOR])
def test_advisers_and_leads_write_for_the_people_of_their_territory_only(role: Role) -> None:
    person = PersonFactory()
    assert certificate(person, by=adviser(role=role)).person == person
    elsewhere = adviser(AgencyFactory(department_code="38"), role=role)
    with pytest.raises(AccessDenied, match="autre territoire"):
        certificate(person, by=elsewhere)


def test_nobody_else_writes_a_certificate() -> None:
    person = PersonFactory()
    for actor in (owner(person), adviser(role=Role.ADMIN)):
        with pytest.raises(AccessDenied):
            certificate(person, by=actor)


def test_who_wrote_a_certificate_or_a_lead_withdraws_it_and_nobody_else() -> None:
    agency = AgencyFactory()
    writer, colleague, lead = adviser(agency), adviser(agency), adviser(agency, Role.TEAM_LEAD)
    written = certificate(by=writer)
    far = adviser(AgencyFactory(department_code="38"), Role.TEAM_LEAD)
    for actor in (colleague, far, owner(written.person)):
        with pytest.raises(AccessDenied):
            documents.withdraw_employment(written, actor=actor)
    documents.withdraw_employment(written, actor=lead)
    assert reads.certificate_state(again(written)) == AwardState.REVOKED
    with pytest.raises(CredentialRefused, match="ne vaut déjà plus"):
        documents.withdraw_employment(again(written), actor=writer)


def test_the_person_may_refuse_her_certificate_and_nobody_else_in_her_place() -> None:
    written = certificate()
    for actor in (owner(PersonFactory()), adviser()):
        with pytest.raises(AccessDenied):
            documents.contest_employment(written, actor=actor)
    documents.contest_employment(written, actor=owner(written.person))
    assert reads.certificate_state(again(written)) == AwardState.DECLINED
    with pytest.raises(CredentialRefused, match="ne vaut déjà plus"):
        documents.contest_employment(again(written), actor=owner(written.person))


def test_who_wants_no_badge_has_a_certificate_without_signature() -> None:
    person, writer = PersonFactory(), adviser()
    actions.choose(person, actor=owner(person), declines=True)
    written = certificate(person, by=writer)
    assert written.award is None
    assert reads.certificate_state(written) == "unsigned"
    with pytest.raises(CredentialRefused, match="pas signé"):
        documents.withdraw_employment(written, actor=writer)
    documents.contest_employment(written, actor=owner(person))
    assert reads.certificates(person).count() == 0


def test_documents_are_forgotten_with_their_person() -> None:
    person, experience, *_skills = passport()
    cv(person)
    certificate(person, place=experience.establishment)
    assert erase_documents(person.pk) == 2
    assert not CertifiedCv.objects.unscoped("a test counts").exists()
    assert not EmploymentCertificate.objects.unscoped("a test counts").exists()
    assert not MailLink.objects.filter(purpose="credentials.cv").exists()
    assert Award.objects.unscoped("a test counts").count() == 1, "awards are forgotten by the domain's own receiver"
