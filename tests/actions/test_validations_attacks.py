"""Attacks on validators, one by one: refused, or shown below assurance 2, or sent to an adviser. Promise S7.

The attacker wants a skill of hers shown as confirmed by a company (assurance 2) without the company's word. Each
scenario plays one way with the product's own actions and pages, then says what stopped it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.kernel import links as kernel_links
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor, Role, link_actor
from entremise.kernel.models import MailLink
from entremise.kernel.workflow import TransitionRefused
from entremise.passport import queries as passport
from entremise.passport.enums import Assurance
from entremise.people.models import Person
from entremise.validations import actions, links, queries, rules
from entremise.validations.enums import Verdict
from entremise.validations.models import Request
from entremise.validations.rules import ValidationRefused
from tests.factories.accounts import actor_of, professional
from tests.factories.employers import ContactFactory, EstablishmentFactory
from tests.factories.people import PersonFactory, owner
from tests.factories.validations import answered, asked, experience, sheet, validator
from tests.promises import Promise
from tests.web.walk import put_back

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
REFUSED = (ValidationRefused, TransitionRefused, AccessDenied, kernel_links.LinkRefused)
Attack = Callable[[], Person | None]
ATTACKS: dict[str, Attack] = {}


def attack(played: Attack) -> Attack:
    """Add a scenario; it returns the person whose proofs are looked at, or raises the refusal."""
    ATTACKS[played.__name__] = played
    return played


def highest(person: Person) -> int:
    """Return the best assurance that others see on this person's skills."""
    return max((held.assurance for held in passport.shown_skills(person)), default=0)


def by_mail(email: str, **told: Any) -> Person:
    """Have every skill confirmed from one address."""
    person: Person = answered(Verdict.CONFIRMED, contact_email=email, **told).person
    return person


# --- whose mailbox it is ---


@attack
def a_domain_that_looks_like_the_company_s() -> Person:
    return by_mail("marc@garance-example.example")


@attack
def a_domain_that_ends_like_the_company_s() -> Person:
    return by_mail("marc@fausse-garance.example.net")


@attack
def the_company_s_domain_glued_behind_other_letters() -> Person:
    return by_mail("marc@notgarance.example")


@attack
def the_company_s_domain_as_the_sub_domain_of_another() -> Person:
    return by_mail("marc@garance.example.attaquant.example")


@attack
def a_cyrillic_letter_in_the_domain() -> Person:
    return by_mail("marc@g\u0430rance.example")  # а, which is not a


@attack
def the_punycode_of_a_look_alike() -> Person:
    return by_mail("marc@xn--grance-3ve.example")


@attack
def the_company_s_address_before_a_second_at_sign() -> Person:
    return by_mail('"marc@garance.example"@attaquant.example')


@attack
def the_company_s_address_in_a_comment() -> Person:
    return by_mail("marc@attaquant.example(@garance.example)")


@attack
def the_company_s_domain_in_the_local_part() -> Person:
    return by_mail("marc%garance.example@attaquant.example")


@attack
def a_free_mailbox_in_the_name_of_the_manager() -> Person:
    return by_mail("marc.lemoine@gmail.com", contact_name="Marc Lemoine <marc@garance.example>")


@attack
def a_company_known_by_a_provider_s_domain() -> Person:
    place = EstablishmentFactory(email_domain="orange.fr")
    return by_mail("marc@orange.fr", about=experience(establishment=place))


@attack
def an_establishment_nobody_knows_the_domain_of() -> Person:
    place = EstablishmentFactory(email_domain="")
    return by_mail("patron@entreprise-inventee.example", about=experience(establishment=place))


@attack
def a_contact_known_at_another_establishment() -> Person:
    elsewhere = ContactFactory(email="lina@ailleurs.example")
    assert elsewhere.email
    return by_mail("lina@ailleurs.example")


@attack
def a_disposable_mailbox() -> Person:
    return by_mail("marc@yopmail.com")


@attack
def a_sub_domain_of_a_disposable_mailbox() -> Person:
    return by_mail("marc@garance.mailinator.com")


# --- the candidate herself ---


@attack
def her_own_address() -> Person:
    person = PersonFactory(identity__email="awa@garance.example")
    return by_mail("awa@garance.example", about=experience(person))


@attack
def her_own_address_in_capitals_and_wide_letters() -> Person:
    person = PersonFactory(identity__email="awa@garance.example")
    return by_mail("\uff21WA@GARANCE.example", about=experience(person))


@attack
def her_own_address_with_a_label() -> Person:
    person = PersonFactory(identity__email="awa@garance.example")
    return by_mail("awa+chef@garance.example", about=experience(person))


@attack
def her_own_gmail_with_other_dots() -> Person:
    person = PersonFactory(identity__email="awadiallo@gmail.com")
    return by_mail("a.w.a.diallo+chef@googlemail.com", about=experience(person))


@attack
def the_address_of_her_account() -> Person:
    person = PersonFactory(user__email="awa@garance.example")
    return by_mail("awa@garance.example", about=experience(person))


@attack
def the_answer_from_her_own_open_session() -> Person:
    return answer_in(Client(), signed_in_as_her=True)


@attack
def the_answer_from_her_browser_after_signing_out() -> Person:
    return answer_in(Client(), signed_in_as_her=True, signed_out=True)


@attack
def her_own_address_by_handing_the_request_over() -> Person:
    request = asked(sent=True)
    actions.forward(request, actor=validator(request), name="Awa", email=str(request.person.user.email))
    return confirmed(request)


# --- the link ---


@attack
def a_request_handed_over_to_a_free_mailbox() -> Person:
    request = asked(sent=True)
    return confirmed(actions.forward(request, actor=validator(request), name="X", email="x@gmail.com"))


@attack
def a_request_handed_over_to_a_look_alike() -> Person:
    request = asked(sent=True)
    return confirmed(actions.forward(request, actor=validator(request), name="X", email="x@garance-rh.example"))


@attack
def the_first_link_after_the_request_was_handed_over() -> Person:
    request = asked(sent=True)
    first = validator(request)
    moved = actions.forward(request, actor=first, name="Lina", email="lina@garance.example")
    return confirmed(moved, by=first)


@attack
def the_link_of_another_request() -> Person:
    request, other = asked(sent=True), asked(sent=True, contact_email="autre@garance.example")
    return confirmed(request, by=validator(other))


@attack
def a_link_made_for_another_purpose() -> Person:
    request = asked(sent=True)
    link = links.current(request.pk)
    assert link is not None
    return confirmed(request, by=link_actor(link.pk, Role.EMPLOYER_CONTACT))


@attack
def a_token_made_up_from_a_known_reference() -> Person | None:
    request = asked(sent=True)
    link = links.current(request.pk)
    assert link is not None
    true = kernel_links.token(link)
    forged = true[: kernel_links.ID_LENGTH] + "A" * (len(true) - kernel_links.ID_LENGTH)
    kernel_links.read(links.ANSWER, forged)
    return request.person


@attack
def a_link_whose_time_is_over() -> Person:
    with time_machine.travel(MONDAY, tick=False):
        request = asked(sent=True)
        bearer = validator(request)
    with time_machine.travel(MONDAY + dt.timedelta(days=31), tick=False):
        return confirmed(request, by=bearer)


@attack
def the_link_of_a_request_taken_back() -> Person:
    request = asked(sent=True)
    bearer = validator(request)
    actions.withdraw(request, actor=owner(request.person))
    return confirmed(request, by=bearer)


@attack
def a_second_answer_over_a_refusal() -> Person:
    request = answered(Verdict.NOT_CONFIRMED)
    return confirmed(request)


@attack
def a_new_answer_long_after_the_first() -> Person:
    with time_machine.travel(MONDAY, tick=False):
        request = answered(Verdict.NOT_CONFIRMED)
        bearer = validator(request)
    with time_machine.travel(MONDAY + dt.timedelta(days=31), tick=False):
        actions.rectify(request, actor=bearer, sheet=sheet(request))
    return request.person


@attack
def the_candidate_answers_without_a_link() -> Person:
    request = asked(sent=True)
    return confirmed(request, by=owner(request.person))


@attack
def the_codes_of_letters_tried_one_after_the_other() -> Person | None:
    request, browser = asked(sent=True), Client()
    tried = [browser.post(reverse("short_code"), {"code": f"{n:010d}"}).status_code for n in range(40)]
    assert tried.count(429) >= 10, "the tries must end"
    assert "links" not in browser.session
    return request.person


@attack
def a_scanner_that_opens_every_address() -> Person:
    request = asked(sent=True)
    link = links.current(request.pk)
    assert link is not None
    before = rows()
    for name in ("validate", "validate_rectify", "validate_decline", "validate_forward", "validate_opened"):
        for method in ("get", "head", "options"):
            getattr(Client(), method)(reverse(name, args=[kernel_links.token(link)]), follow=True)
    assert rows() == before
    request.refresh_from_db()
    assert request.is_open
    return request.person


@attack
def a_form_posted_from_another_site() -> Person:
    request, browser = asked(sent=True), Client(enforce_csrf_checks=True)
    page = opened(browser, request)
    response = browser.post(page, {"step": "send"}, headers={"Origin": "https://attaquant.example"})
    assert response.status_code == 403
    return request.person


# --- establishments ---


@attack
def an_establishment_closed_since() -> Person:
    request = asked(sent=True)
    request.establishment.closed_on = dt.date(2026, 1, 1)
    request.establishment.save()
    return confirmed(request)


@attack
def an_establishment_that_is_closed() -> Person:
    return by_mail("marc@garance.example", about=experience(establishment=EstablishmentFactory(closed=True)))


@attack
def the_word_of_one_company_under_the_name_of_another() -> Person | None:
    hers = EstablishmentFactory(name="Société de paille", email_domain="paille.example")
    about = experience(establishment=EstablishmentFactory(name="Maison Garance"))
    person = by_mail("complice@paille.example", about=about, establishment=hers)
    assert {proof.origin for proof in passport.proof_wall(person)} == {"Société de paille"}
    return None  # nobody is said to be who they are not: the name shown is that of the company that answered


# --- known cheats, rings, masses ---


@attack
def an_answer_its_mailbox_s_owner_says_is_not_theirs() -> Person:
    request = answered(Verdict.CONFIRMED)
    actions.report(request, actor=validator(request))
    assert request in queries.to_check(adviser())
    return request.person


@attack
def a_change_after_the_mailbox_s_owner_complained() -> Person:
    request = answered(Verdict.CONFIRMED)
    actions.report(request, actor=validator(request))
    actions.rectify(request, actor=validator(request), sheet=sheet(request))
    return request.person


@attack
def the_mailbox_of_a_proved_fraud() -> Person:
    actions.prove_fraud(answered(Verdict.CONFIRMED), actor=adviser())
    return by_mail("marc@garance.example")


@attack
def the_mailbox_of_a_proved_fraud_with_a_label() -> Person:
    actions.prove_fraud(answered(Verdict.CONFIRMED), actor=adviser())
    return by_mail("marc+nouveau@garance.example")


@attack
def an_open_request_to_the_mailbox_of_a_proved_fraud_under_a_label() -> Person:
    waiting = asked(sent=True, contact_email="marc+bis@garance.example")
    bearer = validator(waiting)
    actions.prove_fraud(answered(Verdict.CONFIRMED), actor=adviser())
    return confirmed(waiting, by=bearer)


@attack
def a_mailbox_whose_owner_never_wants_to_be_asked_under_a_label() -> Person:
    first = asked(sent=True)
    actions.oppose(first, actor=validator(first))
    return by_mail("marc+autre@garance.example")


@attack
def one_validator_for_a_crowd() -> Person | None:
    for request in range(4 * rules.ADDRESS_PER_DAY):
        with time_machine.travel(MONDAY + dt.timedelta(days=request // rules.ADDRESS_PER_DAY), tick=False):
            asked(sent=True)
        assert request < rules.ADDRESS_PER_MONTH, "the month must end"
    return None


@attack
def one_validator_for_a_crowd_under_as_many_labels() -> Person | None:
    for number in range(rules.ADDRESS_PER_DAY + 1):
        asked(sent=True, contact_email=f"marc+{number}@garance.example")
        assert number < rules.ADDRESS_PER_DAY, "the day must end"
    return None


@attack
def a_crowd_of_requests_from_one_person() -> Person | None:
    about = experience()
    for number in range(rules.PERSON_PER_DAY + 1):
        asked(sent=True, about=about, contact_email=f"n{number}@garance.example")
        assert number < rules.PERSON_PER_DAY, "the day must end"
    return about.person


@attack
def two_candidates_who_vouch_for_each_other_from_their_own_mailboxes() -> Person:
    one = PersonFactory(identity__email="un@orange.fr", user__email="un@orange.fr")
    two = PersonFactory(identity__email="deux@orange.fr", user__email="deux@orange.fr")
    by_mail("un@orange.fr", about=experience(two))
    return by_mail("deux@orange.fr", about=experience(one))


# --- how it is played ---


def adviser() -> Actor:
    return actor_of(professional(Role.PLACEMENT_ADVISER))


def rows() -> list[Any]:
    return [list(model._base_manager.order_by("pk").values()) for model in (Request, MailLink)]


def confirmed(request: Request, by: Actor | None = None) -> Person:
    """Confirm everything, as the bearer of the request's living link unless told otherwise."""
    done: Request = actions.answer(request, actor=by or validator(request), sheet=sheet(request))
    return done.person


def opened(browser: Client, request: Request) -> str:
    """Open the page of a request's link, and return its own address."""
    link = links.current(request.pk)
    assert link is not None
    return str(browser.get(reverse("validate", args=[kernel_links.token(link)]))["Location"])


def answer_in(browser: Client, *, signed_in_as_her: bool = False, signed_out: bool = False) -> Person:
    """Answer on the pages, in a browser where the candidate signed in by the code she received."""
    request = asked(sent=True)
    if signed_in_as_her:
        enter(browser, request.person)
    if signed_out:
        browser.post(reverse("account_logout"))
    page = opened(browser, request)
    review = browser.post(page, {"step": "all"})
    browser.post(page, {**dict(review.context["form"].pairs()), "step": "send"})
    request.refresh_from_db()
    assert request.to_check
    return request.person


def enter(browser: Client, person: Person) -> None:
    """Sign in as people do: a code to their mailbox."""
    browser.post(reverse("account_login"), {"identifier": str(person.user.email)})
    browser.post(reverse("sign_in_code"), {"code": browser.session["code_entry"]["code"]})
    assert browser.session["_auth_user_id"] == str(person.user_id)


def outcome(played: Attack) -> str:
    """Play a scenario; say what stopped it, or `shown` when an impostor is believed."""
    try:
        person = played()
    except REFUSED:
        return "refused"
    if person is None:
        return "refused"
    return "shown" if highest(person) >= Assurance.COMPANY else "below"


def test_the_word_of_the_company_is_still_believed() -> None:
    assert highest(by_mail("marc@garance.example")) == Assurance.COMPANY
    assert highest(by_mail("marc+rh@cuisine.garance.example")) == Assurance.COMPANY
    assert highest(answer_elsewhere()) == Assurance.COMPANY


def answer_elsewhere() -> Person:
    request, browser = asked(sent=True, contact_email="chef@garance.example"), Client()
    page = opened(browser, request)
    review = browser.post(page, {"step": "all"})
    browser.post(page, {**dict(review.context["form"].pairs()), "step": "send"})
    return request.person


def test_no_impostor_is_shown_as_the_company(promise: Promise) -> None:
    """Play every scenario, each on an untouched base."""
    found = {}
    for name in sorted(ATTACKS):
        with put_back():
            found[name] = outcome(ATTACKS[name])
    shown = [name for name, seen in found.items() if seen == "shown"]
    counted = Counter(found.values())
    assert shown == []
    said = f"{len(shown)} imposteur montré au niveau 2 en {len(found)} scénarios : {counted['refused']} refusés,"
    said += f" {counted['below']} montrés au-dessous ou envoyés à un conseiller"
    promise("S7", said, is_met=len(found) >= 25)
