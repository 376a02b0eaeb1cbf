"""The person's experiences and skills on the screen, without JavaScript."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from entremise.kernel.actors import Role, link_actor
from entremise.lib.uuid7 import uuid7
from entremise.passport import actions
from entremise.passport.models import Experience, HeldSkill
from entremise.people.models import Person
from entremise.skills.enums import SkillKind
from tests.factories.employers import EstablishmentFactory
from tests.factories.passport import ExperienceFactory, HeldSkillFactory, JobTitleFactory, SkillFactory, calls_for
from tests.factories.people import PersonFactory, occupation

pytestmark = pytest.mark.django_db
QUERIES = 12
VALIDATOR = link_actor(uuid7(), Role.VALIDATOR)
ADD = "my_experience_add"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def told(page: object) -> str:
    return page.content.decode().replace("&#x27;", "'")


def fields(**changes: object) -> dict[str, object]:
    return {
        "kind": "job",
        "title": "Cuisinier",
        "employer": "Chez Awa",
        "started_month": "3",
        "started_year": "2021",
        **changes,
    }


def undo(client: Client, page: str) -> None:
    client.post(re.search(r'action="(/moi/annuler/[^"]+)"', page)[1])


def the_experience() -> Experience:
    return Experience.objects.unscoped("test").get()


def test_an_experience_is_told_in_one_page_then_its_skills_are_proposed(django_assert_max_num_queries: object) -> None:
    person, title, place = PersonFactory(), JobTitleFactory(), EstablishmentFactory()
    skill = calls_for(occupation(), SkillFactory(label="Dresser une assiette"))
    soft = calls_for(occupation(), SkillFactory(label="Travailler en équipe", kind=SkillKind.SOFT_SKILL))
    client = signed_in(person)
    with django_assert_max_num_queries(QUERIES):
        assert client.get(reverse(ADD)).status_code == 200
    answer = client.post(
        reverse(ADD),
        fields(
            title=title.label,
            title_id=title.pk,
            employer=place.name,
            employer_id=place.pk,
            ended_month="6",
            ended_year="2023",
        ),
    )
    experience = the_experience()
    assert answer.url == reverse("my_experience_skills", args=[experience.pk])
    assert (experience.job_title, experience.establishment) == (title, place)
    assert (experience.started_on, experience.ended_on) == (dt.date(2021, 3, 1), dt.date(2023, 6, 30))
    with django_assert_max_num_queries(QUERIES):
        page = told(client.get(answer.url))
    assert page.index(skill.label) < page.index(soft.label)
    client.post(answer.url, {"proposed": [skill.pk, soft.pk]})
    assert {held.skill for held in experience.held_skills.all()} == {skill, soft}


def test_a_job_title_typed_in_full_is_recognised_in_either_gender() -> None:
    title = JobTitleFactory()
    person = PersonFactory()
    signed_in(person).post(reverse(ADD), fields(title="cuisinière de collectivité"))
    assert the_experience().job_title == title


def test_a_misspelt_job_title_is_offered_and_its_own_words_may_be_kept() -> None:
    title = JobTitleFactory()
    client = signed_in(PersonFactory())
    answer = client.post(reverse(ADD), fields(title="cuisinier colectivite"))
    assert answer.status_code == 422
    assert title.label in told(answer)
    assert "Garder « cuisinier colectivite »" in told(answer)
    client.post(reverse(ADD), fields(title="cuisinier colectivite", title_choice="keep"))
    assert (the_experience().title, the_experience().job_title) == ("cuisinier colectivite", None)


def test_a_siret_with_a_wrong_key_gets_the_sentence() -> None:
    answer = signed_in(PersonFactory()).post(reverse(ADD), fields(employer="732 829 320 00075"))
    assert answer.status_code == 422
    assert "Ce numéro SIRET n’existe pas" in told(answer)


def test_a_siret_of_the_directory_is_found() -> None:
    place = EstablishmentFactory()
    signed_in(PersonFactory()).post(reverse(ADD), fields(employer=place.siret))
    assert the_experience().establishment == place


def test_a_closed_establishment_is_explained_and_accepted() -> None:
    place = EstablishmentFactory(closed=True)
    client = signed_in(PersonFactory())
    answer = client.post(reverse(ADD), fields(employer=place.name, employer_id=place.pk), follow=True)
    assert the_experience().establishment == place
    assert "Il a fermé le 31 mars 2025" in told(answer)
    assert "Un ancien collègue" in told(answer)


def test_an_employer_that_nobody_knows_is_kept_by_its_name() -> None:
    signed_in(PersonFactory()).post(reverse(ADD), fields(employer="Le petit bistrot de Lucie"))
    assert the_experience().employer_name == "Le petit bistrot de Lucie"


def test_several_establishments_are_offered_or_the_name_is_kept() -> None:
    first, _second = EstablishmentFactory(name="Garance Traiteur"), EstablishmentFactory(name="Garance Fleurs")
    client = signed_in(PersonFactory())
    answer = client.post(reverse(ADD), fields(employer="Garance"))
    assert answer.status_code == 422
    assert "Je ne trouve pas l'entreprise : garder « Garance »" in told(answer)
    client.post(reverse(ADD), fields(employer="Garance", employer_choice=str(first.pk)))
    assert the_experience().establishment == first


def test_a_job_without_an_employer_is_asked_where_it_was_and_caring_is_not() -> None:
    client = signed_in(PersonFactory())
    answer = client.post(reverse(ADD), fields(employer=""))
    assert "Dites où c'était" in told(answer)
    client.post(reverse(ADD), fields(kind="caring", title="J'ai aidé ma mère", employer=""))
    assert the_experience().kind == "caring"


def test_an_end_before_the_start_is_refused_at_the_end() -> None:
    answer = signed_in(PersonFactory()).post(reverse(ADD), fields(ended_year="2019"))
    assert answer.status_code == 422
    assert "La date de fin doit venir après la date de début." in told(answer)
    assert 'id="id_ended_year_error"' in told(answer)


@pytest.mark.parametrize("year", ["19", "deux mille", "1850"])
def test_a_year_is_four_digits(year: str) -> None:
    answer = signed_in(PersonFactory()).post(reverse(ADD), fields(started_year=year))
    assert "Écrivez l'année avec quatre chiffres" in told(answer)


def test_a_month_without_its_year_is_asked() -> None:
    answer = signed_in(PersonFactory()).post(reverse(ADD), fields(ended_month="4"))
    assert "Écrivez aussi l'année de fin" in told(answer)


def test_a_correction_keeps_what_was_not_found_before() -> None:
    experience = ExperienceFactory(title="Cantinière", employer_name="École du village")
    client = signed_in(experience.person)
    answer = client.post(
        reverse("my_experience", args=[experience.pk]),
        fields(title="Cantinière", employer="École du village", tasks="Les repas"),
    )
    assert answer.status_code == 302
    assert (the_experience().tasks, the_experience().employer_name) == ("Les repas", "École du village")


def test_a_removed_experience_comes_back_with_its_skills() -> None:
    experience = ExperienceFactory(title="Cantinière", tasks="Les repas")
    held = HeldSkillFactory(person=experience.person)
    held.experiences.add(experience)
    client = signed_in(experience.person)
    page = told(client.post(reverse("my_experience_remove", args=[experience.pk]), follow=True))
    assert "L'expérience « Cantinière » est retirée." in page
    assert not Experience.objects.unscoped("test").exists()
    undo(client, page)
    assert (the_experience().tasks, list(the_experience().held_skills.all())) == ("Les repas", [held])


def test_a_search_adds_skills_without_losing_what_is_ticked() -> None:
    experience = ExperienceFactory(occupation=occupation())
    proposed = calls_for(occupation(), SkillFactory(label="Dresser une assiette"))
    other = SkillFactory(label="Conduire un camion frigorifique")
    client = signed_in(experience.person)
    page = reverse("my_experience_skills", args=[experience.pk])
    found = told(client.post(page, {"proposed": [proposed.pk], "find": "camion", "search": "1"}))
    assert other.label in found
    assert re.search(rf'value="{proposed.pk}"[^>]* checked', found)
    client.post(page, {"proposed": [proposed.pk], "found": [other.pk], "find": "camion"})
    assert {held.skill for held in experience.person.held_skills.all()} == {proposed, other}


def test_a_search_without_result_says_so_and_a_forged_skill_is_refused() -> None:
    client = signed_in(PersonFactory())
    page = reverse("my_skills_add")
    assert "Aucune compétence trouvée pour « xzqwk »" in told(client.post(page, {"find": "xzqwk", "search": "1"}))
    client.post(page, {"found": [uuid7(), "<script>"]})
    assert not HeldSkill.objects.unscoped("test").exists()


def test_added_skills_can_be_undone() -> None:
    person = PersonFactory()
    skill = SkillFactory(label="Conduire un camion frigorifique")
    client = signed_in(person)
    page = told(client.post(reverse("my_skills_add"), {"found": [skill.pk], "find": "camion"}, follow=True))
    assert "1 compétence est ajoutée." in page
    undo(client, page)
    assert not person.held_skills.exists()


def test_the_skills_page_tells_proved_said_doubted_and_hidden_apart(django_assert_max_num_queries: object) -> None:
    person = PersonFactory()
    proved, said, doubted, unjudged, hidden = (HeldSkillFactory(person=person) for _ in range(5))
    actions.record_evidence(
        person,
        actor=VALIDATOR,
        skill=proved.skill,
        source="validation",
        source_id=uuid7(),
        assurance=2,
        origin="Maison Garance",
    )
    actions.hide_unconfirmed(person, actor=VALIDATOR, skill_ids=[doubted.skill_id], unjudged_ids=[unjudged.skill_id])
    HeldSkill.objects.unscoped("test").filter(pk=hidden.pk).update(is_shown=False)
    ExperienceFactory(person=person)
    client = signed_in(person)
    with django_assert_max_num_queries(QUERIES):
        page = told(client.get(reverse("my_skills")))
    order = [page.index(one.skill.label) for one in (proved, said, doubted, unjudged, hidden)]
    assert order == sorted(order, key=order.index)
    assert "Cela n'enlève rien à ce que vous savez faire" in page
    private = page[page.index("Visibles de moi seulement") : page.index("Gardées pour moi")]
    assert doubted.skill.label in private
    assert private.count("Montrer comme") == 1


def test_a_skill_page_shows_the_proof_and_keeps_the_example(django_assert_max_num_queries: object) -> None:
    held = HeldSkillFactory(proved=True)
    client = signed_in(held.person)
    with django_assert_max_num_queries(QUERIES):
        page = told(client.get(reverse("my_skill", args=[held.pk])))
    assert "Maison Garance" in page
    assert "Fonction de la personne : cheffe de cuisine" in page
    client.post(
        reverse("my_skill", args=[held.pk]), {"level": "expert", "example": "80 couverts", "last_used_year": "2020"}
    )
    held.refresh_from_db()
    assert (held.level, held.example, held.last_used_on) == ("expert", "80 couverts", dt.date(2020, 12, 31))


def test_a_skill_last_used_in_the_future_is_refused() -> None:
    held = HeldSkillFactory()
    answer = signed_in(held.person).post(reverse("my_skill", args=[held.pk]), {"last_used_year": "2090"})
    assert answer.status_code == 422
    assert "Cette date n'est pas encore passée." in told(answer)


def test_a_removed_skill_comes_back_as_it_was() -> None:
    held = HeldSkillFactory(level="expert", example="80 couverts")
    client = signed_in(held.person)
    page = told(client.post(reverse("my_skill_remove", args=[held.pk]), follow=True))
    assert not held.person.held_skills.exists()
    undo(client, page)
    back = held.person.held_skills.get()
    assert (back.skill, back.level, back.example) == (held.skill, "expert", "80 couverts")


def test_a_proved_skill_is_not_removed_but_may_be_kept_private() -> None:
    held = HeldSkillFactory(proved=True)
    client = signed_in(held.person)
    page = told(client.post(reverse("my_skill_remove", args=[held.pk]), follow=True))
    assert "Cette compétence est prouvée." in page
    page = told(client.post(reverse("my_skill_show", args=[held.pk]), {"shown": "no"}, follow=True))
    assert "n'est plus visible que de vous" in page
    undo(client, page)
    held.refresh_from_db()
    assert held.is_shown


def test_what_was_not_confirmed_cannot_be_shown_by_a_forged_form() -> None:
    held = HeldSkillFactory()
    actions.hide_unconfirmed(held.person, actor=VALIDATOR, skill_ids=[held.skill_id])
    client = signed_in(held.person)
    page = told(client.post(reverse("my_skill_show", args=[held.pk]), {"shown": "yes"}, follow=True))
    assert "n'a pas été confirmée" in page
    held.refresh_from_db()
    assert not held.is_shown


def test_a_get_removes_nothing() -> None:
    held, experience = HeldSkillFactory(), ExperienceFactory()
    assert signed_in(held.person).get(reverse("my_skill_remove", args=[held.pk])).status_code == 405
    assert signed_in(experience.person).get(reverse("my_experience_remove", args=[experience.pk])).status_code == 405


def test_the_words_of_a_skill_lead_to_it() -> None:
    held = HeldSkillFactory(person=PersonFactory())
    client = signed_in(held.person)
    href = reverse("my_skill", args=[held.pk])
    for page in ("my_home", "my_skills"):
        assert f'<a href="{href}">{held.skill.label}</a>' in told(client.get(reverse(page)))


def test_choosing_skills_without_an_experience_does_not_speak_of_one() -> None:
    page = told(signed_in(PersonFactory()).get(reverse("my_skills_add")))
    assert "Nous n'avons pas de proposition pour cette expérience" not in page
    assert f'href="{reverse("my_wishes")}"' in page
