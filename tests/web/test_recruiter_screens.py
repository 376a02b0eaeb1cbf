"""A recruiter's search by a link, and what advisers see of it; nothing on a card says who."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.employers import actions as employers
from entremise.kernel import links
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.matching import actions, actions_recruiter
from entremise.matching.models import PoolEntry
from entremise.matching.models_recruiter import MeetingWish, RecruiterAccess, RecruiterSearch
from entremise.people import actions as people
from entremise.people.enums import Visibility
from entremise.people.models import Person
from entremise.skills import actions as skills
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.contests import again, cards_of, in_pool, link_of, opened, searched, wished
from tests.factories.employers import ContactFactory, EstablishmentFactory, commune
from tests.factories.passport import ExperienceFactory, HeldSkillFactory, JobTitleFactory, calls_for, evidence
from tests.factories.people import PersonFactory, occupation, owner, set_identity
from tests.factories.promotions import MONDAY, World, world
from tests.factories.skills import SkillFactory
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def small() -> World:
    occupation()
    return world()


@pytest.fixture
def access(small: World) -> RecruiterAccess:
    return opened(small)


@pytest.fixture
def bearer(access: RecruiterAccess) -> Client:
    """Return the browser of the contact who opened the link."""
    client = Client()
    response = client.get(reverse("profiles", args=[links.token(link_of(access))]))
    assert response.status_code == 302
    return client


def page(access: RecruiterAccess, name: str = "profiles") -> str:
    return reverse(name, args=[links.reference(link_of(access))])


def search(client: Client, access: RecruiterAccess, **told: Any) -> Any:
    facts = {"job": "Cuisinier / Cuisinière", "job_id": "G1602", "radius": "20"} | told
    return client.post(page(access, "profiles_search"), facts, follow=True)


def wish(client: Client, access: RecruiterAccess, made: RecruiterSearch, token: str, number: int = 1) -> Any:
    told = {"recherche": str(made.pk), "carte": token, "page": str(number)}
    return client.post(page(access, "profiles_wish"), told, follow=True)


class TestTheLink:
    """One link, one contact, one establishment."""

    def test_it_leads_to_the_search_without_account(self, bearer: Client, access: RecruiterAccess) -> None:
        words = text_of(bearer.get(page(access)))
        for expected in (
            "Qui cherchez-vous ?", "autour de votre établissement, Les Jardins de Flore", "jamais qui elles sont",
            "s'éteint le mercredi 23 décembre", "04 75 00 00 00",
        ):  # fmt: skip
            assert expected in words

    def test_looking_writes_nothing(self, bearer: Client, access: RecruiterAccess) -> None:
        in_pool()
        made = searched(access)
        before = JournalEntry.objects.count()
        bearer.get(page(access))
        assert "1 personne" in text_of(bearer.get(page(access), {"recherche": made.pk}))
        assert JournalEntry.objects.count() == before
        assert RecruiterSearch.objects.unscoped("test").count() == 1

    def test_it_is_kept_out_of_caches_and_opens_nothing_elsewhere(self, bearer, access) -> None:
        response = bearer.get(page(access))
        assert response.headers["Cache-Control"] == "no-store"
        assert Client().get(page(access)).status_code == 404

    @pytest.mark.parametrize("name", ["profiles", "profiles_search", "profiles_wish"])
    def test_once_cut_nothing_answers(self, bearer, access, small, name) -> None:
        actions_recruiter.revoke_access(access, actor=small.adviser)
        method = bearer.get if name == "profiles" else bearer.post
        assert method(page(access, name)).status_code == 410

    @pytest.mark.parametrize("name", ["profiles", "profiles_search", "profiles_wish"])
    def test_who_opposed_reads_why_nothing_opens(self, bearer, access, small, name) -> None:
        employers.oppose(small.first, actor=small.adviser)
        method = bearer.get if name == "profiles" else bearer.post
        response = method(page(access, name))
        assert response.status_code == 410
        assert "Vous avez demandé à ne plus être sollicité" in text_of(response)

    def test_a_search_of_somebody_else_shows_nothing(self, bearer, access, small) -> None:
        in_pool()
        other = actions_recruiter.open_access(small.second, actor=small.adviser, agency=small.agency)
        theirs = searched(other)
        response = bearer.get(page(access), {"recherche": theirs.pk})
        assert response.context["found"] is None
        told = wish(bearer, access, theirs, cards_of(theirs, other)[0].token)
        assert "Cette recherche n'existe plus" in text_of(told)
        assert not MeetingWish.objects.unscoped("test").exists()


class TestSearching:
    """What a recruiter types, and what comes."""

    def test_a_job_a_distance_then_the_skills_of_the_job(self, bearer, access) -> None:
        skill = SkillFactory(label="Dresser une assiette")
        calls_for(occupation(), skill)
        in_pool(validated_skill_ids=[skill.pk])
        in_pool()
        response = search(bearer, access)
        words = text_of(response)
        assert "2 personnes" in words
        assert "à moins de 5 km" in words
        assert "disponible maintenant" in words
        assert "Cherche ce métier" in words
        assert [str(skill.pk)] == [value for value, _label in response.context["form"].fields["skills"].choices]
        before = response.context["found"].search.pk
        closer = search(bearer, access, skills=[str(skill.pk)], before=str(before))
        assert "1 personne" in text_of(closer)
        assert "Dresser une assiette" in text_of(closer)
        assert "très proche de votre recherche" in text_of(closer)

    def test_words_alone_are_understood_or_asked_about(self, bearer, access) -> None:
        skills.load_builtin()
        exact = search(bearer, access, job="Cariste", job_id="")
        assert exact.context["found"].search.query.startswith("metier=N1101")
        vague = search(bearer, access, job="cuisine", job_id="")
        assert vague.status_code == 422
        choices = vague.context["form"].fields["job_choice"].choices
        assert len(choices) > 1
        assert "Choisissez la bonne proposition" in text_of(vague)
        chosen = search(bearer, access, job="cuisine", job_id="", job_choice=choices[0][0])
        assert chosen.status_code == 200
        assert chosen.context["found"] is not None

    def test_a_job_title_picked_is_its_occupation(self, bearer, access) -> None:
        title = JobTitleFactory()
        in_pool()
        response = search(bearer, access, job=title.label, job_id=str(title.pk))
        assert response.context["found"].total == 1

    def test_a_skill_picked_is_added(self, bearer, access) -> None:
        skill = SkillFactory(label="Dresser une assiette")
        in_pool(skill_ids=[skill.pk])
        in_pool()
        response = search(bearer, access, skill="dresser", skill_id=str(skill.pk))
        assert response.context["found"].total == 1
        assert str(skill.pk) in response.context["form"].initial["skills"]

    @pytest.mark.parametrize(
        ("told", "sentence"),
        [
            ({"job": "", "job_id": ""}, "Dites au moins un métier ou une compétence."),
            ({"job": "zzzzqqq", "job_id": ""}, "Nous ne connaissons pas ce métier."),
            ({"job": "zzzzqqq", "job_id": "X9999"}, "Nous ne connaissons pas ce métier."),
            ({"skill": "zzzzqqq", "skill_id": "x"}, "Nous ne connaissons pas cette compétence."),
            ({"radius": "200"}, "Sélectionnez un choix valide"),
            ({"skills": ["01900000-0000-7000-8000-000000000000"]}, "Sélectionnez un choix valide"),
        ],
    )
    def test_what_is_not_understood_is_said(self, bearer, access, told, sentence) -> None:
        response = search(bearer, access, **told)
        assert response.status_code == 422
        assert sentence in text_of(response)
        assert not RecruiterSearch.objects.unscoped("test").exists()

    def test_too_many_searches_a_day_is_said(self, bearer, access) -> None:
        facts = {"access": access, "query": "metier=G1602", "numbers": [], "total": 0, "created_at": MONDAY}
        RecruiterSearch.objects.unscoped("test").bulk_create(RecruiterSearch(**facts) for _ in range(60))
        response = search(bearer, access)
        assert response.status_code == 422
        assert "Vous avez déjà fait 60 recherches aujourd'hui." in text_of(response)

    def test_nobody_is_said_kindly(self, bearer, access) -> None:
        assert "Personne ne correspond pour l'instant" in text_of(search(bearer, access))

    def test_pages_follow_one_another(self, bearer, access) -> None:
        for _ in range(22):
            in_pool()
        first = search(bearer, access)
        assert len(first.context["found"].cards) == 20
        second = bearer.get(first.context["next_href"].partition("#")[0])
        assert len(second.context["found"].cards) == 2
        assert "Profils précédents" in text_of(second)
        tokens = [{card.token for card in one.context["found"].cards} for one in (first, second)]
        assert not tokens[0] & tokens[1]
        beyond = bearer.get(page(access), {"recherche": first.context["found"].search.pk, "page": "99999999999"})
        assert beyond.status_code == 200

    def test_few_queries(self, bearer, access) -> None:
        skill = SkillFactory()
        for _ in range(8):
            in_pool(validated_skill_ids=[skill.pk])
        made = searched(access, skills=[skill.pk])
        assert len(pages_queries(bearer, f"{page(access)}?recherche={made.pk}")) <= 14


class TestWishing:
    """Asking to meet somebody."""

    def test_the_adviser_follows_from_the_desk(self, bearer, access, adviser, small) -> None:
        person = in_pool()
        made = searched(access)
        response = wish(bearer, access, made, cards_of(made, access)[0].token)
        assert "C'est demandé." in text_of(response)
        assert "Rencontre demandée : l'agence revient vers vous." in text_of(response)
        desk = text_of(adviser.get(reverse("desk")))
        assert f"Les Jardins de Flore aimerait rencontrer {person.reference}" in desk
        assert "avant le 26 novembre" in desk
        kept = MeetingWish.objects.unscoped("test").get()
        words = text_of(adviser.get(reverse("meeting_wish", args=[kept.pk])))
        assert "Appelez d'abord la personne" in words
        assert "Marc Lemoine" in words
        assert f"/promouvoir/?etablissement={small.first.establishment_id}" in words
        assert "Diallo" not in words

    def test_asked_twice_is_said(self, bearer, access) -> None:
        in_pool()
        made = searched(access)
        token = cards_of(made, access)[0].token
        wish(bearer, access, made, token)
        assert "Vous avez déjà demandé à rencontrer cette personne." in text_of(wish(bearer, access, made, token))
        assert "Votre demande n'est pas partie." in text_of(wish(bearer, access, made, "x"))
        assert MeetingWish.objects.unscoped("test").count() == 1

    def test_no_follow_up_is_told_to_the_recruiter(self, bearer, access, adviser) -> None:
        in_pool()
        made = searched(access)
        kept = wished(access, made)
        address = reverse("meeting_wish_aside", args=[kept.pk])
        assert "La demande est classée sans suite." in text_of(adviser.post(address, follow=True))
        assert "déjà classée sans suite" in text_of(adviser.post(address, follow=True))
        assert "aimerait rencontrer" not in text_of(adviser.get(reverse("desk")))
        words = text_of(bearer.get(page(access), {"recherche": made.pk}))
        assert "Cette rencontre ne pourra pas se faire." in words

    def test_who_left_the_pool_is_not_promoted(self, access, adviser) -> None:
        person = in_pool()
        kept = wished(access, searched(access))
        people.withdraw_consent(person, actor=owner(person))
        words = text_of(adviser.get(reverse("meeting_wish", args=[kept.pk])))
        assert "Cette personne a quitté le vivier" in words
        assert "Présenter ce profil" not in words

    def test_the_person_is_not_told_who(self, access) -> None:
        person = in_pool()
        wished(access, searched(access))
        assert person.user is not None
        client = sign_in(Client(), person.user)
        for name in ("my_home", "my_promotions", "my_access"):
            assert "Flore" not in text_of(client.get(reverse(name), follow=True))

    def test_another_territory_and_a_jobseeker_follow_nothing(self, access) -> None:
        person = in_pool()
        kept = wished(access, searched(access))
        elsewhere = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
        assert elsewhere.get(reverse("meeting_wish", args=[kept.pk])).status_code == 404
        assert elsewhere.post(reverse("meeting_wish_aside", args=[kept.pk])).status_code == 404
        assert person.user is not None
        assert sign_in(Client(), person.user).get(reverse("meeting_wish", args=[kept.pk])).status_code == 403
        assert again(kept).set_aside_at is None


class TestTheEstablishment:
    """Where an adviser opens and cuts."""

    def test_opened_then_cut(self, small: World, adviser: Client) -> None:
        there = reverse("establishment", args=[small.first.establishment_id])
        assert "Ouvrir la recherche de profils à ce contact" in text_of(adviser.get(there))
        response = adviser.post(reverse("recruiter_open", args=[small.first.pk]), follow=True)
        words = text_of(response)
        assert "La recherche de profils est ouverte à Marc Lemoine pour 30 jours." in words
        assert "ouverte jusqu'au 23 décembre" in words
        assert OutboxMessage.objects.get(kind="matching.profiles").recipient == small.first.email
        again_asked = adviser.post(reverse("recruiter_open", args=[small.first.pk]), follow=True)
        assert "déjà ouverte à ce contact" in text_of(again_asked)
        access = RecruiterAccess.objects.unscoped("test").get()
        in_pool()
        wished(access, searched(access))
        assert "1 recherche faite · 1 rencontre demandée" in text_of(adviser.get(there))
        cut = adviser.post(reverse("recruiter_revoke", args=[access.pk]), follow=True)
        assert "le lien n'ouvre plus rien" in text_of(cut)
        assert "Ouvrir la recherche de profils à ce contact" in text_of(cut)
        twice = adviser.post(reverse("recruiter_revoke", args=[access.pk]), follow=True)
        assert "déjà coupée" in text_of(twice)

    def test_it_is_not_proposed_where_it_would_be_refused(self, small: World, adviser: Client) -> None:
        ContactFactory(establishment=small.first.establishment, email="", name="Sans Adresse")
        employers.oppose(small.first, actor=small.adviser)
        there = reverse("establishment", args=[small.first.establishment_id])
        assert "Ouvrir la recherche de profils" not in text_of(adviser.get(there))
        closed = ContactFactory(establishment=EstablishmentFactory(closed=True))
        words = text_of(adviser.get(reverse("establishment", args=[closed.establishment_id])))
        assert "Ouvrir la recherche de profils" not in words
        refused = adviser.post(reverse("recruiter_open", args=[closed.pk]), follow=True)
        assert "est fermé depuis" in text_of(refused)

    def test_another_territory_opens_and_cuts_nothing(self, small: World, access: RecruiterAccess) -> None:
        elsewhere = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
        assert elsewhere.post(reverse("recruiter_open", args=[small.second.pk])).status_code == 404
        assert elsewhere.post(reverse("recruiter_revoke", args=[access.pk])).status_code == 404
        there = reverse("establishment", args=[small.first.establishment_id])
        assert "ouverte jusqu'au" not in text_of(elsewhere.get(there))


class TestNothingSaysWho:
    """The whole page, for people whose words are found nowhere else."""

    @pytest.fixture
    def person(self, access: RecruiterAccess) -> Person:
        """Return somebody who chose to show her name, with a distinctive word in everything she has."""
        home = commune("26198", "Montélimar-la-Secrète", "26")
        somebody: Person = PersonFactory(commune=home, consenting=Visibility.NAMED, wishing=True)
        told = {"first_name": "Zéphyrine", "last_name": "Oulibicheff", "email": "zephyrine.secret@example.org"}
        set_identity(somebody, **told, phone="+33639981234")
        held = HeldSkillFactory(person=somebody, skill__label="Dresser une assiette", example="chez-mon-oncle-Barnabé")
        evidence(held, origin="Auberge-du-Témoin", witness_role="chef-secret")
        place = EstablishmentFactory(name="Auberge-du-Témoin")
        ExperienceFactory(person=somebody, title="Cuisinière-en-chef-secrète", establishment=place)
        actions.refresh([somebody.pk])
        PoolEntry.objects.unscoped("test").filter(person=somebody).update(number=987_654)  # found nowhere by chance
        return somebody

    def secrets(self, person: Person) -> list[str]:
        entry = PoolEntry.objects.unscoped("test").get(person=person)
        held = [str(skill.pk) for skill in person.held_skills.all()]
        proofs = [str(proof.pk) for skill in person.held_skills.all() for proof in skill.evidence.all()]
        return [
            "Zéphyrine", "Oulibicheff", "zephyrine", "+33639981234", "06 39 98 12 34", "0639981234", "39 98 12 34",
            person.reference, person.reference.replace("-", ""), str(person.pk), person.pk.hex, str(person.user_id),
            "Montélimar", "26198", "Quenouillet", "Barnabé", "Auberge", "chef-secret", "Cuisinière-en-chef",
            f'"{entry.number}"', *held, *proofs, *(str(one.pk) for one in person.experiences.all()),
        ]  # fmt: skip

    def test_not_a_word_of_it_is_on_any_page(self, bearer: Client, access: RecruiterAccess, person: Person) -> None:
        first = search(bearer, access)
        made = first.context["found"].search
        (card,) = first.context["found"].cards
        assert "Dresser une assiette" in text_of(first)  # she is there, with what proves it
        asked = wish(bearer, access, made, card.token)
        pages = [first, asked, bearer.get(page(access), {"recherche": made.pk})]
        for answer in pages:
            raw = answer.content.decode() + repr(answer.headers)
            assert [secret for secret in self.secrets(person) if secret in raw] == []

    def test_identifiers_on_the_page_are_those_of_the_search_alone(self, bearer, access, person) -> None:
        shown = search(bearer, access)
        raw = shown.content.decode()
        known = {str(shown.context["found"].search.pk)}
        known |= {value for value, _label in shown.context["form"].fields["skills"].choices}
        uuids = set(re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", raw))
        assert uuids <= known

    def test_two_who_differ_only_by_who_they_are_have_the_same_card(self, bearer, access) -> None:
        one, two = in_pool(), in_pool()
        set_identity(two, first_name="Karim", last_name="Benali")
        made = searched(access)
        cards = [repr(card).replace(card.token, "") for card in cards_of(made, access)]
        assert len(cards) == 2
        assert cards[0] == cards[1]
        assert {one.pk, two.pk} == {entry.person_id for entry in PoolEntry.objects.unscoped("test")}


def test_suggestions_answer_to_the_bearer(bearer: Client, access: RecruiterAccess) -> None:
    skills.load_builtin()
    assert bearer.get(page(access)).status_code == 200
    for name, typed in (("suggest_job_titles", "cuisin"), ("suggest_skills", "plat")):
        found = bearer.get(reverse(name), {"q": typed})
        assert found.status_code == 200
        assert found.json()
        assert Client().get(reverse(name), {"q": typed}).status_code == 401
