"""The certification of a recruiter space: the tree, the clocks, who may, what leaves, what a fraud leaves behind."""

import datetime as dt

import pytest
import time_machine

from entremise.desk.queries_timeline import timeline
from entremise.employers import actions as employers
from entremise.employers import actions_certification as certification
from entremise.employers import actions_fraud, actions_vigilance, jobs
from entremise.employers import actions_space_checks as steps
from entremise.employers import queries_certification as queries
from entremise.employers import rules_certification as rules
from entremise.employers.actions_certification import CertificationRefused
from entremise.employers.actions_vigilance import AnswerRefused
from entremise.employers.enums_spaces import (
    Acquaintance,
    CheckItem,
    CheckKind,
    CheckOutcome,
    Gravity,
    RecheckReason,
    RefusalReason,
    SpaceState,
    VigilanceKind,
)
from entremise.employers.models import Contact
from entremise.employers.models_spaces import Exclusion, FraudReport, RecruiterSpace, VigilancePoint
from entremise.employers.queries_vigilance import known_values
from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Role, job_actor
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.kernel.workflow import TransitionRefused
from entremise.offers.enums import OfferState
from entremise.validations import queries as validations
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import ContactFactory
from tests.factories.offers import OfferFactory
from tests.factories.offers import again as offer_again
from tests.factories.people import JobseekerFactory
from tests.factories.spaces import RecruiterSpaceFactory, SpaceMemberFactory, VigilancePointFactory, again

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)  # nine o'clock in Valence
LANDLINE = "04 75 44 55 66"
ALL = tuple(CheckItem.values)
SYSTEM = job_actor("employers.test")


@pytest.fixture
def adviser():
    return actor_of(professional())


@pytest.fixture
def colleague():
    return actor_of(professional())


def call(space: RecruiterSpace, adviser, outcome: str = CheckOutcome.CONFIRMED, **facts) -> None:
    told = {"kind": CheckKind.LANDLINE, "number": LANDLINE, "note": "Annuaire."} | facts
    steps.log_check(space, actor=adviser, outcome=outcome, **told)


def certify(space: RecruiterSpace, adviser, **facts) -> RecruiterSpace:
    fresh = queries.space(space.pk, adviser)
    told = {"items": ALL, "note": "La gérante confirme.", "version": queries.version_of(fresh)}
    return certification.certify(fresh, actor=adviser, **told | facts)


def mails(kind: str) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=f"employers.{kind}"))


def test_an_unknown_company_is_certified_after_its_landline_confirmed_and_what_waited_leaves(adviser) -> None:
    space = RecruiterSpaceFactory()
    waiting = OfferFactory(
        space=space, establishment=space.establishment, state=OfferState.WAITING, channel="recruiter",
        title="Cuisinier ou cuisinière de collectivité (F/H)",
    )  # fmt: skip
    with pytest.raises(CertificationRefused, match="un appel confirmé sur sa ligne fixe"):
        certify(space, adviser)
    call(space, adviser)
    with pytest.raises(CertificationRefused, match="Cochez chaque ligne"):
        certify(space, adviser, items=ALL[1:])
    with pytest.raises(CertificationRefused, match="ce que l'entreprise a confirmé"):
        certify(space, adviser, note="  ")
    done = certify(space, adviser)
    assert (done.state, done.due_at, done.decided_by_id) == (SpaceState.CERTIFIED, None, adviser.user_id)
    assert offer_again(waiting).state == OfferState.OPEN
    assert len(mails("space_certified")) == 1
    comment = queries.checks(done)[0]
    assert sorted(comment.items) == sorted(ALL)
    line = JournalEntry.objects.filter(verb="employers.certify").get()
    assert line.data == {"branch": "unknown", "recheck": ""}


def test_a_line_that_only_the_adviser_s_hand_tells_proves_nothing_until_its_source_is_written(adviser) -> None:
    space = RecruiterSpaceFactory()
    with pytest.raises(CertificationRefused, match="écrivez où vous l'avez trouvé"):
        call(space, adviser, note=" ")
    with pytest.raises(CertificationRefused, match="un appel confirmé sur sa ligne fixe"):
        certify(space, adviser)
    call(space, adviser, CheckOutcome.UNREACHABLE, note="")
    type(space.establishment).objects.filter(pk=space.establishment_id).update(phone="+33475445566")
    call(again(space), adviser, note="")
    assert certify(space, adviser).state == SpaceState.CERTIFIED
    other = RecruiterSpaceFactory()
    ContactFactory(establishment=other.establishment, phone="+33475445566", is_from_space=True)
    with pytest.raises(CertificationRefused, match="écrivez où vous l'avez trouvé"):
        call(other, adviser, note="")


def test_the_ambassador_of_a_certified_space_is_a_contact_for_as_long_and_proves_nothing(adviser) -> None:
    space = RecruiterSpaceFactory()
    place, (member,) = space.establishment, queries.members(space)
    contacts = Contact.objects.unscoped("test").filter(establishment=place)
    call(space, adviser)
    certify(space, adviser)
    made = contacts.get()
    assert (made.name, made.email, made.phone, made.is_privileged) == (
        member.full_name, member.email, member.phone, False,
    )  # fmt: skip
    assert [entry.code for entry in timeline(place, adviser).entries if entry.kind == "event"] == ["contact"]
    assert queries.trusted_numbers(space) == frozenset()
    assert made.email not in known_values(place)
    assert validations.known_addresses(place) == []
    certification.review(again(space), actor=adviser, note="Un appel nous fait douter.")
    assert not contacts.exists()
    call(again(space), adviser)
    certify(again(space), adviser)
    made = contacts.get()
    employers.log_contact(place, actor=adviser, channel="call", purpose="promotion", outcome="Vue.", contact=made)
    certification.block(again(space), actor=adviser, reason=RefusalReason.PHISHED, note="Compte détourné.")
    kept = contacts.get()
    assert (kept.name, kept.email, kept.phone) == (member.full_name, "", "")


def test_two_advisers_at_once_one_is_told_that_it_is_done_and_who_read_something_else_reads_again(
    adviser, colleague
) -> None:
    space = RecruiterSpaceFactory()
    call(space, adviser)
    stale = queries.version_of(space)
    read_by_colleague = queries.space(space.pk, colleague)
    SpaceMemberFactory(space=space)
    with pytest.raises(CertificationRefused, match="a changé depuis que vous l'avez lu"):
        certify(space, adviser, version=stale)
    certify(space, adviser)
    with pytest.raises(TransitionRefused, match="déjà certifié"):
        certification.certify(
            read_by_colleague, actor=colleague, items=ALL, note="Vu.", version=queries.version_of(read_by_colleague)
        )
    assert JournalEntry.objects.filter(verb="employers.certify").count() == 1


def test_who_may_not_certify_is_told_why(adviser) -> None:
    space = RecruiterSpaceFactory(created_by_id=adviser.user_id)
    call(space, adviser)
    with pytest.raises(TransitionRefused, match="un collègue doit le certifier"):
        certify(space, adviser)
    facts = {"items": ALL, "note": "Vu.", "version": queries.version_of(space)}
    stranger = actor_of(professional(agency=AgencyFactory(department_code="38")))
    for actor, sentence in (
        (stranger, "un autre territoire"),
        (actor_of(professional(Role.PLACEMENT_ADVISER)), "Votre rôle ne donne pas accès"),
        (actor_of(JobseekerFactory()), "Votre rôle"),
    ):
        with pytest.raises(AccessDenied, match=sentence):
            certification.certify(space, actor=actor, **facts)
        with pytest.raises(AccessDenied, match=sentence):
            steps.log_check(space, actor=actor, kind=CheckKind.NOTE, outcome=CheckOutcome.DONE)
    assert again(space).state == SpaceState.TO_CERTIFY


def test_a_known_company_is_called_at_the_number_that_we_had(adviser) -> None:
    space = RecruiterSpaceFactory()
    with pytest.raises(CertificationRefused, match="Aucun contact privilégié avec un numéro"):
        steps.know(space, actor=adviser, acquaintance=Acquaintance.KNOWN)
    contact = ContactFactory(privileged=True, establishment=space.establishment, phone="+33475111111")
    steps.know(space, actor=adviser, acquaintance=Acquaintance.KNOWN)
    call(space, adviser)  # the landline is not this branch's proof
    with pytest.raises(CertificationRefused, match="contact privilégié, au numéro que nous avions déjà"):
        certify(space, adviser)
    contact.phone = "+33699999999"
    contact.save()
    steps.note_contact_change(contact, actor=adviser, former_phone="+33475111111", former_email="")
    privileged = {"kind": CheckKind.PRIVILEGED}
    with pytest.raises(CertificationRefused, match="un nouveau numéro compte après 72 heures"):
        call(space, adviser, number="06 99 99 99 99", **privileged)
    call(space, adviser, number="04 75 11 11 11", **privileged)
    assert certify(space, adviser).is_certified


def test_without_a_landline_a_visit_and_a_document_seen_are_enough_and_no_copy_is_kept(adviser) -> None:
    space = RecruiterSpaceFactory()
    with pytest.raises(CertificationRefused, match="la ligne fixe que vous avez appelée"):
        call(space, adviser, number="06 12 34 56 78")
    steps.log_check(space, actor=adviser, kind=CheckKind.VISIT, outcome=CheckOutcome.CONFIRMED, note="Vue sur place.")
    with pytest.raises(CertificationRefused, match="avec une pièce vue"):
        certify(space, adviser)
    with pytest.raises(CertificationRefused, match="quelle pièce"):
        steps.see_document(space, actor=adviser, document="passport")
    steps.see_document(space, actor=adviser, document="kbis")
    assert certify(space, adviser).is_certified
    seen = next(check for check in queries.checks(space) if check.document)
    assert (seen.document, seen.author_id, seen.at is not None) == ("kbis", adviser.user_id, True)


def test_a_number_that_only_the_recruiter_gave_needs_its_source(adviser) -> None:
    space = RecruiterSpaceFactory(member__phone="+33475445566")
    with pytest.raises(CertificationRefused, match="où vous l'avez trouvé ailleurs"):
        call(space, adviser, note="")
    call(space, adviser, note="Pages jaunes.")
    assert certify(space, adviser).is_certified


def test_the_deadlines_follow_what_was_done_until_the_refusal_of_the_eighth_day(adviser) -> None:
    with time_machine.travel(MONDAY, tick=False):
        space = RecruiterSpaceFactory()
        with pytest.raises(CertificationRefused, match="on relance après un appel sans réponse"):
            steps.remind(space, actor=adviser)
        call(space, adviser, CheckOutcome.UNREACHABLE)
        space = again(space)
        assert space.remind_by_at == dt.datetime(2026, 12, 1, 13, tzinfo=dt.UTC)  # 48 working hours: Tuesday, 14:00
        assert space.due_at == space.ends_at  # the end comes first
    with time_machine.travel(MONDAY + dt.timedelta(days=4, hours=23), tick=False):
        assert jobs.follow_deadlines() == (0, 0)
    with time_machine.travel(MONDAY + dt.timedelta(days=5, minutes=1), tick=False):
        assert jobs.follow_deadlines() == (1, 0)
        assert jobs.follow_deadlines() == (0, 0)  # once
        (reminder,) = mails("space_reminder")
        assert reminder.subject == "Votre espace recruteur : nous n'avons pas pu vous joindre"
        with pytest.raises(CertificationRefused, match="le tour du courrier"):
            steps.remind(space, actor=adviser)
        assert rules.next_step(queries.course_of(again(space))) == rules.Step.CALL_BACK  # by telephone too
        call(space, adviser, CheckOutcome.UNREACHABLE)
        assert rules.next_step(queries.course_of(again(space))) == rules.Step.LETTER
    with time_machine.travel(MONDAY + dt.timedelta(days=8), tick=False):
        assert jobs.follow_deadlines() == (0, 1)
    done = again(space)
    assert (done.state, done.reason, done.due_at) == (SpaceState.REFUSED, RefusalReason.UNREACHABLE, None)
    assert "aucun contact avec l'entreprise" in mails("space_refused")[0].text


def test_a_company_that_was_reached_is_not_refused_for_silence_and_a_call_back_is_the_next_deadline(adviser) -> None:
    with time_machine.travel(MONDAY, tick=False):
        space = RecruiterSpaceFactory()
        OfferFactory(space=space, establishment=space.establishment, state=OfferState.WAITING)
        assert steps.waiting_offers(space) == 1
        with pytest.raises(CertificationRefused, match="dans le mois qui vient"):
            steps.log_check(space, actor=adviser, kind=CheckKind.CALL_BACK, outcome=CheckOutcome.DONE)
        later = MONDAY + dt.timedelta(hours=26)
        steps.log_check(space, actor=adviser, kind=CheckKind.CALL_BACK, outcome=CheckOutcome.DONE, call_back_at=later)
        assert again(space).due_at == later
        call(space, adviser, CheckOutcome.DOUBT)
        with pytest.raises(CertificationRefused, match="déjà été jointe"):
            steps.remind(space, actor=adviser)
    with time_machine.travel(MONDAY + dt.timedelta(days=9), tick=False):
        assert jobs.follow_deadlines() == (0, 0)
    assert again(space).state == SpaceState.TO_CERTIFY


def test_documents_are_asked_and_a_refusal_needs_a_reason_and_its_words(adviser) -> None:
    space = RecruiterSpaceFactory()
    with pytest.raises(CertificationRefused, match="au moins une pièce"):
        certification.ask_documents(space, actor=adviser, documents=[])
    asked = certification.ask_documents(space, actor=adviser, documents=["kbis", "identity"])
    assert asked.state == SpaceState.DOCUMENTS
    assert "N'envoyez rien par courriel" in mails("space_documents")[0].text
    with pytest.raises(CertificationRefused, match="Choisissez la raison"):
        certification.refuse(asked, actor=adviser, reason="humeur", note="Non.")
    with pytest.raises(CertificationRefused, match="un collègue doit pouvoir le relire"):
        certification.refuse(asked, actor=adviser, reason=RefusalReason.NOT_CONFIRMED, note=" ")
    certification.refuse(asked, actor=adviser, reason=RefusalReason.NOT_CONFIRMED, note="La gérante ne sait rien.")
    (told,) = mails("space_refused")
    assert "La gérante ne sait rien" not in told.text
    with pytest.raises(CertificationRefused, match="n'attend plus de décision"):
        call(space, adviser)


def test_a_certified_space_is_blocked_at_once_and_unblocked_by_somebody_else(adviser, colleague) -> None:
    space = RecruiterSpaceFactory(certified=True)
    offer = OfferFactory(space=space, establishment=space.establishment, open=True)
    blocked = certification.block(
        space, actor=adviser, reason=RefusalReason.FRAUDULENT_OFFERS, note="Demande un virement."
    )
    assert (blocked.state, offer_again(offer).state) == (SpaceState.BLOCKED, OfferState.SUSPENDED)
    assert "frauduleuses" not in mails("space_refused")[0].text  # a fraud learns nothing
    with pytest.raises(TransitionRefused, match="une deuxième personne"):
        certification.unblock(blocked, actor=adviser, note="Erreur.")
    with pytest.raises(CertificationRefused, match="avant de débloquer"):
        certification.unblock(blocked, actor=colleague, note="")
    back = certification.unblock(blocked, actor=colleague, note="La gérante est venue à l'agence.")
    assert (back.state, back.recheck, back.decided_by_id) == (SpaceState.TO_CERTIFY, RecheckReason.UNBLOCKED, None)
    assert offer_again(offer).state == OfferState.SUSPENDED
    with pytest.raises(CertificationRefused, match="un appel confirmé"):
        certify(back, colleague)  # what was verified before counts no more
    call(back, colleague)
    certify(back, colleague)
    assert offer_again(offer).state == OfferState.OPEN


def test_a_point_that_holds_is_answered_by_somebody_before_the_space_is_certified(adviser) -> None:
    space = RecruiterSpaceFactory()
    point = VigilancePointFactory(space=space)
    call(space, adviser)
    with pytest.raises(CertificationRefused, match="Répondez d'abord aux points de vigilance"):
        certify(space, adviser)
    with pytest.raises(AnswerRefused, match="ce que vous avez vérifié"):
        actions_vigilance.answer(point, actor=adviser, words=" ")
    stranger = actor_of(professional(agency=AgencyFactory(department_code="38")))
    with pytest.raises(AccessDenied, match="un autre territoire"):
        actions_vigilance.answer(point, actor=stranger, words="Rien.")
    actions_vigilance.answer(point, actor=adviser, words="Même centre d'affaires, vérifié sur place.")
    with pytest.raises(AnswerRefused, match="déjà répondu"):
        actions_vigilance.answer(point, actor=adviser, words="Encore.")
    assert certify(space, adviser).is_certified


def test_the_vigilance_holds_a_certified_space_once_and_forgets_what_is_not_true_any_more() -> None:
    fraud = RecruiterSpaceFactory(blocked=True, member__phone="+33612345678")
    space = RecruiterSpaceFactory(certified=True, member__phone="+33612345678")
    offer = OfferFactory(space=space, establishment=space.establishment, open=True)
    assert actions_vigilance.examine(space) is True
    assert again(space).state == SpaceState.UNDER_REVIEW
    assert (again(space).recheck, offer_again(offer).state) == (RecheckReason.VIGILANCE, OfferState.SUSPENDED)
    (point,) = [p for p in VigilancePoint.objects.unscoped("a test") if p.kind == VigilanceKind.SAME_PHONE]
    assert point.gravity == Gravity.HOLD
    assert list(point.others.all()) == [fraud]
    assert actions_vigilance.examine(space) is False  # nothing new: nothing written
    space.members.update(phone="+33475000001")
    actions_vigilance.examine(space)
    point.refresh_from_db()
    assert point.gone_at is not None
    assert again(space).state == SpaceState.UNDER_REVIEW  # it never certifies


def test_a_place_found_closed_takes_its_space_out_of_use(adviser) -> None:
    space = RecruiterSpaceFactory(certified=True)
    employers.close(space.establishment, actor=adviser, closed_on=clock.today())
    assert again(space).state == SpaceState.UNDER_REVIEW
    call(space, adviser)
    with pytest.raises(TransitionRefused, match="Cet établissement est fermé"):
        certify(space, adviser)


def test_a_place_closed_today_is_closed_just_after_midnight_too(adviser) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 22, 23, 10, tzinfo=dt.UTC), tick=False):  # the 23rd in Paris
        space = RecruiterSpaceFactory(certified=True)
        employers.close(space.establishment, actor=adviser, closed_on=dt.date(2026, 11, 23))
        assert again(space).state == SpaceState.UNDER_REVIEW


def test_what_the_platform_reports_stays_until_it_is_answered(adviser) -> None:
    space = RecruiterSpaceFactory(certified=True)
    actions_vigilance.report(space, VigilanceKind.MANY_VIEWS, "420 profils consultés hier.", "2026-11-22")
    actions_vigilance.report(space, VigilanceKind.MANY_VIEWS, "420 profils consultés hier.", "2026-11-22")
    actions_vigilance.examine(space)
    (point,) = VigilancePoint.objects.unscoped("a test").filter(kind=VigilanceKind.MANY_VIEWS)
    assert (point.gone_at, again(space).state) == (None, SpaceState.UNDER_REVIEW)


def test_a_fraud_is_reported_once_blocked_and_its_ways_in_are_excluded(adviser, colleague, settings) -> None:
    settings.FRAUD_MAIL = "fraude@emploi.example"
    space = RecruiterSpaceFactory(member__phone="+33612345678", member__user__email="chef@faux-jardin.example")
    with pytest.raises(CertificationRefused, match="Bloquez d'abord"):
        actions_fraud.report(space, actor=adviser, facts="Faux.")
    blocked = certification.block(space, actor=adviser, reason=RefusalReason.IMPERSONATION, note="La gérante dément.")
    with pytest.raises(CertificationRefused, match="Décrivez les faits"):
        actions_fraud.report(blocked, actor=adviser, facts=" ")
    report = actions_fraud.report(blocked, actor=adviser, facts="Usurpation de l'entreprise.")
    assert report.sent_at is not None
    assert mails("fraud_report")[0].recipient == "fraude@emploi.example"
    kinds = sorted(Exclusion.objects.values_list("kind", flat=True))
    assert kinds == ["domain", "email", "phone"]  # the SIRET is its victim's
    assert not Exclusion.objects.filter(digest__contains="jardin").exists()
    other = RecruiterSpaceFactory(member__phone="+33612345678")
    actions_vigilance.examine(other)
    assert VigilancePoint.objects.unscoped("a test").filter(space=other, kind=VigilanceKind.BANNED).count() == 1
    assert actions_fraud.declare(blocked, actor=adviser).portal_at is not None
    actions_fraud.lift_exclusions(blocked, actor=colleague)
    actions_vigilance.examine(other)
    here = VigilancePoint.objects.unscoped("a test").filter(space=other, kind=VigilanceKind.BANNED, gone_at=None)
    assert not here.exists()


def test_a_recruiter_whose_account_was_stolen_is_written_to_kindly_and_the_candidates_are_warned(adviser) -> None:
    space = RecruiterSpaceFactory(certified=True)
    blocked = certification.block(space, actor=adviser, reason=RefusalReason.PHISHED, note="Elle n'a rien envoyé.")
    assert "Vous n'y êtes pour rien" in mails("space_phished")[0].text
    report = actions_fraud.report(blocked, actor=adviser, facts="Compte détourné.")
    assert (report.is_phishing, report.sent_at, Exclusion.objects.count()) == (True, None, 0)
    actions_fraud.warn_candidates(blocked, actor=adviser, addresses=("a@exemple.fr", "b@exemple.fr", "a@exemple.fr"))
    assert FraudReport.objects.unscoped("a test").get().warned_count == 2
    assert len(mails("fraud_warning")) == 2


def test_a_space_that_slept_or_whose_people_all_changed_is_certified_again() -> None:
    with time_machine.travel(MONDAY, tick=False):
        asleep, renewed = RecruiterSpaceFactory(certified=True), RecruiterSpaceFactory(certified=True)
    with time_machine.travel(MONDAY + dt.timedelta(days=100), tick=False):
        actions_vigilance.note_activity(asleep)
        assert again(asleep).is_certified
        renewed.members.update(left_at=MONDAY)
        SpaceMemberFactory(space=renewed, joined_at=MONDAY + dt.timedelta(days=99))
        actions_vigilance.examine(renewed)
        assert (again(renewed).state, again(renewed).recheck) == (SpaceState.TO_CERTIFY, RecheckReason.MEMBERS)
    with time_machine.travel(MONDAY + dt.timedelta(days=300), tick=False):
        actions_vigilance.note_activity(asleep)
        woken = again(asleep)
        assert (woken.state, woken.recheck) == (SpaceState.TO_CERTIFY, RecheckReason.DORMANT)
        assert woken.due_at == MONDAY + dt.timedelta(days=301)


def test_chance_asks_that_some_certified_spaces_be_certified_again(monkeypatch) -> None:
    space, waiting = RecruiterSpaceFactory(certified=True), RecruiterSpaceFactory()
    with time_machine.travel(MONDAY, tick=False):
        assert jobs.look_again() == 0  # that night's draw, with the key of the tests
        monkeypatch.setattr(rules, "RANDOM_SHARE", 365.0)
        assert jobs.look_again() == 1
    assert (again(space).state, again(space).recheck) == (SpaceState.TO_CERTIFY, RecheckReason.RANDOM)
    assert again(waiting).recheck == ""
