"""The offers of an agency: the list, entering one, its page, the people for it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from entremise.kernel.actors import Role
from entremise.offers import queries
from entremise.offers.models import Offer
from entremise.skills import actions as skills
from entremise.skills.enums import Weight
from entremise.skills.models import OccupationSkill
from entremise.territories import actions as territories
from entremise.territories.models import Commune
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.employers import EstablishmentFactory, commune
from tests.factories.matching import PoolEntryFactory
from tests.factories.offers import OfferFactory, again
from tests.factories.passport import JobTitleFactory
from tests.factories.people import PersonFactory, occupation
from tests.factories.promotions import World
from tests.factories.skills import SkillFactory
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
UNKNOWN = "01900000-0000-7000-8000-000000000000"


@pytest.fixture
def mine(small: World) -> Offer:
    return OfferFactory(agency=small.agency, adviser=small.user)


def page_of(offer: Offer) -> str:
    return reverse("offer", args=[offer.pk])


def filled(**facts: Any) -> dict[str, Any]:
    """Return the form of an offer as a browser sends it, every suggestion chosen."""
    place, title = EstablishmentFactory(), JobTitleFactory()
    home = commune()
    return {
        "title": title.label, "title_id": str(title.pk), "employer": place.name, "employer_id": str(place.pk),
        "commune": home.name, "commune_id": home.pk, "contract": "cdi", "working_time": "full", **facts,
    }  # fmt: skip


class TestTheList:
    """What the agency is looking for."""

    def test_it_shows_the_offers_of_the_agency(self, small: World, adviser: Client, mine: Offer) -> None:
        OfferFactory(title="Offre d'à côté")
        text = text_of(adviser.get(reverse("offers")))
        assert "1 offre" in text
        for expected in (mine.title, mine.establishment.name, "CDI", "Brouillon"):
            assert expected in text
        assert "Offre d'à côté" not in text

    def test_it_is_filtered_by_state_and_by_whose(self, small: World, adviser: Client, mine: Offer) -> None:
        OfferFactory(agency=small.agency, open=True, title="Pâtissier")
        opened = text_of(adviser.get(reverse("offers"), {"etat": "open"}))
        assert "Pâtissier" in opened
        assert mine.title not in opened
        assert "Ouverte (1)" in opened
        own = text_of(adviser.get(reverse("offers"), {"miennes": "1"}, headers=HTMX))
        assert mine.title in own
        assert "Pâtissier" not in own
        assert "<html" not in own

    @pytest.mark.parametrize("typed", ["patissier", "Pâtissière du", "valréas pat", "F-2026", "du'|"])
    def test_it_is_searched_by_title_reference_or_employer(
        self, small: World, adviser: Client, mine: Offer, typed: str
    ) -> None:
        place = EstablishmentFactory(name="Maison Valréas")
        for title, reference in (("Pâtissière du matin", "F-2026-3"), ("Pâtissière du soir", "F-2026-4")):
            OfferFactory(agency=small.agency, title=title, reference=reference, establishment=place)
        page = adviser.get(reverse("offers"), {"q": typed})
        assert [row.reference for row in page.context["page"].rows] == ["F-2026-4", "F-2026-3"]
        assert "Brouillon (2)" in text_of(page)
        assert not adviser.get(reverse("offers"), {"q": f"{typed} zzz"}).context["page"].rows

    def test_a_search_keeps_its_words_on_the_next_page(self, adviser: Client, small: World, monkeypatch: Any) -> None:
        monkeypatch.setattr(queries, "PAGE", 1)
        for number in range(2):
            OfferFactory(agency=small.agency, title=f"Chef {number}")
        assert "q=chef" in adviser.get(reverse("offers"), {"q": "chef"}).context["next_href"]

    def test_an_empty_list_says_what_to_do(self, adviser: Client, small: World) -> None:
        assert "Saisissez un poste à pourvoir" in text_of(adviser.get(reverse("offers")))
        assert "Aucune offre ne correspond à ces filtres" in text_of(
            adviser.get(reverse("offers"), {"etat": "closed"})
        )

    def test_its_pages_follow_one_another(self, small: World, adviser: Client, monkeypatch: Any) -> None:
        monkeypatch.setattr(queries, "PAGE", 2)
        for number in range(3):
            OfferFactory(agency=small.agency, title=f"Poste {number}")
        first = adviser.get(reverse("offers"), {"etat": "draft"})
        assert "Poste 0" not in text_of(first)
        assert "Poste 0" in text_of(adviser.get(reverse("offers") + first.context["next_href"]))

    def test_a_key_that_was_cut_starts_from_the_beginning(self, adviser: Client, mine: Offer) -> None:
        assert mine.title in text_of(adviser.get(reverse("offers"), {"apres": "0190-abc"}))

    @pytest.mark.parametrize(
        ("role", "is_shown"), [(Role.BUSINESS_ADVISER, True), (Role.TEAM_LEAD, True), (Role.PLACEMENT_ADVISER, False)]
    )
    def test_it_is_in_the_navigation_of_those_who_may(self, small: World, role: Role, is_shown: bool) -> None:
        client = sign_in(Client(), professional(role, agency=small.agency))
        assert (f'href="{reverse("offers")}"' in client.get(reverse("pool")).content.decode()) == is_shown
        assert client.get(reverse("offers")).status_code == (200 if is_shown else 403)


class TestEntering:
    """One form, whose skills come with the job."""

    @pytest.fixture
    def skill(self) -> Any:
        called = SkillFactory(label="Dresser une assiette")
        OccupationSkill.objects.create(occupation=occupation(), skill=called, weight=Weight.CORE)
        return called

    def test_an_offer_is_entered_and_shown(self, small: World, adviser: Client, skill: Any) -> None:
        asked = {"skills": [str(skill.pk)], f"need_{skill.pk}": "3", "schedules": ["weekend"], "licences": ["b"]}
        told = filled(radius_km="25", description="Une équipe de six.", languages=["en"], **asked)
        response = adviser.post(reverse("offer_add"), told, follow=True)
        text = text_of(response)
        for expected in (
            "L'offre est enregistrée comme brouillon.", "Cuisinier / Cuisinière de collectivité",
            "Dresser une assiette", "indispensable", "le week-end", "permis B", "anglais",
            "habiter à moins de 25 km", "Une équipe de six.", "CDI, temps plein",
        ):  # fmt: skip
            assert expected in text, expected
        offer = response.context["offer"]
        assert (offer.agency, offer.adviser, offer.state) == (small.agency, small.user, "draft")

    def test_the_job_chosen_proposes_its_skills_with_their_usual_need(self, adviser: Client, skill: Any) -> None:
        told = {"title_id": str(JobTitleFactory().pk), "title": "x", "step": "propose"}
        part = adviser.post(reverse("offer_add"), told, headers=HTMX)
        page = part.content.decode()
        assert "<html" not in page
        assert 'name="skills"' in page
        assert "Dresser une assiette" in text_of(part)
        (row,) = part.context["rows"]
        assert (row.is_ticked, row.need) == (False, 3)
        assert not Offer.objects.unscoped("a test").exists()

    def test_without_javascript_the_whole_page_comes_back_as_filled(self, adviser: Client, skill: Any) -> None:
        told = filled(step="propose", contract="cdd", schedules=["night"], description="Urgent")
        response = adviser.post(reverse("offer_add"), told)
        page = response.content.decode()
        assert response.status_code == 200
        assert "<html" in page
        assert "Il reste" not in page
        for expected in ('value="cdd" selected', "Urgent", told["employer"], "Dresser une assiette"):
            assert expected in page
        assert 'value="night"' in page

    def test_without_javascript_the_job_meant_is_offered(self, adviser: Client) -> None:
        territories.load_builtin()
        skills.load_builtin()
        page = adviser.post(reverse("offer_add"), {"title": "maço", "step": "propose"})
        offered = [value for value, _label in page.context["form"].fields["title_choice"].choices]
        assert offered
        assert f'value="{offered[0]}"' in page.content.decode()
        assert "à quel métier correspond « maço »" in text_of(page)
        chosen = adviser.post(reverse("offer_add"), {"title": "maço", "title_choice": offered[0], "step": "propose"})
        assert chosen.context["rows"]

    def test_another_skill_is_added_ticked(self, adviser: Client, skill: Any) -> None:
        other = SkillFactory(label="Parler au client")
        told = filled(step="add_skill", skill="Parler au client", skill_id=str(other.pk))
        rows = adviser.post(reverse("offer_add"), told, headers=HTMX).context["rows"]
        assert [(row.pk, row.is_ticked, row.need) for row in rows] == [(other.pk, True, 2), (skill.pk, False, 3)]

    @pytest.mark.parametrize("chosen", ["", UNKNOWN])
    def test_a_skill_that_nobody_knows_is_said(self, adviser: Client, chosen: str) -> None:
        told = {"step": "add_skill", "skill": "zzzz", "skill_id": chosen}
        assert "Aucune compétence trouvée pour « zzzz »" in text_of(
            adviser.post(reverse("offer_add"), told, headers=HTMX)
        )

    def test_what_lacks_is_said_at_its_field_and_what_is_ticked_stays(self, adviser: Client, skill: Any) -> None:
        told = {"skills": [str(skill.pk)], f"need_{skill.pk}": "1", "contract": "cdi", "working_time": "any"}
        response = adviser.post(reverse("offer_add"), told)
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {"title", "employer", "commune"}
        assert [(row.is_ticked, row.need) for row in response.context["rows"]] == [(True, 1)]

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            ({"title": "zzzz", "title_id": ""}, "Nous ne connaissons pas ce métier"),
            ({"employer": "zzzz", "employer_id": ""}, "Aucun établissement ne porte ce nom"),
            ({"employer": "123 456 789", "employer_id": ""}, "Un numéro SIRET compte 14 chiffres"),
            ({"radius_km": "500"}, "entre 1 et 200 km"),
            ({"contract": "slavery"}, "slavery"),
        ],
    )
    def test_what_is_wrong_is_explained(self, adviser: Client, facts: dict[str, str], sentence: str) -> None:
        response = adviser.post(reverse("offer_add"), filled(**facts))
        assert response.status_code == 422
        assert sentence in text_of(response)
        assert not Offer.objects.unscoped("a test").exists()

    def test_too_many_skills_are_refused_with_the_rest_kept(self, adviser: Client) -> None:
        many = [str(SkillFactory().pk) for _ in range(31)]
        response = adviser.post(reverse("offer_add"), filled(skills=many, description="À garder"))
        assert response.status_code == 422
        assert "au plus 30 compétences" in text_of(response)
        assert "À garder" in text_of(response)

    def test_a_closed_establishment_is_refused(self, adviser: Client) -> None:
        closed = EstablishmentFactory(closed=True)
        response = adviser.post(reverse("offer_add"), filled(employer=closed.name, employer_id=str(closed.pk)))
        assert "Cet établissement est fermé" in text_of(response)

    def test_an_establishment_is_found_by_its_siret(self, adviser: Client) -> None:
        known = EstablishmentFactory()
        response = adviser.post(reverse("offer_add"), filled(employer=known.siret, employer_id=""), follow=True)
        assert response.context["offer"].establishment == known

    def test_words_alone_are_understood_or_offered(self, adviser: Client) -> None:
        territories.load_builtin()
        skills.load_builtin()
        place = EstablishmentFactory(name="Les Cuisines du Rhône")
        told = filled(title="cuisinier", title_id="", employer="Cuisines", employer_id="", commune="Valence")
        asked = adviser.post(reverse("offer_add"), told | {"commune_id": ""})
        assert asked.status_code == 422
        form = asked.context["form"]
        assert [value for value, _label in form.fields["employer_choice"].choices] == [str(place.pk)]
        assert "26362" in [value for value, _label in form.fields["commune_choice"].choices]
        chosen = {"employer_choice": str(place.pk), "commune_choice": "26362"}
        if offered := form.fields["title_choice"].choices:
            chosen["title_choice"] = offered[0][0]
        response = adviser.post(reverse("offer_add"), told | {"commune_id": ""} | chosen, follow=True)
        assert response.context["offer"].establishment == place
        assert response.context["offer"].commune == Commune.objects.get(pk="26362")

    def test_an_offer_is_corrected(self, adviser: Client, mine: Offer, skill: Any) -> None:
        edit = reverse("offer_edit", args=[mine.pk])
        shown = adviser.get(edit)
        assert shown.context["form"].initial["employer"] == mine.establishment.name
        assert [row.is_ticked for row in shown.context["rows"]] == [False]
        told = filled(skills=[str(skill.pk)], radius_km="")
        assert "L'offre est corrigée." in text_of(adviser.post(edit, told, follow=True))
        (row,) = queries.skills_asked(mine)
        assert (row.skill, row.need) == (skill, 2)

    def test_a_reference_is_kept_and_is_one_offer_s(self, small: World, adviser: Client, mine: Offer) -> None:
        OfferFactory(agency=small.agency, reference="B-1")
        edit = reverse("offer_edit", args=[mine.pk])
        assert "A-1" in text_of(adviser.post(edit, filled(reference=" A-1 "), follow=True))
        assert adviser.get(edit).context["form"].initial["reference"] == "A-1"
        taken = adviser.post(edit, filled(reference="B-1"))
        assert taken.status_code == 422
        assert "Une autre offre de votre agence porte déjà cette référence." in text_of(taken)
        assert again(mine).reference == "A-1"

    def test_an_offer_keeps_its_own_title_when_it_is_no_job_title(self, adviser: Client, mine: Offer) -> None:
        told = filled(title=mine.title, title_id="", contract="cdd")
        adviser.post(reverse("offer_edit", args=[mine.pk]), told)
        kept = again(mine)
        assert (kept.title, kept.occupation, kept.job_title, kept.contract) == (
            mine.title,
            mine.occupation,
            None,
            "cdd",
        )

    def test_without_javascript_a_place_written_over_is_not_the_former_one(self, adviser: Client, mine: Offer) -> None:
        other = EstablishmentFactory()
        told = filled(employer=other.siret, employer_id=str(mine.establishment_id))
        adviser.post(reverse("offer_edit", args=[mine.pk]), told)
        assert again(mine).establishment == other

    def test_a_closed_offer_is_not_corrected(self, small: World, adviser: Client) -> None:
        offer = OfferFactory(agency=small.agency, closed=True)
        for send in (adviser.get, adviser.post):
            response = send(reverse("offer_edit", args=[offer.pk]), follow=True)
            assert "elle ne se modifie plus" in text_of(response)


class TestThePage:
    """One offer: what moves it, and the people for it."""

    def test_it_is_opened_then_closed_with_a_reason(self, adviser: Client, mine: Offer) -> None:
        assert "Ouvrir l'offre" in text_of(adviser.get(page_of(mine)))
        opened = adviser.post(reverse("offer_open", args=[mine.pk]), follow=True)
        assert "L'offre est ouverte." in text_of(opened)
        assert "Ouvrir l'offre" not in text_of(opened)
        asked = adviser.post(reverse("offer_close", args=[mine.pk]))
        assert asked.status_code == 422
        assert "Dites pourquoi l'offre est close." in text_of(asked)
        closed = text_of(adviser.post(reverse("offer_close", args=[mine.pk]), {"reason": "filled"}, follow=True))
        assert "pourvue par une personne présentée" in closed
        assert "Clore cette offre" not in closed
        again_closed = adviser.post(reverse("offer_close", args=[mine.pk]), {"reason": "filled"}, follow=True)
        assert "Cette offre est close." in text_of(again_closed)

    def test_a_closed_offer_is_opened_again_from_its_page_or_at_once(self, small: World, adviser: Client) -> None:
        offer = OfferFactory(agency=small.agency, open=True)
        closed = adviser.post(reverse("offer_close", args=[offer.pk]), {"reason": "elsewhere"}, follow=True)
        reopen = reverse("offer_reopen", args=[offer.pk])
        assert closed.content.decode().count(f'action="{reopen}"') == 2  # in the toast, and on the page
        assert "pourvue autrement. Rouverte, elle cherche de nouveau quelqu'un" in text_of(closed)
        assert adviser.get(reopen).status_code == 405
        assert "L'offre est rouverte" in text_of(adviser.post(reopen, follow=True))
        assert "Cette offre est déjà ouverte." in text_of(adviser.post(reopen, follow=True))
        assert again(offer).state == "open"

    def test_closing_a_draft_is_not_taken_back_by_opening_it(self, adviser: Client, mine: Offer) -> None:
        closed = adviser.post(reverse("offer_close", args=[mine.pk]), {"reason": "mistaken"}, follow=True)
        assert closed.content.decode().count(f'action="{reverse("offer_reopen", args=[mine.pk])}"') == 1

    def test_an_offer_of_a_place_that_closed_says_why_it_stays_closed(self, small: World, adviser: Client) -> None:
        place = EstablishmentFactory(closed=True)
        offer = OfferFactory(agency=small.agency, establishment=place, closed=True)
        sentence = "Cet établissement est fermé : l'offre ne peut pas être rouverte."
        shown = text_of(adviser.get(page_of(offer)))
        assert sentence in shown
        assert "Rouvrir cette offre" not in shown
        assert sentence in text_of(adviser.post(reverse("offer_reopen", args=[offer.pk]), follow=True))
        assert again(offer).state == "closed"

    def test_an_offer_opens_once(self, small: World, adviser: Client) -> None:
        offer = OfferFactory(agency=small.agency, open=True)
        response = adviser.post(reverse("offer_open", args=[offer.pk]), follow=True)
        assert "Cette offre est déjà ouverte." in text_of(response)

    def test_a_draft_is_not_closed_as_filled(self, adviser: Client, mine: Offer) -> None:
        response = adviser.post(reverse("offer_close", args=[mine.pk]), {"reason": "filled"})
        assert response.status_code == 422
        assert "Un brouillon n'a encore été proposé à personne" in text_of(response)

    def test_a_draft_says_why_it_cannot_be_opened(self, small: World, adviser: Client) -> None:
        offer = OfferFactory(agency=small.agency, establishment=EstablishmentFactory(closed=True))
        text = text_of(adviser.get(page_of(offer)))
        assert "Cet établissement est fermé : l'offre ne peut pas être ouverte." in text
        assert "Ouvrir l'offre" not in text

    def test_the_people_for_it_are_shown_with_why_and_may_be_promoted(self, adviser: Client, mine: Offer) -> None:
        person = PoolEntryFactory(occupation_codes=["G1602"], contracts=["cdi"])
        PoolEntryFactory(occupation_codes=["G1602"], contracts=["cdd"])
        page = adviser.get(page_of(mine))
        text = text_of(page)
        for expected in ("Profils pour cette offre", "1 profil", person.person.reference, "Cherche ce métier"):
            assert expected in text
        promote = reverse("promote", args=[person.pk])
        assert f'href="{promote}?etablissement={mine.establishment_id}"' in page.content.decode()
        assert "Diallo" not in text

    def test_a_lead_sees_them_without_the_button(self, small: World, mine: Offer) -> None:
        person = PoolEntryFactory(occupation_codes=["G1602"], contracts=["cdi"])
        lead = sign_in(Client(), professional(Role.TEAM_LEAD, agency=small.agency))
        page = lead.get(page_of(mine)).content.decode()
        assert person.person.reference in page
        assert reverse("promote", args=[person.pk]) not in page

    def test_nobody_found_says_what_to_do(self, adviser: Client, mine: Offer) -> None:
        assert "Aucun profil du vivier ne correspond pour l'instant" in text_of(adviser.get(page_of(mine)))

    def test_nobody_is_shown_for_a_closed_offer(self, small: World, adviser: Client) -> None:
        person = PoolEntryFactory(occupation_codes=["G1602"], contracts=["cdi"])
        text = text_of(adviser.get(page_of(OfferFactory(agency=small.agency, closed=True))))
        assert person.person.reference not in text
        assert "on ne cherche plus personne pour elle" in text

    def test_more_people_are_on_the_next_page(self, adviser: Client, mine: Offer) -> None:
        rows = {PoolEntryFactory(occupation_codes=["G1602"], contracts=["cdi"]).person.reference for _ in range(23)}
        first = adviser.get(page_of(mine))
        second = adviser.get(first.context["next_href"])
        shown = [card.reference for page in (first, second) for card in page.context["cards"]]
        assert len(shown) == 23
        assert set(shown) == rows
        assert "Revenir au début" in text_of(second)

    @pytest.mark.parametrize("name", ["offer", "offer_edit", "offer_open", "offer_close", "offer_reopen"])
    def test_an_offer_of_another_territory_is_not_found(self, mine: Offer, name: str) -> None:
        stranger = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
        for send in (stranger.get, stranger.post):
            assert send(reverse(name, args=[mine.pk])).status_code in (404, 405)
        assert again(mine).state == "draft"

    def test_a_jobseeker_opens_nothing(self, mine: Offer) -> None:
        client = sign_in(Client(), PersonFactory().user)
        assert client.get(page_of(mine)).status_code == 403

    def test_its_queries_do_not_grow_with_the_people(self, adviser: Client, mine: Offer) -> None:
        PoolEntryFactory(occupation_codes=["G1602"], contracts=["cdi"])
        few = len(pages_queries(adviser, page_of(mine)))
        for _ in range(6):
            PoolEntryFactory(occupation_codes=["G1602"], contracts=["cdi"])
        assert len(pages_queries(adviser, page_of(mine))) <= few
        assert few <= 12

    def test_it_says_what_each_requirement_costs_and_relaxes_it_in_one_click(
        self, small: World, adviser: Client
    ) -> None:
        asking = {"licences": ["b"], "schedules": ["night"], "radius_km": 25}
        offer = OfferFactory(agency=small.agency, **asking)
        night = {"occupation_codes": ["G1602"], "contracts": ["cdi"], "schedules": ["night"]}
        lacking = [PoolEntryFactory(**night), PoolEntryFactory(**night)]
        PoolEntryFactory(**night | {"contracts": ["cdd"]}, licences=["b"])
        page = adviser.get(page_of(offer))
        text = text_of(page)
        assert "Et si l'on assouplissait" in text
        assert "Sans « permis B »<br><strong>2 profils de plus" in text
        assert "Avec un autre contrat que « CDI »<br><strong>1 profil de plus" in text
        assert f'href="{reverse("offer_edit", args=[offer.pk])}#id_contract"' in page.content.decode()
        assert "Sans « la nuit »" not in text
        relax = reverse("offer_relax", args=[offer.pk, "licence:b"])
        relaxed = adviser.post(relax, follow=True)
        assert again(offer).licences == []
        assert lacking[0].person.reference in text_of(relaxed)
        restore = reverse("offer_restore", args=[offer.pk, "licence:b"])
        assert f'action="{restore}"' in relaxed.content.decode()
        assert "ne demande plus cela" in text_of(adviser.post(relax, follow=True))
        assert "demande de nouveau" in text_of(adviser.post(restore, follow=True))
        assert again(offer).licences == ["b"]
        unknown = reverse("offer_restore", args=[offer.pk, "licence:z"])
        assert "Une offre ne peut pas demander cela." in text_of(adviser.post(unknown, follow=True))

    def test_relaxing_is_an_act_not_a_look(self, adviser: Client, mine: Offer) -> None:
        for name in ("offer_relax", "offer_restore"):
            assert adviser.get(reverse(name, args=[mine.pk, "licence:b"])).status_code == 405
