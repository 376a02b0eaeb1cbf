"""The board of candidates in the recruiter's space: cards, answers to one or many, meetings, recommendations."""

import re
import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.accounts.models import User
from entremise.employers.models_spaces import SpaceMember
from entremise.kernel.models import JournalEntry
from entremise.matching import actions_fits
from entremise.people import queries as people
from entremise.reciprok import actions, queries_words
from entremise.reciprok.models import Application
from entremise.territories.models import Commune
from tests.factories.accounts import sign_in
from tests.factories.applications import MONDAY, Recruitment, fresh, recruitment
from tests.factories.offers import OfferFactory
from tests.factories.passport import HeldSkillFactory
from tests.factories.people import owner
from tests.factories.spaces import SpaceMemberFactory
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def here() -> Recruitment:
    made = recruitment()
    Commune.objects.update(latitude=44.93, longitude=4.89)  # on the map: the score needs it
    return made


def user_of(here: Recruitment) -> User:
    return User.objects.get(pk=here.recruiter.user_id)


@pytest.fixture
def client(here: Recruitment) -> Client:
    return sign_in(Client(), user_of(here))


def board(here: Recruitment) -> str:
    return reverse("recruiter_applications", args=[here.offer.pk])


def page(name: str, thing: object) -> str:
    return reverse(name, args=[thing.pk])


def answer(client: Client, application: Application, choice: str, **told: str):
    key = {"idempotency_key": str(uuid.uuid4())}
    return client.post(page("recruiter_application_answer", application), {"choice": choice} | key | told, follow=True)


def test_a_card_shows_proofs_reasons_the_word_and_how_long_she_waits(here, client, moment) -> None:
    person = here.someone(wishing=True)
    held = HeldSkillFactory(person=person, proved=True)
    here.apply(person, words="Je connais votre maison.")
    moment.shift(12 * 86_400)
    text = text_of(sign_in(client, user_of(here)).get(board(here)))
    for expected in (held.skill.label, "Maison Garance", "Cherche ce métier", "Je connais votre maison.",
                     "attend depuis 12 jours", person.reference, "1 personne attend votre réponse"):  # fmt: skip
        assert expected in text
    assert "Diallo" not in text  # proofs first: the name comes when the application is opened


def test_what_she_did_not_show_is_told_by_no_reason(here, client) -> None:
    person = here.someone(wishing=True)
    here.apply(person, parts=[])
    text = text_of(client.get(board(here)))
    assert "Diallo" not in text
    assert "km du lieu de travail" not in text
    assert "Disponib" not in text
    assert person.reference in text


def test_candidates_stay_anonymous_and_unanswered_until_the_space_is_certified(here, client) -> None:
    application = here.apply()
    here.space.__class__.objects.unscoped("test").filter(pk=here.space.pk).update(state="under_review")
    response = client.get(board(here))
    text = text_of(response)
    assert "Diallo" not in text
    assert application.person.reference in text
    assert "Votre espace n'est pas certifié : vous ne pouvez pas encore répondre aux candidats." in text
    assert "answer-many" not in response.content.decode()
    told = text_of(answer(client, application, "refuse:other_kept"))
    assert "Votre espace n'est pas certifié" in told
    assert fresh(application).state == "acknowledged"


def test_the_list_changes_nothing_and_opening_an_application_is_a_look(here, client) -> None:
    application = here.apply()
    client.get(board(here))
    assert fresh(application).read_at is None
    assert client.get(page("recruiter_application_opened", application)).status_code == 405
    told = {"headers": {"HX-Request": "true"}}
    assert client.post(page("recruiter_application_opened", application), **told).status_code == 204
    assert fresh(application).state == "read"
    assert "Awa Diallo" in text_of(client.get(page("recruiter_application", application)))
    assert len(people.access_history(application.person)) == 1  # the same look, a moment later


def test_opening_an_application_moves_it_to_read_and_a_yes_without_opening_is_a_look(here, client) -> None:
    first, second = here.apply(), here.apply()
    client.get(page("recruiter_application", first))
    assert fresh(first).state == "read"
    answer(client, second, "favour:call")
    for one in (first, second):
        (look,) = JournalEntry.objects.filter(verb__endswith="read", person_id=one.person_id)
        assert (look.purpose, look.data) == ("application", {"visibility": "named"})


def test_one_choice_and_one_confirmation_answer_with_the_words_proposed(here, client) -> None:
    application = here.apply()
    html = client.get(board(here)).content.decode()
    form = re.search(
        rf'<form method="post" action="{page("recruiter_application_answer", application)}".*?</form>', html, re.S
    )
    assert form
    assert len(re.findall(r"<select|<input type=.?(?:radio|checkbox)", form.group())) == 1  # one choice, one button
    response = answer(client, application, "refuse:skills")
    assert "La personne a votre réponse. Vous pouvez la changer pendant 30 jours." in text_of(response)
    after = fresh(application)
    assert (after.state, after.reason, after.answer_words) == ("refused", "skills", queries_words.draft("skills"))
    assert after.read_at is not None


def test_words_and_a_note_of_ones_own_are_kept_and_the_note_stays_here(here, client) -> None:
    application = here.apply()
    answer(client, application, "refuse:distance", words="Le trajet serait trop long.", note="À revoir en mai.")
    assert fresh(application).answer_words == "Le trajet serait trop long."
    assert "À revoir en mai." in text_of(client.get(page("recruiter_application", application)))


def test_a_yes_leads_to_the_moments_to_propose(here, client) -> None:
    application = here.apply()
    text = text_of(answer(client, application, "favour:meeting"))
    assert "Proposez-lui maintenant quelques créneaux." in text
    told = {"kind": "meeting", "minutes": "30", "slot1": "2026-12-01T09:30", "place": "12 rue des Lilas"}
    text = text_of(client.post(page("recruiter_meeting", application), told, follow=True))
    assert "Vos créneaux sont proposés" in text
    assert "mardi 1 décembre, 9 h 30" in text
    assert fresh(application).count == ""  # it counts once the person answers
    text = text_of(client.post(page("recruiter_meeting_cancel", application), {"words": ""}, follow=True))
    assert "Le rendez-vous est annulé : la personne est prévenue." in text
    text = text_of(client.post(page("recruiter_meeting_cancel", application), {"words": ""}, follow=True))
    assert "il n'y a rien à annuler" in text


def test_a_meeting_without_a_moment_or_a_place_says_what_is_missing(here, client) -> None:
    application = here.favour(here.apply(), step="meeting")
    response = client.post(page("recruiter_meeting", application), {"kind": "meeting", "minutes": "30"})
    assert response.status_code == 422
    assert "Proposez au moins un créneau : la personne choisira." in text_of(response)
    told = {"kind": "meeting", "minutes": "30", "slot1": "2026-12-01T09:30"}
    assert "Dites où la personne doit venir" in text_of(client.post(page("recruiter_meeting", application), told))


def test_the_meetings_open_in_a_calendar_without_any_name(here, client) -> None:
    from_here = here.favour(here.apply(), step="call")
    client.post(page("recruiter_meeting", from_here), {"kind": "call", "minutes": "15", "slot1": "2026-12-01T09:30"})
    meeting = from_here.meetings.unscoped("test").get()
    from_here.meetings.unscoped("test").update(state="chosen", chosen_at=meeting.slots[0])
    response = client.get(page("recruiter_calendar", here.inbox))
    assert response["Content-Type"].startswith("text/calendar")
    body = response.content.decode()
    assert "DTSTART:20261201T083000Z" in body
    assert "Diallo" not in body


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"choice": ""}, "Choisissez une réponse : la personne y a droit."),
        ({"choice": "refuse:ugly"}, "Choisissez une des réponses proposées."),
        ({"choice": "refuse:other"}, "Expliquez cette raison en quelques mots à la personne."),
        ({"choice": "refuse:skills", "words": "Vous êtes une idiote."}, "Ces mots peuvent blesser ou sont interdits"),
        ({"choice": "refuse:skills", "words": "zzzz zzzz"}, "Ces mots ne disent rien à la personne."),
    ],
)
def test_an_answer_that_cannot_be_sent_says_why(here, client, told, sentence) -> None:
    application = here.apply()
    response = client.post(page("recruiter_application_answer", application), told)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert fresh(application).state == "acknowledged"


def test_rude_words_are_quoted_and_kind_ones_take_their_place(here, client) -> None:
    application = here.apply()
    response = client.post(
        page("recruiter_application_answer", application), {"choice": "refuse:skills", "words": "Sale connasse"}
    )
    assert "connasse" in text_of(response)
    assert f">\n{queries_words.draft('skills')}</textarea>".replace("\n", "") in response.content.decode().replace(
        "\r", ""
    ).replace("\n", "").replace("&#x27;", "'")


def test_who_withdrew_is_not_shown_and_gets_no_answer(here, client) -> None:
    application = here.apply()
    actions.withdraw(application, actor=owner(application.person))
    assert "Personne ici pour l'instant" in text_of(client.get(board(here)))
    text = text_of(answer(client, application, "refuse:skills"))
    assert "Cette personne a retiré sa candidature : elle n'attend plus de réponse." in text
    assert application.person.reference not in text


def test_the_second_of_two_recruiters_reads_what_the_first_one_said(here, client) -> None:
    application = here.apply()
    colleague = SpaceMemberFactory(space=here.space)
    other = sign_in(Client(), colleague.user)
    answer(client, application, "refuse:distance", words="Le trajet serait trop long.", vu="acknowledged")
    said = {"refuse:skills": "Une réponse a déjà été donnée", "favour:call": "Quelqu'un vient de répondre"}
    for choice, sentence in said.items():
        text = text_of(answer(other, application, choice, vu="acknowledged"))
        assert sentence in text
        assert "Le trajet serait trop long." in text
    assert "Une réponse a déjà été donnée à cette candidature." in text_of(answer(other, application, "refuse:skills"))
    assert fresh(application).reason == "distance"


def test_an_answer_may_be_changed_for_thirty_days(here, client, moment) -> None:
    application = here.refuse(here.apply())
    assert "Vous pouvez changer votre réponse jusqu'au mercredi 23 décembre" in text_of(
        client.get(page("recruiter_application", application))
    )
    answer(client, application, "favour:call")
    assert fresh(application).state == "favourable"
    late = here.refuse(here.apply())
    moment.shift(31 * 86_400)
    client = sign_in(Client(), user_of(here))
    assert "Une réponse se modifie pendant 30 jours." in text_of(answer(client, late, "favour:call"))


def test_many_are_answered_at_once_and_those_who_moved_are_told(here, client) -> None:
    several = [here.read(here.apply()) for _ in range(3)]
    gone = here.read(here.apply())
    actions.withdraw(gone, actor=owner(gone.person))
    told = {"ids": [str(one.pk) for one in [*several, gone]], "reason": "other_kept"}
    text = text_of(client.post(page("recruiter_applications_many", here.inbox), told, follow=True))
    assert "3 personnes ont votre réponse. 1 avait déjà reçu une réponse ou s'était retirée." in text
    assert {fresh(one).state for one in several} == {"refused"}


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"reason": "other_kept"}, "Choisissez au moins une candidature."),
        ({"reason": ""}, "Choisissez une raison : chaque personne a droit à une réponse."),
    ],
)
def test_many_without_anybody_or_any_reason_is_refused(here, client, told, sentence) -> None:
    here.apply()
    response = client.post(page("recruiter_applications_many", here.inbox), told)
    assert response.status_code == 422
    assert sentence in text_of(response)


def test_nobody_is_refused_unread_among_many_and_the_ticks_stay(here, client) -> None:
    application = here.apply()
    told = {"ids": [str(application.pk)], "reason": "skills"}
    response = client.post(page("recruiter_applications_many", here.inbox), told)
    assert "Ouvrez d'abord cette candidature : on ne refuse pas une personne sans avoir lu son profil." in text_of(
        response
    )
    assert re.search(rf'value="{application.pk}"[^>]* checked', response.content.decode())


def test_an_error_for_many_comes_back_on_the_same_page_with_its_ticks(here, client) -> None:
    for _ in range(12):
        here.apply()
    first = client.get(board(here) + "?etat=attente").content.decode()
    following = re.search(r'href="([^"]*apres=[^"]+)"', first)
    assert following
    second = client.get(following.group(1).replace("&amp;", "&")).content.decode()
    shown = re.findall(r'name="ids" value="([0-9a-f-]+)"', second)
    action = re.search(r'<form method="post" action="([^"]+)" id="answer-many"', second)
    assert len(shown) == 2
    assert action
    response = client.post(action.group(1).replace("&amp;", "&"), {"ids": shown, "reason": "skills"})
    assert response.status_code == 422
    html = response.content.decode()
    assert re.findall(r'name="ids" value="([0-9a-f-]+)"', html) == shown
    assert re.findall(r'value="([0-9a-f-]+)"[^>]*data-key="x" checked', html) == shown
    assert '<option value="attente" selected>' in html
    again = re.search(r'<form method="post" action="([^"]+)" id="answer-many"', html)
    assert again
    assert again.group(1) == action.group(1)


def test_filters_sort_and_pages_by_key(here, client, moment) -> None:
    waiting = [(moment.shift(60), here.apply())[1] for _ in range(21)]
    here.refuse(here.apply())
    first = client.get(board(here)).content.decode()
    assert "Attendent votre réponse (21)" in first
    assert first.count('class="candidate"') == 10
    following = re.search(r'href="([^"]*apres=[^"]+)"', first)
    assert following
    second = client.get(following.group(1).replace("&amp;", "&")).content.decode()
    assert second.count('class="candidate"') == 10
    assert waiting[0].person.reference not in second
    only = client.get(board(here) + "?etat=non-retenues").content.decode()
    assert only.count('class="candidate"') == 1
    assert client.get(board(here) + "?etat=x&apres=y&tri=z").status_code == 200


def test_the_best_match_comes_first_when_asked(here, client) -> None:
    far, near = here.someone(), here.someone(wishing=True)
    here.apply(far)
    here.apply(near)
    html = client.get(board(here) + "?tri=adequation").content.decode()
    cards = re.findall(r'id="c-([0-9a-f-]+)"', html)
    assert [str(fresh_of(near)), str(fresh_of(far))] == cards


def test_the_order_is_the_same_once_scores_are_kept(here, client) -> None:
    for rank in range(6):
        here.apply(here.someone(wishing=bool(rank % 2)), parts=[] if rank % 3 else ["wishes", "experiences"])
    address = board(here) + "?tri=adequation"
    before = re.findall(r'id="c-([0-9a-f-]+)"', client.get(address).content.decode())
    assert len(before) == actions_fits.score_new() == 6
    assert re.findall(r'id="c-([0-9a-f-]+)"', client.get(address).content.decode()) == before


def fresh_of(person: object) -> object:
    return Application.objects.unscoped("test").get(person=person).pk


def test_the_file_holds_no_name_that_the_page_does_not_show(here, client) -> None:
    read, unread = here.read(here.apply()), here.apply()
    here.read(here.apply(here.someone(), parts=[]))
    address = page("recruiter_applications_export", here.inbox)
    before = JournalEntry.objects.count()
    body = client.get(address + "?format=csv").content.decode("utf-8-sig")
    assert body.count("Awa Diallo") == 1
    look, taken = JournalEntry.objects.order_by("pk")[before:]
    assert (look.verb, look.person_id, look.purpose) == ("reciprok.card_read", read.person_id, "application")
    assert (taken.verb, taken.data) == ("reciprok.exported", {"count": 3, "named": 1})
    assert fresh(unread).read_at is None
    assert client.get(address).status_code == 200


def test_somebody_is_recommended_from_her_page(here, client) -> None:
    application = here.apply()
    other = OfferFactory(open=True, title="Second", establishment=here.offer.establishment, space=here.space)
    address = page("recruiter_recommend", application)
    assert "Second" in text_of(client.get(page("recruiter_application", application)))
    assert "Choisissez à qui vous recommandez cette personne." in text_of(client.post(address, {}))
    text = text_of(client.post(address, {"target": f"offer:{other.pk}"}, follow=True))
    assert "C'est demandé : la personne décide, et reste libre." in text
    there = recruitment()
    text = text_of(client.post(address, {"employeur": there.offer.establishment.siret, "chercher": "1"}))
    assert f"employer:{there.offer.establishment.pk}" in text
    told = {"employeur": there.offer.establishment.siret, "target": f"employer:{there.offer.establishment.pk}"}
    assert "C'est demandé" in text_of(client.post(address, told, follow=True))
    assert "Vous avez déjà recommandé cette personne là." in text_of(client.post(address, told))


def test_a_problem_is_told_to_the_agency(here, client) -> None:
    application = here.apply()
    address = page("recruiter_report", application)
    assert "Dites en quelques mots ce qui s'est passé." in text_of(client.post(address, {"kind": "insult"}))
    text = text_of(
        client.post(address, {"kind": "insult", "words": "Des propos blessants au téléphone."}, follow=True)
    )
    assert "C'est signalé : l'agence vous répond sous dix jours." in text
    shown = text_of(client.get(page("recruiter_application", application)))
    assert "Des propos blessants" in shown
    assert "La réponse ne veut rien dire" not in shown
    refused = client.post(address, {"kind": "nonsense", "words": "La réponse ne veut rien dire."})
    assert refused.context["report_form"].errors["kind"] == ["Dites ce que vous signalez."]


def test_words_too_long_cancel_no_meeting(here, client) -> None:
    application = here.favour(here.apply(), step="call")
    client.post(page("recruiter_meeting", application), {"kind": "call", "minutes": "15", "slot1": "2026-12-01T09:30"})
    shown = client.get(page("recruiter_application", application)).content.decode()
    assert 'id="cancel-words" maxlength="500"' in shown
    told = {"words": "Le chef est retenu ailleurs. " * 20}
    text = text_of(client.post(page("recruiter_meeting_cancel", application), told, follow=True))
    assert "Ce message est trop long : 500 caractères au plus." in text
    assert application.meetings.unscoped("test").get().state == "proposed"


def test_how_long_a_meeting_lasts_is_said_as_clocks_do(here, client) -> None:
    text = text_of(client.get(page("recruiter_application", here.favour(here.apply(), step="meeting"))))
    for told in ("15 min", "1 h", "1 h 30", "2 h", "4 h", "7 h"):
        assert f">{told}</option>" in text
    assert "240 min" not in text


def test_who_left_the_space_reads_nothing_any_more(here, client) -> None:
    application = here.apply()
    SpaceMember.objects.unscoped("test").filter(space=here.space).update(left_at=MONDAY)
    for name, thing in (("recruiter_application", application), ("recruiter_inbox", here.inbox)):
        assert client.get(page(name, thing)).status_code in {302, 404}
    assert answer(client, application, "refuse:skills").status_code in {200, 404}
    assert fresh(application).state == "acknowledged"


def test_another_employer_finds_nothing_here(here) -> None:
    application, there = here.apply(), recruitment()
    stranger = sign_in(Client(), user_of(there))
    for name, thing in (
        ("recruiter_application", application),
        ("recruiter_inbox", here.inbox),
        ("recruiter_closing", here.inbox),
        ("recruiter_applications", here.offer),
    ):
        assert stranger.get(page(name, thing)).status_code == 404
    assert stranger.post(page("recruiter_application_answer", application), {"choice": "hire:"}).status_code == 404


def test_every_inbox_is_listed_with_who_waits(here, client) -> None:
    assert "Personne n'a encore postulé" in text_of(client.get(reverse("recruiter_inboxes")))
    assert "Personne n'a encore postulé" in text_of(client.get(board(here)))
    here.apply()
    here.apply(offer=None)
    text = text_of(client.get(reverse("recruiter_inboxes")))
    assert "2 personnes attendent votre réponse" in text
    assert here.offer.title in text
    assert "Candidatures spontanées" in text


def test_the_board_asks_a_fixed_number_of_queries(here, client) -> None:
    def one() -> None:
        person = here.someone(wishing=True)
        HeldSkillFactory(person=person, proved=True)
        here.apply(person)

    one()
    few = pages_queries(client, board(here))
    for _ in range(5):
        one()
    many = pages_queries(client, board(here))
    assert len(many) == len(few)
    assert len(many) <= MOST_QUERIES, "\n".join(many)
    actions_fits.score_new()
    best_first = pages_queries(client, board(here) + "?tri=adequation")
    assert len(best_first) <= MOST_QUERIES, "\n".join(best_first)


def test_the_space_opens_on_who_waits(here, client) -> None:
    home = reverse("recruiter_home")
    assert "Répondre à" not in text_of(client.get(home))
    here.refuse(here.apply())
    for _ in range(2):
        here.apply()
    here.apply(offer=None)
    assert "Répondre à 3 candidats" in text_of(client.get(home))
