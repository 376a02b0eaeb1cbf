"""A message speaks one language, its reader's, whatever the screen of the person whose act causes it speaks."""

import re

import pytest
import time_machine
from django.utils.translation import override

from entremise.accounts import actions as accounts
from entremise.accounts.enums import MemberRole
from entremise.accounts.rules import parse_identifier
from entremise.employers import actions as employers
from entremise.kernel import journal, mail
from entremise.kernel.actors import job_actor
from entremise.kernel.mail import KINDS, Channel
from entremise.kernel.models import OutboxMessage
from entremise.people import actions as people
from entremise.promotions import actions
from entremise.promotions.enums import Answer
from entremise.promotions.models import Promotion
from entremise.promotions.queries_draft import draft_message
from entremise.validations import actions as validations
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.people import owner
from tests.factories.promotions import MONDAY, World, employer, world
from tests.factories.validations import asked, sheet, validator

MEETING_EN, MEETING_FR = "I would like to meet this person", "je souhaite rencontrer cette personne"


@pytest.fixture
def small(db):
    with time_machine.travel(MONDAY, tick=False):
        yield world(available_on=MONDAY.date())


@pytest.fixture
def sent(small: World) -> Promotion:
    return small.send()[0]


def message(kind: str) -> OutboxMessage:
    return OutboxMessage.objects.get(kind=kind)


def test_the_jobseeker_and_the_adviser_read_french_when_the_employer_answers_in_english(small, sent) -> None:
    with override("en"):
        actions.answer(sent, actor=employer(sent), answer=Answer.MEETING)
    assert "Cet employeur souhaite vous rencontrer." in message("promotions.answered").text
    assert MEETING_FR in message("promotions.answer_notice").text
    assert MEETING_FR in message("promotions.answer_notice").subject


def test_the_receipt_speaks_the_language_in_which_the_employer_answered(small, sent) -> None:
    with override("en"):
        actions.answer(sent, actor=employer(sent), answer=Answer.MEETING)
    receipt = message("promotions.receipt")
    assert f"Thank you for answering: “{MEETING_EN}”" in receipt.text
    assert "will call you within two working days" in receipt.text
    assert receipt.language == "en"


def test_a_jobseeker_who_reads_english_is_told_in_english_by_a_french_act(small, sent) -> None:
    small.person.user.language = "en"
    small.person.user.save()
    sent.refresh_from_db()
    actions.answer(sent, actor=employer(sent), answer=Answer.MEETING)
    told = message("promotions.answered")
    assert "This employer would like to meet you." in told.text
    assert "souhaite" not in told.text + told.html + told.subject


def test_an_adviser_who_reads_english_is_told_in_english(small, sent) -> None:
    small.user.language = "en"
    small.user.save()
    sent.adviser = small.user
    actions.answer(sent, actor=employer(sent), answer=Answer.MEETING)
    notice = message("promotions.answer_notice")
    assert MEETING_EN in notice.text
    assert MEETING_FR not in notice.text + notice.html + notice.subject


def test_a_stopped_promotion_is_told_in_the_language_of_its_adviser(small, sent) -> None:
    small.user.language = "en"
    small.user.save()
    employers.close(small.first.establishment, actor=small.adviser, closed_on=MONDAY.date())
    notice = message("promotions.stopped_notice")
    assert "is ending: the establishment has closed." in notice.text
    assert notice.language == "en"


def test_an_adviser_whose_screen_is_in_english_writes_to_employers_in_french(small) -> None:
    people.change_profile(small.person, actor=owner(small.person), contracts=["cdi"])
    small.person.refresh_from_db()
    with override("en"):
        draft = draft_message(small.person, small.first.establishment, small.adviser)
        small.send(message=draft)
    told = message("promotions.profile")
    assert "Je vous présente une personne" in draft
    assert "CDI" in told.text
    assert "permanent contract" not in told.text + told.html


def test_a_questioned_look_reaches_the_agency_in_french_when_the_jobseeker_reads_english(small) -> None:
    professional(MemberRole.TEAM_LEAD, agency=small.agency)
    people.reveal(small.person, actor=small.adviser, purpose="promotion")
    entry = journal.who_read(small.person.pk).latest("pk")
    with override("en"):
        people.question_access(small.person, actor=owner(small.person), entry_id=entry.pk)
    question = message("people.access_questioned")
    assert "conseil aux entreprises" in question.text
    assert re.search(r"(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) .+ à \d+ h \d+", question.text)


def test_an_invitation_names_the_role_in_its_own_language(small) -> None:
    lead = professional(MemberRole.TEAM_LEAD, agency=small.agency)
    with override("en"):
        accounts.invite(
            small.agency, actor=actor_of(lead), email="nouvelle@agence.example", role=MemberRole.BUSINESS_ADVISER
        )
    invitation = message("accounts.invitation")
    assert "Conseiller ou conseillère à dominante entreprises" in invitation.text


def test_an_invitation_speaks_the_language_of_who_already_has_an_account(small) -> None:
    lead = professional(MemberRole.TEAM_LEAD, agency=small.agency)
    invited = professional(agency=AgencyFactory(name="Agence d'Annonay"))
    invited.language = "en"
    invited.save()
    accounts.invite(small.agency, actor=actor_of(lead), email=invited.email or "", role=MemberRole.PLACEMENT_ADVISER)
    invitation = message("accounts.invitation")
    assert invitation.language == "en"
    assert "invites you" in invitation.text
    assert "Conseiller" not in invitation.text + invitation.html + invitation.subject


def test_a_validator_whose_language_nobody_knows_reads_that_of_the_installation(db, settings) -> None:
    settings.LANGUAGE_CODE = "en"
    request = asked(sent=True)
    first = message("validations.request")
    assert first.language == "en"
    assert f"Hello {request.contact_name}," in first.text
    assert "Bonjour" not in first.text + first.html


def test_the_receipt_speaks_the_language_in_which_the_validator_answered(db) -> None:
    request = asked(sent=True)
    with override("en"):
        validations.answer(request, actor=validator(request), sheet=sheet(request))
    receipt = message("validations.receipt")
    assert (message("validations.request").language, receipt.language) == ("fr", "en")
    assert "Bonjour" not in receipt.text + receipt.html
    assert message("validations.answered").language == "fr"


def test_an_account_opened_without_a_language_takes_that_of_the_installation(db, settings) -> None:
    settings.LANGUAGE_CODE = "en"
    user = accounts.register_jobseeker(parse_identifier("awa@exemple.fr"), actor=job_actor("tests"))
    assert user.language == "en"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_message_has_an_english_version_of_its_own(kind: str) -> None:
    french, english = mail.preview(kind, "fr"), mail.preview(kind, "en")
    assert english.text != french.text
    if KINDS[kind].channel != Channel.SMS:
        assert 'lang="en"' in english.html
        assert english.subject != french.subject
    frame = {"Bonjour,", "Ce message vous est envoyé", "Si le bouton ne s'ouvre pas", "Vous recevez ce message"}
    assert [words for words in frame if words in english.text + english.html] == []
