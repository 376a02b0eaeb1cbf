"""Applying: what is sent, acknowledged once, refused with a sentence; what both sides see afterwards."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import ANONYMOUS, job_actor
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.offers import actions as offers
from entremise.offers.models_followup import Introduction
from entremise.people import actions as people
from entremise.people.models import IntermediationAct, Person
from entremise.reciprok import actions, actions_apply, jobs, queries, rules
from entremise.reciprok.enums import ApplicationState, Count, Part
from entremise.reciprok.models import Application
from entremise.reciprok.models_label import Pause
from entremise.reciprok.receivers import erase
from entremise.reciprok.rules import ApplicationRefused
from tests.factories import documents
from tests.factories.applications import MONDAY, WHY, Recruitment, fresh, recruitment
from tests.factories.employers import ContactFactory, EstablishmentFactory
from tests.factories.people import PersonFactory, owner, set_identity

pytestmark = pytest.mark.django_db
NAMES, CONTACTS = ("first_name", "last_name"), ("email", "phone")


@pytest.fixture
def small() -> Recruitment:
    return recruitment()


def messages(kind: str) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=kind).order_by("created_at"))


def refusal(small: Recruitment, person: Any = None, **facts: Any) -> str:
    with pytest.raises(ApplicationRefused) as refused:
        small.apply(person, **facts)
    return refused.value.reason


def test_an_application_is_acknowledged_at_once_and_once(small: Recruitment) -> None:
    made = small.apply()
    assert made.state == ApplicationState.ACKNOWLEDGED
    (told,) = messages("reciprok.acknowledged")
    assert "Les Jardins de Flore" in told.subject
    assert "mes expériences" in told.text
    assert made.expires_at - made.sent_at == dt.timedelta(days=60)
    verbs = JournalEntry.objects.filter(subject_id=str(made.pk)).order_by("id").values_list("verb", flat=True)
    assert list(verbs)[:2] == ["reciprok.acknowledge", "reciprok.applied"]


def test_who_has_no_mailbox_is_told_by_sms(small: Recruitment) -> None:
    person = small.someone(user__email=None, user__phone="+33612345670")
    small.apply(person)
    (told,) = messages("reciprok.acknowledged_text")
    assert told.recipient == "+33612345678"
    assert len(told.text) < 320


def test_the_recruiter_is_told_once_a_day_whatever_the_number(small: Recruitment) -> None:
    for _ in range(3):
        small.apply()
    (told,) = messages("reciprok.inbox")
    assert "1 nouvelle candidature" in told.subject
    assert "Diallo" not in told.text


def test_the_name_stays_hidden_from_who_is_not_certified(small: Recruitment) -> None:
    made = small.apply()
    assert queries.names_are_shown(made)
    small.space.__class__._base_manager.filter(pk=small.space.pk).update(state="under_review")
    assert not queries.names_are_shown(fresh(made))


def test_a_part_that_was_not_chosen_is_not_shown(small: Recruitment) -> None:
    person = small.someone()
    whole = queries.card_of(person, Part.values, is_named=True)
    bare = queries.card_of(person, [], is_named=False)
    assert whole.name == "Awa Diallo"
    assert (bare.name, bare.mobility_km, bare.contracts, bare.jobs) == ("", 0, (), ())


def test_nobody_applies_twice_to_an_offer(small: Recruitment) -> None:
    person = small.someone()
    small.apply(person)
    assert refusal(small, person) == "Vous avez déjà postulé : votre candidature est bien partie."


def test_who_withdrew_may_apply_again(small: Recruitment) -> None:
    person = small.someone()
    first = small.apply(person)
    actions.withdraw(first, actor=owner(person))
    again = small.apply(person)
    assert again.pk != first.pk
    assert fresh(first).count == Count.ASIDE


def test_a_closed_offer_takes_no_application(small: Recruitment) -> None:
    offers.close(small.offer, actor=small.recruiter, reason="abandoned")
    small.offer.refresh_from_db()
    assert "n'est plus ouverte" in refusal(small)


def test_an_expired_offer_takes_no_application(small: Recruitment) -> None:
    small.offer.expires_on = clock.today() - dt.timedelta(days=1)
    small.offer.save()
    assert "n'est plus ouverte" in refusal(small)


def test_an_uncertified_space_receives_nothing() -> None:
    waiting = recruitment(open=False, state="waiting")
    assert "n'est plus ouverte" in refusal(waiting)


def test_a_partners_offer_sends_to_the_partner() -> None:
    assert "site du partenaire" in refusal(recruitment(apply_url="https://partenaire.example/offre/1"))


def test_a_closed_establishment_receives_nothing(small: Recruitment) -> None:
    small.offer.establishment.closed_on = clock.today()
    small.offer.establishment.save()
    assert "fermé" in refusal(small)


def test_a_paused_employer_receives_nothing_new(small: Recruitment) -> None:
    now = clock.now()
    Pause.objects.unscoped(WHY).create(
        establishment=small.offer.establishment, kind="auto", announced_at=now, starts_at=now
    )
    assert "en ce moment" in refusal(small)


def test_a_spontaneous_application_needs_somebody_to_read_it(small: Recruitment) -> None:
    nobody = EstablishmentFactory(name="Sans contact")
    assert "Personne ne lit" in refusal(small, offer=None, establishment=nobody)
    ContactFactory(establishment=nobody, email="accueil@sans-contact.example")
    assert small.apply(offer=None, establishment=nobody).inbox.offer is None


def test_a_spontaneous_application_may_be_sent_again_after_half_a_year(small: Recruitment) -> None:
    person, place = small.someone(), small.offer.establishment
    with time_machine.travel(MONDAY - dt.timedelta(days=190), tick=False):
        first = small.apply(person, offer=None, establishment=place)
    with time_machine.travel(MONDAY - dt.timedelta(days=100), tick=False):
        assert "déjà postulé" in refusal(small, person, offer=None, establishment=place)
    with time_machine.travel(MONDAY, tick=False):
        small.apply(person, offer=None, establishment=place)
    assert not fresh(first).is_current


def test_limits_are_gentle_and_the_same_words_are_noticed(small: Recruitment) -> None:
    person = small.someone()
    places = [EstablishmentFactory() for _ in range(rules.MOST_A_DAY + 1)]
    for place in places:
        ContactFactory(establishment=place)
    for place in places[: rules.MOST_ALIKE]:
        small.apply(person, offer=None, establishment=place, words="Bonjour, je cherche un poste.")
    same = refusal(small, person, offer=None, establishment=places[-1], words="Bonjour,  je cherche un POSTE.")
    assert "ces mêmes mots à 10 employeurs" in same
    for place in places[rules.MOST_ALIKE : rules.MOST_A_DAY]:
        small.apply(person, offer=None, establishment=place)
    assert queries.allowance(person, clock.now()).left == 0
    assert "Reprenez demain" in refusal(small, person, offer=None, establishment=places[-1])


def test_a_name_is_needed_only_to_show_it(small: Recruitment) -> None:
    person = PersonFactory(identity__first_name="", identity__last_name="")
    assert "prénom" in refusal(small, person)
    assert small.apply(person, parts=[Part.WISHES]).state == ApplicationState.ACKNOWLEDGED


def test_nobody_applies_without_a_way_to_be_answered(small: Recruitment) -> None:
    person = PersonFactory(identity__email="", identity__phone="")
    assert "la réponse arrivera" in refusal(small, person)


def test_another_persons_cv_is_refused(small: Recruitment) -> None:
    assert "un de vos CV" in refusal(small, parts=[Part.CV])


def test_a_cv_goes_with_the_name_that_it_bears(small: Recruitment) -> None:
    cv = documents.cv()
    with pytest.raises(ApplicationRefused) as refused:
        small.apply(cv.person, parts=[Part.CV, Part.EXPERIENCES], cv=cv)
    told = (refused.value.reason, refused.value.field)
    assert told == ("Votre CV porte votre nom : montrez votre nom, ou ne joignez pas de CV.", "cv")
    made = small.apply(cv.person, parts=[Part.IDENTITY, Part.CV], cv=cv)
    assert (made.cv, made.parts) == (cv, ["identity", "cv"])


def test_an_adviser_beside_somebody_is_not_told_what_is_said_to_her(small: Recruitment) -> None:
    def said(person: Person, **facts: Any) -> str:
        with pytest.raises(ApplicationRefused) as refused:
            small.apply_with_adviser(person, **facts)
        return refused.value.reason

    nameless, lost = (small.someone(**{"identity__" + name: "" for name in names}) for names in (NAMES, CONTACTS))
    assert said(nameless).startswith("Le prénom et le nom de cette personne manquent")
    assert said(lost).startswith("Cette personne n'a ni téléphone ni adresse électronique")
    assert said(small.someone(), parts=[Part.IDENTITY, Part.CV]).startswith("Choisissez un des CV de cette personne")
    cv = documents.cv(documents.passport(small.someone())[0])
    assert said(cv.person, parts=[Part.CV], cv=cv).startswith("Ce CV porte le nom de la personne")
    small.apply(cv.person)
    assert said(cv.person) == "Cette personne a déjà postulé : sa candidature est bien partie."
    busy = small.someone()
    for _ in range(rules.MOST_ALIKE):
        place = EstablishmentFactory()
        ContactFactory(establishment=place)
        small.apply(busy, offer=None, establishment=place, words="Bonjour, je cherche un poste.")
    same = said(busy, words="Bonjour, je cherche un poste.")
    assert same.startswith("Ces mêmes mots sont déjà partis vers 10 employeurs.")


def test_an_adviser_applies_with_somebody_who_consents(small: Recruitment) -> None:
    made = small.apply_with_adviser()
    (told,) = messages("reciprok.acknowledged")
    assert "Retirez cette candidature" in told.text
    assert made.origin == "adviser"
    shy = PersonFactory(agency=small.offer.agency)
    with pytest.raises(ApplicationRefused, match="accord"):
        small.apply_with_adviser(shy)


def test_nobody_applies_for_somebody_else(small: Recruitment) -> None:
    person = small.someone()
    for actor in (ANONYMOUS, owner(small.someone()), small.recruiter):
        with pytest.raises(AccessDenied):
            small.apply(person, actor=actor)


def test_withdrawing_the_consent_stops_what_others_sent_and_leaves_her_own(small: Recruitment) -> None:
    person = small.someone()
    by_adviser = small.apply_with_adviser(person)
    place = EstablishmentFactory()
    ContactFactory(establishment=place)
    own = small.apply(person, offer=None, establishment=place)
    people.withdraw_consent(person, actor=owner(person))
    assert fresh(by_adviser).state == ApplicationState.WITHDRAWN
    assert fresh(own).state == ApplicationState.ACKNOWLEDGED


def test_an_application_is_counted_among_the_people_of_the_offer(small: Recruitment) -> None:
    made = small.apply()
    row = Introduction.objects.unscoped(WHY).get(offer=small.offer, person=made.person)
    assert row.origin == "applied"
    small.refuse(made)
    row = Introduction.objects.unscoped(WHY).get(pk=row.pk)
    assert (row.feedback, row.not_kept) == ("not_kept", "other_kept")


def test_a_hire_is_a_fact_and_is_told_once(small: Recruitment) -> None:
    made = small.apply()
    actions.hire(small.read(made), actor=small.recruiter)
    assert fresh(made).state == ApplicationState.HIRED
    acts = IntermediationAct.objects.unscoped(WHY).filter(person=made.person, kind="hire")
    assert acts.count() == 1
    assert "Bravo" in messages("reciprok.news")[-1].text


def test_a_refusal_is_told_kindly_and_the_note_stays_between_advisers(small: Recruitment) -> None:
    made = small.apply()
    small.refuse(made, reason="experience", words="Merci d'être venue.", note="Trop juste pour le soir.")
    (told,) = messages("reciprok.news")
    assert "pas retenue cette fois" in told.text
    assert "Merci d'être venue." in told.text
    assert "Trop juste" not in told.text + told.html
    assert "retenue" not in told.subject


def test_nobody_is_refused_unread_while_people_are_looked_for(small: Recruitment) -> None:
    made = small.apply()
    with pytest.raises(ApplicationRefused, match="sans avoir lu"):
        small.refuse(made, has_seen=False)
    offers.close(small.offer, actor=small.recruiter, reason="applied")
    with pytest.raises(ApplicationRefused, match="sans avoir lu"):
        small.refuse(fresh(made), reason="skills", has_seen=False)
    assert small.refuse(fresh(made), reason="filled", has_seen=False).count == Count.ANSWERED


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"reason": "whim"}, "Choisissez une raison"),
        ({"reason": "other"}, "Expliquez cette raison"),
        ({"words": "x" * 1001}, "trop long"),
        ({"words": "asdf"}, "ne disent rien"),
        ({"words": "Vous êtes un imbécile."}, "peuvent blesser"),
    ],
)
def test_a_bad_answer_says_what_to_do(small: Recruitment, facts: dict[str, str], words: str) -> None:
    made = small.apply()
    with pytest.raises(ApplicationRefused, match=words):
        small.refuse(made, **facts)
    assert fresh(made).state == ApplicationState.ACKNOWLEDGED


def test_insulting_words_come_back_with_words_to_write_instead(small: Recruitment) -> None:
    with pytest.raises(ApplicationRefused) as refused:
        small.refuse(small.apply(), words="Vous êtes un imbécile.")
    assert (refused.value.field, refused.value.proposal[:5]) == ("words", "Merci")


def test_an_erased_person_leaves_the_counts_right(small: Recruitment) -> None:
    person = small.someone()
    answered = small.refuse(small.apply(person), words="Merci de votre visite.")
    running = small.apply(person, offer=None, establishment=small.offer.establishment)

    assert erase(person.pk) > 0
    kept = fresh(answered)
    assert (kept.count, kept.answer_words, kept.parts) == (Count.ANSWERED, "", [])
    assert fresh(running).state == ApplicationState.WITHDRAWN


def test_the_platform_closes_with_honest_words_after_two_months(small: Recruitment) -> None:
    with time_machine.travel(MONDAY, tick=False):
        made = small.apply()

    with time_machine.travel(MONDAY + dt.timedelta(days=59), tick=False):
        assert jobs.run_due()["closed"] == 0
    with time_machine.travel(MONDAY + dt.timedelta(days=61), tick=False):
        assert jobs.run_due()["closed"] == 1
        assert jobs.run_due()["closed"] == 0
    over = fresh(made)
    assert (over.state, over.count) == (ApplicationState.UNANSWERED, Count.SILENT)
    assert "méritiez une réponse" in messages("reciprok.news")[-1].text
    with time_machine.travel(MONDAY + dt.timedelta(days=70), tick=False):
        late = small.refuse(over)
    assert (late.state, late.count) == (ApplicationState.REFUSED, Count.SILENT)


def test_a_closed_establishment_closes_what_nobody_will_answer_without_counting_it(small: Recruitment) -> None:
    made = small.apply()
    small.offer.establishment.closed_on = clock.today()
    small.offer.establishment.save()
    actions.close_unanswered(made, actor=job_actor("test"))
    assert (fresh(made).state, fresh(made).count) == (ApplicationState.UNANSWERED, Count.ASIDE)
    told = messages("reciprok.news")[-1].text
    assert "Cet établissement a fermé : il ne répondra plus." in told
    assert "silence" not in told  # nobody kept her waiting


def test_a_silence_that_does_not_count_is_not_said_to(small: Recruitment) -> None:
    person = small.someone()
    set_identity(person, email=small.space.members.unscoped(WHY).get().email)
    made = small.apply(person)
    with time_machine.travel(MONDAY + dt.timedelta(days=61), tick=False):
        actions.close_unanswered(made, actor=job_actor("test"))
    told = messages("reciprok.news")[-1].text
    assert "Cet employeur n'a pas répondu." in told
    assert "note publique" not in told


def test_two_windows_send_one_application(small: Recruitment) -> None:
    person = small.someone()
    small.apply(person)
    with pytest.raises(ApplicationRefused):
        actions_apply.apply(
            person, actor=owner(person), offer=small.offer, establishment=small.offer.establishment, parts=[]
        )
    assert Application.objects.unscoped(WHY).filter(person=person).count() == 1
