"""The adviser's screens: promote in three gestures, follow, log, close."""

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.people import actions as people
from entremise.people.enums import Visibility
from entremise.promotions import actions
from entremise.promotions.models import Promotion
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.employers import ContactFactory, EstablishmentFactory, commune, naf
from tests.factories.passport import HeldSkillFactory, evidence
from tests.factories.people import PersonFactory, owner
from tests.factories.promotions import MONDAY, World, again, employer, world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def promote(small: World) -> str:
    return reverse("promote", args=[small.person.pk])


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").replace("&#x27;", "'").split())


def message_in(response) -> str:
    return response.context["form"]["message"].value()


def sendable(response, *contacts, **facts) -> dict[str, object]:
    ticked = [str(contact.pk) for contact in contacts]
    return {"contacts": ticked, "message": message_in(response), "visibility": "named", **facts}


def all_promotions() -> list[Promotion]:
    return list(Promotion.objects.unscoped("test").order_by("establishment__name"))


def test_open_tick_send(small, adviser) -> None:
    page = adviser.get(promote(small))  # 1: Promouvoir
    assert {s.contact for s in page.context["desk"].suggestions} == {small.first, small.second}
    response = adviser.post(promote(small), sendable(page, small.first, small.second), follow=True)  # 2: tick, 3: send
    assert "Le profil est présenté à 2 employeurs." in text_of(response)
    assert [p.establishment.name for p in all_promotions()] == ["Hôtel des Alpes", "Les Jardins de Flore"]


def test_what_the_adviser_sees_does_not_name_the_person(small, adviser) -> None:
    assert "Diallo" not in text_of(adviser.get(promote(small)))


def test_a_refusal_keeps_what_was_written_and_ticked(small, adviser) -> None:
    page = adviser.get(promote(small))
    facts = sendable(page, small.first, message="Awa est formidable", visibility="anonymous")
    response = adviser.post(promote(small), facts)
    assert response.status_code == 422
    assert "retirez du message son nom" in text_of(response)
    assert message_in(response) == "Awa est formidable"
    assert response.context["form"].ticked == {str(small.first.pk)}
    assert not all_promotions()


def test_nothing_ticked_is_said(small, adviser) -> None:
    response = adviser.post(promote(small), sendable(adviser.get(promote(small))))
    assert response.status_code == 422
    assert "Choisissez au moins un contact." in text_of(response)


def test_a_contact_that_is_not_on_the_page_is_not_asked(small, adviser) -> None:
    far = ContactFactory(establishment__elsewhere=True)
    response = adviser.post(promote(small), sendable(adviser.get(promote(small)), far))
    assert response.status_code == 422
    assert not all_promotions()


def test_a_consent_withdrawn_between_search_and_send_is_said_and_nothing_leaves(small, adviser) -> None:
    page = adviser.get(promote(small))
    people.withdraw_consent(small.person, actor=owner(small.person))
    response = adviser.post(promote(small), sendable(page, small.first))
    assert response.status_code == 409
    assert "vient de le retirer. Rien n'a été envoyé." in text_of(response)
    assert not all_promotions()


def test_a_profile_of_another_territory_is_not_found(small) -> None:
    stranger = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
    assert stranger.get(promote(small)).status_code == 404
    assert stranger.get(reverse("promote", args=[uuid4()])).status_code == 404


def test_nobody_promotes_without_a_second_factor(small) -> None:
    client = sign_in(Client(), small.user, second_factor=False)
    assert client.get(promote(small)).status_code == 302
    assert client.post(promote(small), {}).status_code == 302


def test_a_second_showing_is_warned_then_possible(small, adviser) -> None:
    small.send()
    page = adviser.get(promote(small))
    assert "ce profil lui a été présenté le 23 novembre" in text_of(page)
    response = adviser.post(promote(small), sendable(page, small.first))
    assert "il y a moins de 30 jours" in text_of(response)
    assert 'name="acknowledged"' in response.content.decode()
    adviser.post(promote(small), sendable(page, small.first, acknowledged="on"))
    assert len(all_promotions()) == 2


def test_the_days_since_the_last_showing_are_counted(small, adviser, moment) -> None:
    small.send()
    moment.shift(dt.timedelta(days=12))
    fresh = sign_in(Client(), small.user)
    assert "sollicité il y a 12 jours" in text_of(fresh.get(promote(small)))


def test_another_establishment_is_found_without_javascript(small, adviser) -> None:
    other = ContactFactory(establishment=EstablishmentFactory(name="Boulangerie du Moulin"), name="Inès Petit")
    page = adviser.get(promote(small))
    base = sendable(page, small.first, message="Mon message à moi")
    found = adviser.post(promote(small), {**base, "step": "search", "q": "moulin"})
    assert [e.name for e in found.context["desk"].found] == ["Boulangerie du Moulin"]
    shown = adviser.post(promote(small), {**base, "step": "show", "opened": [str(other.establishment.pk)]})
    assert "Inès Petit" in text_of(shown)
    assert message_in(shown) == "Mon message à moi"
    assert shown.context["form"].ticked == {str(small.first.pk)}
    sent = adviser.post(
        promote(small), {**base, "contacts": [str(other.pk)], "opened": [str(other.establishment.pk)]}, follow=True
    )
    assert "présenté à un employeur" in text_of(sent)
    assert [p.contact for p in all_promotions()] == [other]


def test_an_unknown_establishment_says_so(small, adviser) -> None:
    base = sendable(adviser.get(promote(small)))
    response = adviser.post(promote(small), {**base, "step": "search", "q": "zzzz"})
    assert "Aucun établissement ne porte ce nom" in text_of(response)


def test_a_contact_is_added_on_the_way_and_ticked(small, adviser) -> None:
    place = EstablishmentFactory(name="Boulangerie du Moulin")
    base = {**sendable(adviser.get(promote(small))), "step": "add_contact", "opened": [str(place.pk)]}
    wrong = adviser.post(promote(small), {**base, "new-name": "Inès", "new-email": "ines@"})
    assert wrong.status_code == 422
    assert "incomplète" in text_of(wrong)
    right = adviser.post(promote(small), {**base, "new-name": "Inès", "new-email": "ines@moulin.example"})
    (added,) = place.contacts.all()
    assert right.context["form"].ticked == {str(added.pk)}


def test_a_closed_establishment_is_shown_as_closed(small, adviser) -> None:
    place = EstablishmentFactory(name="Fermée", closed=True)
    contact = ContactFactory(establishment=place)
    base = sendable(adviser.get(promote(small)), contact)
    shown = adviser.post(promote(small), {**base, "step": "show", "opened": [str(place.pk)]})
    assert "fermé depuis le 31 mars 2025" in text_of(shown)
    refused = adviser.post(promote(small), {**base, "opened": [str(place.pk)]})
    assert refused.status_code == 422
    assert not all_promotions()


def test_the_same_trade_comes_first(small, adviser) -> None:
    like_her = PersonFactory(consenting=True, wishing=True)
    facts = {"agency": small.agency, "message": "Un mot", "visibility": "anonymous"}
    (shown,) = actions.send(like_her, actor=small.adviser, contacts=[small.second], **facts)
    actions.answer(shown, actor=employer(shown), answer="kept")
    office = ContactFactory(establishment=EstablishmentFactory(naf=naf("69.20Z", "Comptabilité")), is_privileged=True)
    names = [s.contact for s in adviser.get(promote(small)).context["desk"].suggestions]
    assert names == [small.second, small.first, office]


def test_far_closed_and_opposed_contacts_are_not_suggested(small, adviser) -> None:
    far_place = commune("26333", "Loin")
    far_place.latitude = 48.8
    far_place.save()
    ContactFactory(establishment=EstablishmentFactory(commune=far_place))
    ContactFactory(establishment=EstablishmentFactory(closed=True))
    ContactFactory(opposed=True)
    ContactFactory(email="", phone="+33475000001")
    suggested = {s.contact for s in adviser.get(promote(small)).context["desk"].suggestions}
    assert suggested == {small.first, small.second}


def test_an_anonymous_person_stays_anonymous(small) -> None:
    hidden = world(consenting=Visibility.ANONYMOUS)
    client = sign_in(Client(), hidden.user)
    page = client.get(promote(hidden))
    assert "a choisi de ne pas montrer son nom" in text_of(page)
    response = client.post(promote(hidden), sendable(page, hidden.first))
    assert response.status_code == 422
    client.post(promote(hidden), sendable(page, hidden.first, visibility="anonymous"))
    assert [p.visibility for p in all_promotions()] == ["anonymous"]


def test_the_list_is_filtered_by_stage_and_by_person(small, adviser) -> None:
    kept, waiting = small.send(small.first, small.second)
    actions.answer(kept, actor=employer(kept), answer="kept")
    page = adviser.get(reverse("promotions"), {"etape": "waiting"})
    assert [p.pk for p in page.context["page"].rows] == [waiting.pk]
    page = adviser.get(reverse("promotions"), {"q": "flore"})
    assert [p.pk for p in page.context["page"].rows] == [kept.pk]
    colleague = sign_in(Client(), professional(agency=small.agency))
    assert "Aucune promotion" in text_of(colleague.get(reverse("promotions"), {"miennes": "1"}))


@pytest.mark.parametrize("key", ["x", "1_2", "nan_x", "999999999999999999999_821775e5-5f96-4e10-8395-c0c6fd7ed4c3"])
def test_an_altered_page_key_is_not_found(small, adviser, key) -> None:
    assert adviser.get(reverse("promotions"), {"apres": key}).status_code == 404


def test_the_file_says_who_has_the_ball_and_when_the_reminder_leaves(small, adviser) -> None:
    (sent,) = small.send()
    text = text_of(adviser.get(reverse("promotion", args=[sent.pk])))
    assert "Marc Lemoine doit répondre" in text
    assert "Un rappel part le lundi 30 novembre" in text
    assert "l'attente s'arrête le lundi 21 décembre" in text


def test_an_answer_heard_on_the_telephone_is_logged(small, adviser) -> None:
    (sent,) = small.send()
    wrong = adviser.post(reverse("promotion_log_answer", args=[sent.pk]), {"answer": "no"})
    assert wrong.status_code == 422
    assert "choisissez une raison" in text_of(wrong)
    adviser.post(reverse("promotion_log_answer", args=[sent.pk]), {"answer": "meeting", "word": "Mardi"})
    assert (again(sent).answer, again(sent).answer_channel) == ("meeting", "phone")
    text = text_of(adviser.get(reverse("promotion", args=[sent.pk])))
    assert "À vous de jouer" in text
    assert "Noter une réponse" not in text


def test_the_outcome_is_recorded_and_corrected(small, adviser) -> None:
    (sent,) = small.send()
    place = reverse("promotion_outcome", args=[sent.pk])
    wrong = adviser.post(place, {"outcome": "hired", "on": "2026-12-01"})
    assert "précisez le contrat" in text_of(wrong)
    adviser.post(place, {"outcome": "hired", "on": "2026-12-01", "contract": "temporary"})
    assert again(sent).outcome == "hired"
    assert "Embauche (intérim)" in text_of(adviser.get(reverse("promotions")))
    adviser.post(place, {"outcome": "immersion", "on": "2026-12-01", "contract": "cdi"})
    assert (again(sent).outcome, again(sent).outcome_contract) == ("immersion", "")


def test_a_promotion_is_withdrawn(small, adviser) -> None:
    (sent,) = small.send()
    assert adviser.get(reverse("promotion_withdraw", args=[sent.pk])).status_code == 405
    adviser.post(reverse("promotion_withdraw", args=[sent.pk]))
    assert again(sent).state == "withdrawn"
    refused = adviser.post(reverse("promotion_withdraw", args=[sent.pk]))
    assert refused.status_code == 409
    assert "Cette promotion a été retirée" in text_of(refused)


def test_a_stranger_finds_no_promotion(small) -> None:
    (sent,) = small.send()
    stranger = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
    for name in ("promotion_log_answer", "promotion_outcome", "promotion_withdraw"):
        assert stranger.post(reverse(name, args=[sent.pk]), {}).status_code == 404
    assert stranger.get(reverse("promotion", args=[sent.pk])).status_code == 404


def test_pages_are_read_in_few_queries(small, adviser, django_assert_max_num_queries) -> None:
    for number in range(6):
        contact = ContactFactory(establishment=EstablishmentFactory(name=f"Auberge {number}"))
        evidence(HeldSkillFactory(person=small.person))
        small.send(contact)
    (sent,) = small.send()
    with django_assert_max_num_queries(12):
        adviser.get(promote(small))
    with django_assert_max_num_queries(12):
        adviser.get(reverse("promotions"))
    with django_assert_max_num_queries(12):
        adviser.get(reverse("promotion", args=[sent.pk]))
