"""Around the pool: the map, two profiles side by side, why a rank; each page with its refusals."""

from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from entremise.accounts.models import Agency, Membership, User
from entremise.kernel.models import JournalEntry
from entremise.matching.engine import score
from entremise.matching.models import PoolEntry
from entremise.territories.models import Commune, EmploymentZone
from tests.factories.accounts import AgencyFactory, department, professional, sign_in
from tests.factories.matching import PoolEntryFactory
from tests.factories.people import PersonFactory, occupation
from tests.factories.promotions import World
from tests.factories.skills import SkillFactory
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db


def of_two_departments(small: World) -> User:
    """Return an adviser who works in the Drôme and in the Isère."""
    user = professional(agency=small.agency)
    return also_in(user, AgencyFactory(department_code="38"))


def also_in(user: User, agency: Agency) -> User:
    """Give somebody the same role in one more agency."""
    Membership.objects.create(user=user, agency=agency, role=user.memberships.get().role)
    return user


def looks(row: PoolEntry) -> int:
    return JournalEntry.objects.filter(verb="people.card_read", subject_id=row.pk).count()


class TestMap:
    """Where the profiles of a search live."""

    def page(self, client: Client, query: str = "") -> Any:
        return client.get(f"{reverse('pool_map')}?{query}")

    def counts(self, response: Any) -> dict[str, int]:
        return {row.name: row.count for row in response.context["rows"]}

    def test_several_departments_are_counted_and_drawn(self, small: World) -> None:
        client = sign_in(Client(), of_two_departments(small))
        for _ in range(3):
            PoolEntryFactory(licences=["b"])
        PoolEntryFactory(department="38", latitude=45.2, longitude=5.7, licences=["b"])
        PoolEntryFactory(department="38", latitude=45.2, longitude=5.7)
        response = self.page(client, "permis=b")
        assert self.counts(response) == {"Drôme": 3, "Isère": 1}
        words = text_of(response)
        assert "4 profils dans les départements que vous voyez." in words
        assert 'aria-label="Drôme : 3 profils"' in words
        assert 'aria-label="Isère : 1 profil"' in words
        assert f'href="{reverse("pool")}?departement=38&amp;permis=b"' in words

    def test_a_department_that_the_actor_may_not_see_is_not_counted(self, adviser: Client) -> None:
        PoolEntryFactory(department="38", latitude=45.2, longitude=5.7)
        response = self.page(adviser, "departement=38")
        assert self.counts(response) == {}
        assert "Isère" not in text_of(response)

    def test_one_department_is_cut_in_zones_and_says_so(self, adviser: Client) -> None:
        zone = EmploymentZone.objects.create(code="263", name="Bassin de Valence", department=department())
        empty = EmploymentZone.objects.create(code="261", name="Bassin de Die", department=department())
        inside, outside = PoolEntryFactory(), PoolEntryFactory(latitude=44.5, longitude=5.1)
        Commune.objects.filter(pk=inside.commune_code).update(zone=zone)
        response = self.page(adviser)
        words = text_of(response)
        assert "2 profils dans un seul département, Drôme : les voici par bassin d'emploi." in words
        assert self.counts(response) == {"Bassin de Valence": 1, "Autres communes": 1, empty.name: 0}
        assert f'href="{reverse("pool")}?bassin=263"' in words
        assert "Voir tous vos départements" not in words
        assert [spot.spoken for spot in response.context["map"].chart.spots] == ["Bassin de Valence : 1 profil"]
        assert outside.person.reference not in words

    def test_a_zone_already_chosen_is_marked_beside_the_others(self, adviser: Client) -> None:
        for code, name in (("263", "Bassin de Valence"), ("261", "Bassin de Die")):
            EmploymentZone.objects.create(code=code, name=name, department=department())
        row = PoolEntryFactory()
        Commune.objects.filter(pk=row.commune_code).update(zone="263")
        response = self.page(adviser, "bassin=261")
        assert {row.code: row.is_chosen for row in response.context["rows"]} == {"263": False, "261": True}
        assert self.counts(response)["Bassin de Valence"] == 1

    def test_from_one_department_one_goes_back_to_all(self, small: World) -> None:
        client = sign_in(Client(), of_two_departments(small))
        PoolEntryFactory()
        response = self.page(client, "departement=26&permis=")
        assert "dans un seul département, Drôme" in text_of(response)
        assert f'<a href="{reverse("pool_map")}">Voir tous vos départements</a>' in text_of(response)

    @pytest.mark.parametrize(("order", "first"), [("nom", "Drôme"), ("nombre", "Isère"), ("autre", "Isère")])
    def test_the_table_is_sorted_as_asked(self, small: World, order: str, first: str) -> None:
        client = sign_in(Client(), of_two_departments(small))
        PoolEntryFactory()
        for _ in range(2):
            PoolEntryFactory(department="38", latitude=45.2, longitude=5.7)
        response = self.page(client, f"ordre={order}")
        assert response.context["rows"][0].name == first

    def test_overseas_has_its_own_box(self, small: World) -> None:
        home = Commune.objects.create(
            code="97411", name="Saint-Denis", department=department("974"), latitude=-21.1, longitude=55.5
        )
        reunion = AgencyFactory(commune=home, department=department("974"))
        user = professional(agency=reunion)
        PoolEntryFactory(department="974", latitude=-21.1, longitude=55.5)
        response = self.page(sign_in(Client(), also_in(user, small.agency)))
        assert self.counts(response) == {"Département 974": 1}
        chart = response.context["map"].chart
        assert (len(chart.boxes), chart.ground) == (1, "")

    def test_an_empty_map_says_which_filter_to_leave_out(self, adviser: Client) -> None:
        PoolEntryFactory()
        words = text_of(self.page(adviser, "permis=caces"))
        assert "Personne ne réunit tous ces critères" in words
        assert "1 profil sans le permis" in words
        assert 'class="chart map' not in words

    def test_few_queries(self, small: World, adviser: Client) -> None:
        for code in ("261", "262", "263"):
            EmploymentZone.objects.create(code=code, name=code, department=department())
        for _ in range(4):
            PoolEntryFactory(licences=["b"])
        query = f"metier=G1602&proches=1&lieu=26362&competence={SkillFactory().pk}&permis=b"
        for asked in ("permis=b", query):
            assert len(pages_queries(adviser, f"{reverse('pool_map')}?{asked}")) <= 12
        two = sign_in(Client(), of_two_departments(small))
        assert len(pages_queries(two, f"{reverse('pool_map')}?permis=b")) <= 12


class TestComparison:
    """Two profiles side by side."""

    def page(self, client: Client, *rows: PoolEntry, query: str = "", chosen: str = "") -> Any:
        ticked = "&".join(f"profil={row.pk}" for row in rows)
        return client.get(f"{reverse('pool_compare')}?{query}&{ticked}&{chosen}")

    def test_both_are_told_without_a_name_and_may_be_promoted(self, adviser: Client) -> None:
        occupation()
        skill = SkillFactory(label="Dresser une assiette")
        one = PoolEntryFactory(validated_skill_ids=[skill.pk], occupation_codes=["G1602"], licences=["b"])
        two = PoolEntryFactory(skill_ids=[skill.pk], contracts=["cdi"], languages=["uk"])
        query = f"metier=G1602&competence={skill.pk}"
        words = text_of(self.page(adviser, one, two, query=query))
        for expected in (
            one.person.reference, two.person.reference, "Dresser une assiette", "permis B", "CDI", "ukrainien",
            f"Compétences : avantage à {one.person.reference}, 40 contre 20.",
            f"Promouvoir {one.person.reference}", f"Promouvoir {two.person.reference}",
            reverse("promote", args=[two.pk]), f'max="{score.SKILL_POINTS}" value="20"',
        ):  # fmt: skip
            assert expected in words, expected
        assert "Diallo" not in words
        assert "Awa" not in words

    def test_each_look_is_noted_as_opening_a_profile_is(self, adviser: Client) -> None:
        one, two = PoolEntryFactory(), PoolEntryFactory()
        self.page(adviser, one, two)
        assert (looks(one), looks(two)) == (1, 1)

    @pytest.mark.parametrize("count", [0, 1, 3])
    def test_two_are_needed_no_more_no_less(self, adviser: Client, count: int) -> None:
        rows = [PoolEntryFactory() for _ in range(count)]
        response = self.page(adviser, *rows, query="permis=b")
        assert response.status_code == 422
        words = text_of(response)
        said = "Vous avez coché 3 profils : la comparaison en montre deux. Gardez-en deux."
        assert (said if count == 3 else "Cochez deux profils de la liste, puis « Comparer ».") in words
        assert f'href="{reverse("pool")}?permis=b"' in words
        assert sum(map(looks, rows)) == 0

    def test_the_same_twice_or_nonsense_is_not_two(self, adviser: Client) -> None:
        row = PoolEntryFactory()
        assert self.page(adviser, row, row).status_code == 422
        assert self.page(adviser, row, chosen="profil=abc&profil=").status_code == 422

    def test_someone_who_left_or_is_elsewhere_is_refused_and_nothing_is_shown(self, adviser: Client) -> None:
        here, elsewhere = PoolEntryFactory(), PoolEntryFactory(department="38")
        for response in (self.page(adviser, here, elsewhere), self.page(adviser, here, chosen=f"profil={uuid4()}")):
            assert response.status_code == 404
            assert "L'un de ces deux profils n'est plus dans le vivier" in text_of(response)
            assert elsewhere.person.reference not in text_of(response)
        assert (looks(here), looks(elsewhere)) == (0, 0)

    def test_a_withdrawn_consent_is_no_longer_compared(self, small: World, adviser: Client) -> None:
        from entremise.people import actions as people
        from tests.factories.people import owner

        person, other = PersonFactory(commune=small.person.commune), PoolEntryFactory()
        people.give_consent(person, actor=owner(person), visibility="anonymous")
        row = PoolEntry.objects.unscoped("test").get(pk=person.pk)
        assert self.page(adviser, row, other).status_code == 200
        people.withdraw_consent(person, actor=owner(person))
        assert self.page(adviser, row, other).status_code == 404

    def test_a_team_lead_compares_but_does_not_promote(self, small: World) -> None:
        lead = sign_in(Client(), professional("team_lead", agency=small.agency))
        words = text_of(self.page(lead, PoolEntryFactory(), PoolEntryFactory()))
        assert "En un mot" in words
        assert "Promouvoir" not in words

    def test_few_queries(self, adviser: Client) -> None:
        skill = SkillFactory()
        one, two = (PoolEntryFactory(validated_skill_ids=[skill.pk], occupation_codes=["G1602"]) for _ in range(2))
        query = f"metier=G1602&proches=1&lieu=26362&competence={skill.pk}&profil={one.pk}&profil={two.pk}"
        assert len(pages_queries(adviser, f"{reverse('pool_compare')}?{query}")) <= 12


class TestRank:
    """Why a profile has its rank."""

    def page(self, client: Client, row: PoolEntry, query: str = "") -> Any:
        return client.get(f"{reverse('pool_rank', args=[row.pk])}?{query}")

    def test_the_place_the_parts_the_neighbours_and_what_is_never_looked_at(self, adviser: Client) -> None:
        occupation()
        skill = SkillFactory(label="Dresser une assiette")
        best = PoolEntryFactory(validated_skill_ids=[skill.pk], occupation_codes=["G1602"])
        mine = PoolEntryFactory(skill_ids=[skill.pk], occupation_codes=["G1602"])
        last = PoolEntryFactory(skill_ids=[skill.pk], experience_codes=["G1602"])
        response = self.page(adviser, mine, f"metier=G1602&competence={skill.pk}")
        words = text_of(response)
        for expected in (
            "N° 2", "sur 3 profils que cette recherche trouve", "Il a 65 points sur 100.", "20/40", "30/30",
            "Cherche ce métier", "Faire confirmer « Dresser une assiette » par un employeur", "+ 13 points",
            "l'ordre est tiré au sort", "le sexe, l'âge, le nom, l'origine", "le handicap, la famille",
            f"Barème appliqué : {score.VERSION} ({date_format(score.IN_FORCE.since, 'j F Y')}).",
            "compte pour 6 sur 12",
        ):  # fmt: skip
            assert expected in words, expected
        standing = response.context["standing"]
        assert (standing.above.score, standing.below.score) == (85, 55)
        for other in (best, last):
            assert other.person.reference not in words
        pair = parse_qs(urlsplit(response.context["above_href"]).query)
        assert pair["profil"] == [str(mine.pk), str(best.pk)]
        assert pair["metier"] == ["G1602"]

    def test_a_rank_that_a_gain_would_give_is_told(self, adviser: Client) -> None:
        skill = SkillFactory()
        PoolEntryFactory(validated_skill_ids=[skill.pk], available_on=None)
        mine = PoolEntryFactory(skill_ids=[skill.pk], available_on=None)
        words = text_of(self.page(adviser, mine, f"competence={skill.pk}"))
        assert "N° 2" in words
        assert "Préciser la disponibilité, si elle est immédiate" in words

    @pytest.mark.parametrize(
        ("sort", "said"),
        [("distance", "les moins loin d'abord"), ("recents", "les profils confirmés le plus récemment")],
    )
    def test_another_order_than_points_is_said(self, adviser: Client, sort: str, said: str) -> None:
        row = PoolEntryFactory()
        Commune.objects.filter(pk="26362").update(latitude=44.93, longitude=4.89)
        words = text_of(self.page(adviser, row, f"lieu=26362&tri={sort}"))
        assert said in words
        assert "Les profils sont rangés par points." not in words

    def test_who_is_not_found_by_the_search_is_said_with_the_filter_to_leave_out(self, adviser: Client) -> None:
        row = PoolEntryFactory()
        response = self.page(adviser, row, "permis=caces&contrat=")
        assert response.status_code == 404
        words = text_of(response)
        assert "Ce profil n'est pas parmi ceux que cette recherche trouve." in words
        assert f'<a href="{reverse("pool")}?">sans le permis</a>' in words
        several = text_of(self.page(adviser, row, "permis=caces&contrat=cdi"))
        assert "Aucun filtre, retiré seul, ne l'y ferait entrer" in several

    def test_someone_elsewhere_or_unknown_is_refused(self, adviser: Client) -> None:
        elsewhere = PoolEntryFactory(department="38")
        response = self.page(adviser, elsewhere)
        assert response.status_code == 404
        assert "Ce profil n'est plus dans le vivier, ou relève d'un autre territoire que le vôtre." in text_of(
            response
        )
        assert elsewhere.person.reference not in text_of(response)
        assert adviser.get(reverse("pool_rank", args=[uuid4()])).status_code == 404

    def test_a_result_may_be_contested_from_here(self, adviser: Client) -> None:
        row = PoolEntryFactory(licences=["b"])
        href = self.page(adviser, row, "permis=b").context["contest_href"]
        assert href == f"{reverse('contest_pool', args=[row.pk])}?permis=b"

    def test_few_queries(self, adviser: Client) -> None:
        skill = SkillFactory()
        rows = [PoolEntryFactory(validated_skill_ids=[skill.pk], occupation_codes=["G1602"]) for _ in range(3)]
        query = f"metier=G1602&proches=1&lieu=26362&competence={skill.pk}"
        for row in rows:
            assert len(pages_queries(adviser, f"{reverse('pool_rank', args=[row.pk])}?{query}")) <= 12


class TestFromThePool:
    """The list leads to these pages, without JavaScript."""

    def test_each_card_may_be_compared_and_explained(self, adviser: Client) -> None:
        row = PoolEntryFactory(licences=["b"])
        words = text_of(adviser.get(f"{reverse('pool')}?permis=b"))
        assert f'name="profil" value="{row.pk}" form="compare"' in words
        assert f'href="{reverse("pool_rank", args=[row.pk])}?permis=b"' in words
        assert '<input type="hidden" name="permis" value="b">' in words
        assert f'href="{reverse("pool_map")}?permis=b"' in words

    def test_few_profiles_say_which_filter_brings_more(self, adviser: Client) -> None:
        PoolEntryFactory(licences=["b"])
        for _ in range(5):
            PoolEntryFactory()
        response = adviser.get(f"{reverse('pool')}?permis=b&never_promoted=1")
        assert [(one.count, one.query) for one in response.context["wider"]] == [(6, "never_promoted=1")]
        assert "6 profils sans le permis" in text_of(response)
        assert adviser.get(f"{reverse('pool')}?never_promoted=1").context["wider"] == []

    def test_an_empty_search_offers_neither_a_map_nor_a_file(self, adviser: Client) -> None:
        PoolEntryFactory()
        words = text_of(adviser.get(f"{reverse('pool')}?permis=b"))
        assert reverse("pool_map") not in words
        assert reverse("pool_export") not in words


@pytest.mark.parametrize("name", ["pool_map", "pool_compare", "pool_rank"])
def test_a_jobseeker_and_a_stranger_see_none_of_it(small: World, name: str) -> None:
    path = reverse(name, args=[small.person.pk] if name == "pool_rank" else [])
    assert sign_in(Client(), small.person.user).get(path).status_code == 403
    assert reverse("account_login") in Client().get(path).headers["Location"]
