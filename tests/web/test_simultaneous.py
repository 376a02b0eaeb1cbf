"""Two people, or one impatient finger, act at once through the real pages: one act, a sentence, no failure."""

import html
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from entremise.employers import queries_certification
from entremise.employers.enums_spaces import CheckItem
from entremise.employers.models import Contact, ContactLog
from entremise.kernel import links
from entremise.kernel.actors import Role
from entremise.kernel.models import OutboxMessage
from entremise.passport import actions as passport
from entremise.passport.models import Evidence, Experience
from entremise.people.models import Consent, Person
from entremise.promotions.enums import PromotionState
from entremise.promotions.models import Promotion
from entremise.validations import actions
from entremise.validations.models import Request
from tests.factories.accounts import UserFactory, professional, sign_in
from tests.factories.people import PersonFactory, owner
from tests.factories.promotions import MESSAGE, again, world
from tests.factories.spaces import RecruiterSpaceFactory, SpaceCheckFactory
from tests.factories.stage import link_about, page_of, quiet_client, stage
from tests.factories.validations import asked, experience, sheet, skill, validator

pytestmark = pytest.mark.django_db(transaction=True)
KEY = {"idempotency_key": "the-same-form"}


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Make every call at the same moment, each on its own connection; return the answers in order."""
    barrier, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=30)
            answers[place] = call()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def twice(client: Client, path: str, **sent: Any) -> list[int]:
    """Send one form twice from two windows of one browser; return the two statuses."""
    other = quiet_client()
    other.cookies.update(client.cookies)
    answers = together(*[lambda c=c: c.post(path, {**sent, **KEY}) for c in (client, other)])
    return sorted(answer.status_code for answer in answers)


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode()).replace("\xa0", " ")


def promotions() -> list[Promotion]:
    return list(Promotion.objects.unscoped("test"))


def bearers(thing: Request | Promotion) -> tuple[Client, Client, str]:
    """Return two browsers where the link about a thing is open, and its address there."""
    link, here = link_about(thing), ""
    browsers = quiet_client(), quiet_client()
    for browser in browsers:
        here = browser.get(page_of(link, links.token(link))).url
    return *browsers, here


def test_two_advisers_present_one_person_to_one_contact_once() -> None:
    small = world()
    advisers = [sign_in(quiet_client(), user) for user in (small.user, professional(agency=small.agency))]
    path = reverse("promote", args=[small.person.pk])
    form = {"contacts": [str(small.first.pk)], "message": MESSAGE, "visibility": "anonymous", "step": "send"}
    answers = together(*[lambda c=c: c.post(path, form) for c in advisers])
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert len(promotions()) == 1
    assert OutboxMessage.objects.filter(recipient=small.first.email).count() == 1
    refused = next(answer for answer in answers if answer.status_code == 422)
    assert "a déjà été présenté à Les Jardins de Flore il y a moins de 30 jours" in text_of(refused)


@pytest.mark.parametrize("head_start", [0.0, 0.03])
def test_a_consent_withdrawn_while_a_profile_is_sent_leaves_nothing_open(head_start: float) -> None:
    small = world()
    adviser, person = sign_in(quiet_client(), small.user), sign_in(quiet_client(), small.person.user)
    path = reverse("promote", args=[small.person.pk])
    form = {"contacts": [str(small.first.pk)], "message": MESSAGE, "visibility": "anonymous", "step": "send"}

    def withdraw() -> Any:
        threading.Event().wait(head_start)
        return person.post(reverse("my_visibility"), {"visibility": "none"})

    sent, withdrawn = together(lambda: adviser.post(path, form), withdraw)
    assert withdrawn.status_code == 302
    assert sent.status_code in (302, 409, 422)
    assert not Consent.objects.unscoped("test").filter(withdrawn_at=None).exists()
    assert {one.state for one in promotions()} <= {PromotionState.WITHDRAWN}
    if sent.status_code != 302:
        assert "n'a pas donné son accord, ou vient de le retirer. Rien n'a été envoyé." in text_of(sent)
        assert promotions() == []


def test_two_simultaneous_answers_of_an_employer_give_one() -> None:
    promotion = world().send()[0]
    first, second, here = bearers(promotion)
    answers = together(
        lambda: first.post(here, {"choice": "kept"}, follow=True),
        lambda: second.post(here, {"choice": "not_now"}, follow=True),
    )
    given = again(promotion).answer
    assert given in ("kept", "not_now")
    assert [answer.status_code for answer in answers] == [200, 200]
    assert sum("L'employeur a déjà répondu." in text_of(answer) for answer in answers) == 1
    assert OutboxMessage.objects.filter(kind="promotions.thanks").count() <= 1


def test_an_answer_by_mail_and_one_logged_by_telephone_give_one() -> None:
    small = world()
    promotion = small.send()[0]
    employer, _other, here = bearers(promotion)
    adviser = sign_in(quiet_client(), small.user)
    mailed, logged = together(
        lambda: employer.post(here, {"choice": "kept"}, follow=True),
        lambda: adviser.post(reverse("promotion_log_answer", args=[promotion.pk]), {"answer": "not_now"}),
    )
    assert (mailed.status_code, logged.status_code) in {(200, 409), (200, 302)}
    assert again(promotion).answer == ("kept" if logged.status_code == 409 else "not_now")
    late = logged if logged.status_code == 409 else mailed
    assert "L'employeur a déjà répondu." in text_of(late)


def test_two_simultaneous_answers_of_a_validator_give_one() -> None:
    request = asked(sent=True, count=2)
    first, second, here = bearers(request)
    sheets = [{f"v-{skill(n).pk}": verdict for n in range(2)} for verdict in ("confirmed", "not_confirmed")]
    answers = together(
        lambda: first.post(here, {**sheets[0], "step": "send"}, follow=True),
        lambda: second.post(here, {**sheets[1], "step": "send"}, follow=True),
    )
    assert all("Merci, votre réponse est enregistrée" in text_of(answer) for answer in answers)
    assert len(set(request.skills.values_list("verdict", flat=True))) == 1
    assert OutboxMessage.objects.filter(kind="validations.receipt").count() == 1
    proofs = Evidence.objects.unscoped("test").filter(revoked_at=None).count()
    assert proofs == 2 * (request.skills.first().verdict == "confirmed")


def test_a_form_sent_twice_at_once_is_done_once() -> None:
    scene = stage()
    person, adviser = scene.signed_in(Role.JOBSEEKER), scene.signed_in(Role.BUSINESS_ADVISER)
    place = str(scene.establishment.pk)
    told = {"kind": "job", "title": "Serveur", "employer": "Chez Lulu", "started_month": "3", "started_year": "2021"}
    before = Experience.objects.unscoped("test").count()
    assert twice(person, reverse("my_experience_add"), **told) == [302, 302]
    assert Experience.objects.unscoped("test").count() == before + 1
    new = {"name": "Ana Petit", "email": "ana@garance.example", "role": "gérante"}
    assert twice(adviser, reverse("contact_add", args=[place]), **new) == [302, 302]
    assert Contact.objects.unscoped("test").filter(email="ana@garance.example").count() == 1
    call = {"channel": "call", "purpose": "promotion", "outcome": "Rappeler lundi"}
    before = ContactLog.objects.unscoped("test").count()
    assert twice(adviser, reverse("contact_log_add", args=[place]), **call) == [302, 302]
    assert ContactLog.objects.unscoped("test").count() == before + 1
    assert twice(person, reverse("my_validation_send", args=[scene.draft.pk])) == [302, 302]
    assert OutboxMessage.objects.filter(recipient="autre.quenouillet@garance.example").count() == 1


def test_one_request_is_sent_by_two_clicks_on_its_button() -> None:
    about = experience()
    client = sign_in(quiet_client(), about.person.user)
    form = {
        "contact_name": "Marc Lemoine", "contact_email": "marc@garance.example", "contact_role": "chef",
        "skills": [str(skill(0).pk)], "message": "Merci !", "step": "send",
    }  # fmt: skip
    passport.declare_skills(about.person, actor=owner(about.person), skill_ids=[skill(0).pk], experience=about)
    assert twice(client, f"{reverse('my_validation_add')}?experience={about.pk}", **form) == [302, 302]
    assert OutboxMessage.objects.filter(kind="validations.ask").count() <= 1
    assert Request.objects.unscoped("test").count() == 1


def test_two_colleagues_add_the_same_contact() -> None:
    scene = stage()
    path = reverse("contact_add", args=[scene.establishment.pk])
    clients = [scene.signed_in(role) for role in (Role.BUSINESS_ADVISER, Role.PLACEMENT_ADVISER)]
    new = {"name": "Ana Petit", "email": "ana@garance.example", "role": "gérante"}
    answers = together(*[lambda c=c: c.post(path, new) for c in clients])
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    refused = next(answer for answer in answers if answer.status_code == 422)
    assert "Ce contact est déjà enregistré pour cet établissement." in text_of(refused)


def test_a_first_visit_in_two_windows_opens_one_profile() -> None:
    user = UserFactory()
    windows = [sign_in(quiet_client(), user) for _window in range(3)]
    answers = together(*[lambda c=c: c.get(reverse("my_home")) for c in windows])
    assert {answer.status_code for answer in answers} <= {200, 302}
    assert Person.objects.unscoped("test").filter(user=user).count() == 1


def test_a_consent_given_by_two_clicks_is_given_once() -> None:
    person = PersonFactory(consenting=True)
    client = sign_in(quiet_client(), person.user)
    assert twice(client, reverse("my_consent"), visibility="named", is_read="on", accept="on") == [302, 302]
    assert Consent.objects.unscoped("test").filter(withdrawn_at=None, visibility="named").count() == 1


def test_two_former_employers_answer_at_once_and_every_skill_counts() -> None:
    person = PersonFactory()
    slow = asked(sent=True, about=experience(person), skill_ids=[skill(0).pk, skill(1).pk])
    quick = asked(sent=True, about=experience(person), skill_ids=[skill(2).pk], contact_email="chef@garance.example")
    browser, _other, here = bearers(quick)
    is_recorded = threading.Event()

    def answer_slowly() -> None:
        with transaction.atomic():  # the last moment before the commit, made longer
            actions.answer(slow, actor=validator(slow), sheet=sheet(slow))
            is_recorded.set()
            threading.Event().wait(0.5)

    def answer_meanwhile() -> Any:
        is_recorded.wait(10)
        return browser.post(here, {f"v-{skill(2).pk}": "confirmed", "step": "send"}, follow=True)

    assert together(answer_slowly, answer_meanwhile)[1].status_code == 200
    person.refresh_from_db()
    assert person.validated_skill_count == 3


def test_two_advisers_certify_one_space_once_and_the_second_learns_who_did() -> None:
    space = RecruiterSpaceFactory()
    SpaceCheckFactory(space=space)
    form = {"items": list(CheckItem.values), "note": "Vu.", "version": queries_certification.version_of(space)}
    browsers = [sign_in(quiet_client(), professional()) for _ in range(2)]
    address = reverse("space_certify", args=[space.pk])
    answers = together(*[lambda b=b: b.post(address, form, follow=True) for b in browsers])
    words = sorted("ce qui attendait est parti" in text_of(answer) for answer in answers)
    assert (words, [answer.status_code for answer in answers]) == ([False, True], [200, 200])
    assert sum("C'est une décision de Nadia Ferrand" in text_of(answer) for answer in answers) == 1
    assert OutboxMessage.objects.filter(kind="employers.space_certified").count() == 1
