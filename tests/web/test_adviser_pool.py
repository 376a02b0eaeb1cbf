"""The pool: filters with counts, ranked cards that say why, saved searches, and what to relax when nobody is found."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from entremise.kernel import clock
from entremise.promotions.models import Segment
from entremise.skills import actions as skills
from entremise.territories.models import Commune
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.matching import PoolEntryFactory
from tests.factories.passport import SkillFactory
from tests.factories.people import PersonFactory, occupation
from tests.factories.promotions import World
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db


def pool(client: Client, query: str = "", **headers: str) -> Any:
    return client.get(f"{reverse('pool')}?{query}", headers=headers, follow=True)


def references(response: Any) -> list[str]:
    return [card.reference for card in response.context["cards"]]


def test_a_card_says_the_job_the_place_the_proofs_and_why(adviser: Client) -> None:
    occupation()
    skill = SkillFactory(label="Préparer des entrées et des desserts")
    row = PoolEntryFactory(occupation_codes=["G1602"], skill_ids=[skill.pk], validated_skill_ids=[skill.pk])
    words = text_of(pool(adviser, "metier=G1602"))
    for expected in (
        row.person.reference, "Cuisinier / Cuisinière", "Valence, 20 km", "Préparer des entrées et des desserts",
        "jamais promu", "Cherche ce métier", "1 compétence confirmée", "Disponible maintenant",
    ):  # fmt: skip
        assert expected in words
    assert "Diallo" not in words
    assert "Awa" not in words


def test_a_profile_of_another_territory_is_not_found(adviser: Client) -> None:
    PoolEntryFactory(department="38")
    assert references(pool(adviser)) == []
    assert references(pool(adviser, "departement=38")) == []


def test_counts_stand_beside_each_filter_even_when_nobody_is_left(adviser: Client) -> None:
    PoolEntryFactory(licences=["b"])
    PoolEntryFactory(last_promoted_at=clock.now())
    response = pool(adviser, "never_promoted=1")
    options = {(o.name, o.value): o for group in response.context["groups"] for o in group.options}
    assert options["never_promoted", "1"].count == 1
    assert options["never_promoted", "1"].is_checked
    assert options["permis", "b"].count == 1
    assert options["permis", "caces"].count == 0
    assert response.context["page"].total == 1


def test_words_become_a_filter_of_the_address(adviser: Client) -> None:
    skills.load_builtin()
    response = adviser.get(reverse("pool"), {"metier_texte": "cariste", "never_promoted": "1"})
    assert response.headers["Location"] == f"{reverse('pool')}?metier=N1101&never_promoted=1"
    wider = adviser.get(reverse("pool"), {"metier": "G1602", "lieu_texte": "x", "lieu_id": "26362"})
    assert wider.headers["Location"] == f"{reverse('pool')}?metier=G1602&lieu=26362"


def test_a_chosen_skill_becomes_a_filter(adviser: Client) -> None:
    skill = SkillFactory(label="Dresser une assiette")
    told = {"competence_texte": "dresser", "competence_id": str(skill.pk)}
    response = adviser.get(reverse("pool"), told, follow=True)
    assert response.context["criteria"].skills == (skill.pk,)
    assert "Dresser une assiette" in text_of(response)


def test_words_that_mean_nothing_are_said_and_the_rest_is_kept(adviser: Client) -> None:
    response = pool(adviser, "metier_texte=zzzzqqqq&validated=1")
    assert "Nous ne connaissons pas « zzzzqqqq ». Essayez un autre mot." in text_of(response)
    assert response.context["criteria"].toggles == {"validated"}


@pytest.mark.parametrize("field", ["lieu", "competence"])
def test_an_unknown_choice_is_said_too(adviser: Client, field: str) -> None:
    chosen = "99999" if field == "lieu" else "01900000-0000-7000-8000-000000000000"
    response = pool(adviser, f"{field}_texte=inconnu&{field}_id={chosen}")
    assert "Nous ne connaissons pas « inconnu »." in text_of(response)


def test_an_empty_result_says_which_filter_to_leave_out(adviser: Client) -> None:
    PoolEntryFactory(licences=["b"], last_promoted_at=clock.now())
    PoolEntryFactory(licences=["b"], last_promoted_at=clock.now())
    response = pool(adviser, "permis=b&never_promoted=1")
    words = text_of(response)
    assert "Personne ne réunit tous ces critères" in words
    assert "2 profils même déjà promus" in words
    assert [one.query for one in response.context["relaxations"]] == ["permis=b"]


def test_an_empty_pool_explains_how_people_enter_it(adviser: Client) -> None:
    assert "Votre vivier est encore vide" in text_of(pool(adviser))


def test_pages_follow_one_another(adviser: Client) -> None:
    for _ in range(23):
        PoolEntryFactory()
    first = pool(adviser)
    assert len(references(first)) == 20
    second = pool(adviser, first.context["next_query"])
    assert len(references(second)) == 3
    assert not set(references(first)) & set(references(second))
    assert "Revenir au début" in text_of(second)


@pytest.mark.parametrize(
    "key", ["abc", "1.5_x", "_", "nan_01900000-0000-7000-8000-000000000000", "9999999999_9999999999"]
)
def test_an_altered_key_of_the_list_does_no_harm(adviser: Client, key: str) -> None:
    PoolEntryFactory()
    assert pool(adviser, f"apres={key}").status_code == 200


@pytest.mark.parametrize("code", ["ZZZZZ", "12345", "N110é", "N110²", "N11011", "n1101"])
def test_a_job_that_is_no_code_of_the_referential_does_no_harm(adviser: Client, code: str) -> None:
    response = pool(adviser, f"metier={code}")
    assert response.status_code == 200
    assert response.context["criteria"].occupations == (("N1101",) if code == "n1101" else ())


def test_htmx_gets_the_pool_alone_and_a_clean_address(adviser: Client) -> None:
    PoolEntryFactory()
    response = pool(adviser, "never_promoted=1&contrat=&temps=&metier_texte=", **{"hx-request": "true"})
    assert response.content.decode().lstrip().startswith('<div id="pool">')
    assert response.headers["HX-Push-Url"] == f"{reverse('pool')}?never_promoted=1"


def test_the_pool_takes_few_queries(adviser: Client) -> None:
    occupation()
    place = Commune.objects.get(pk="26362")
    skill = SkillFactory()
    for _ in range(8):
        PoolEntryFactory(occupation_codes=["G1602"], skill_ids=[skill.pk], validated_skill_ids=[skill.pk])
    query = f"metier=G1602&proches=1&lieu={place.pk}&rayon=30&competence={skill.pk}&tri=distance"
    assert references(pool(adviser, query))
    assert len(pages_queries(adviser, f"{reverse('pool')}?{query}")) <= 12
    nobody = f"{query}&permis=d&contrat=cdi&horaire=night"
    assert references(pool(adviser, nobody)) == []
    assert len(pages_queries(adviser, f"{reverse('pool')}?{nobody}")) <= 12


def test_a_jobseeker_and_a_stranger_see_no_pool(small: World) -> None:
    assert sign_in(Client(), small.person.user).get(reverse("pool")).status_code == 403
    assert reverse("account_login") in Client().get(reverse("pool")).headers["Location"]


def test_a_team_lead_searches_but_does_not_promote(small: World) -> None:
    PoolEntryFactory()
    lead = sign_in(Client(), professional("team_lead", agency=small.agency))
    response = pool(lead)
    assert len(references(response)) == 1
    assert "Promouvoir" not in text_of(response)


class TestSegments:
    """Searches kept under a name, with live counts."""

    def save(self, client: Client, **told: str) -> Any:
        facts = {"name": "Caristes prêts", "query": "permis=caces", "is_shared": "on", **told}
        return client.post(reverse("segment_save"), facts, follow=True)

    def test_a_saved_search_is_found_again_with_its_count(self, adviser: Client) -> None:
        PoolEntryFactory(licences=["caces"])
        assert "La recherche « Caristes prêts » est enregistrée." in text_of(self.save(adviser))
        response = adviser.get(reverse("segments"))
        assert "Caristes prêts" in text_of(response)
        assert [row["count"] for row in response.context["rows"]] == [1]
        PoolEntryFactory(licences=["caces"])
        assert [row["count"] for row in adviser.get(reverse("segments")).context["rows"]] == [2]

    def test_a_search_without_filter_or_name_is_refused(self, adviser: Client) -> None:
        assert "Choisissez au moins un filtre" in text_of(self.save(adviser, query="nimporte=quoi"))
        assert "Donnez un nom à ce segment" in text_of(self.save(adviser, name="  "))
        assert Segment.objects.unscoped("test").count() == 0

    def test_colleagues_of_the_territory_see_what_is_shared_only(self, small: World, adviser: Client) -> None:
        self.save(adviser)
        self.save(adviser, name="Pour moi", is_shared="")
        Segment.objects.unscoped("test").filter(name="Pour moi").update(is_shared=False)
        colleague = sign_in(Client(), professional(agency=AgencyFactory()))
        rows = colleague.get(reverse("segments")).context["rows"]
        assert [(row["segment"].name, row["may_remove"]) for row in rows] == [("Caristes prêts", False)]
        stranger = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
        assert stranger.get(reverse("segments")).context["rows"] == []

    def test_my_agency_removes_it_another_may_not(self, adviser: Client) -> None:
        self.save(adviser)
        (segment,) = Segment.objects.unscoped("test")
        other = sign_in(Client(), professional(agency=AgencyFactory()))
        response = other.post(reverse("segment_remove", args=[segment.pk]))
        assert response.status_code == 403
        assert "Ce segment appartient à une autre agence." in text_of(response)
        response = adviser.post(reverse("segment_remove", args=[segment.pk]), follow=True)
        assert "n'est plus enregistrée" in text_of(response)
        assert "Aucune recherche enregistrée" in text_of(response)

    def test_many_saved_searches_take_few_queries(self, adviser: Client) -> None:
        for number in range(6):
            self.save(
                adviser, name=f"Recherche {number}", query=f"metier=G1602&proches=1&lieu=26362&rayon={number + 5}"
            )
        assert len(pages_queries(adviser, reverse("segments"))) <= 12


def test_a_withdrawn_consent_leaves_the_pool_at_once(small: World, adviser: Client) -> None:
    from entremise.people import actions as people
    from tests.factories.people import owner

    person = PersonFactory(commune=small.person.commune)
    people.give_consent(person, actor=owner(person), visibility="anonymous")
    assert person.reference in references(pool(adviser))
    people.withdraw_consent(person, actor=owner(person))
    assert person.reference not in references(pool(adviser))
