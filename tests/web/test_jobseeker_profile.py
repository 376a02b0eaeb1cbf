"""The person's own pages: welcome, home, name, wishes, consent, looks."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.kernel import journal
from entremise.people import actions, queries
from entremise.people.models import Person
from entremise.territories.models import Commune
from tests.factories.accounts import AgencyFactory, MembershipFactory, actor_of
from tests.factories.employers import commune
from tests.factories.passport import ExperienceFactory, HeldSkillFactory, JobTitleFactory
from tests.factories.people import JobseekerFactory, PersonFactory, identity_of, occupation, owner

pytestmark = pytest.mark.django_db
QUERIES = 12  # issue 2: any page of the story


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def again(person: Person) -> Person:
    return Person.objects.unscoped("test").get(pk=person.pk)


def told(page: object) -> str:
    return page.content.decode().replace("&#x27;", "'")


@pytest.fixture(autouse=True)
def _texts() -> None:
    actions.load_builtin()


def test_a_newcomer_is_welcomed_in_three_steps_that_can_be_skipped() -> None:
    client = Client()
    client.force_login(JobseekerFactory())
    first = client.get(reverse("my_home"))
    assert first.url == reverse("my_welcome", args=[1])
    page = told(client.get(first.url))
    assert reverse("my_welcome", args=[2]) in page
    assert "Passer cette étape" in page
    assert client.get(reverse("my_home")).status_code == 200


def test_the_welcome_keeps_each_answer() -> None:
    commune()
    JobTitleFactory()
    client = Client()
    client.force_login(JobseekerFactory(email="awa@example.org"))
    client.post(
        reverse("my_welcome", args=[1]), {"first_name": "Awa", "last_name": "Diallo", "phone": "06 12 34 56 78"}
    )
    client.post(reverse("my_welcome", args=[2]), {"job": "Cuisinière de collectivité"})
    last = client.post(reverse("my_welcome", args=[3]), {"commune": "valence", "mobility_km": "30"})
    assert last.url == reverse("my_home")
    person = Person.objects.unscoped("test").get()
    assert identity_of(person).full_name == "Awa Diallo"
    assert [wish.occupation for wish in queries.wishes(person)] == [occupation()]
    assert (person.commune_id, person.mobility_km) == ("26362", 30)


def test_a_step_that_does_not_exist_is_not_found() -> None:
    assert signed_in(PersonFactory()).get(reverse("my_welcome", args=[4])).status_code == 404


def test_the_home_page_says_one_next_action(django_assert_max_num_queries: object) -> None:
    person = PersonFactory(wishing=True)
    client = signed_in(person)
    with django_assert_max_num_queries(QUERIES):
        page = told(client.get(reverse("my_home")))
    assert "Bonjour Awa" in page
    assert "Ajouter une expérience" in page
    assert page.count("meter-next") == 1


def test_the_home_page_of_a_full_profile_stays_light(django_assert_max_num_queries: object) -> None:
    person = PersonFactory(wishing=True, consenting=True)
    for _ in range(8):
        HeldSkillFactory(person=person, proved=True)
    ExperienceFactory(person=person)
    for _ in range(4):
        actions.reveal(person, actor=adviser(), purpose="promotion")
    client = signed_in(person)
    with django_assert_max_num_queries(QUERIES):
        page = client.get(reverse("my_home"))
    assert "Maison Garance" in told(page)
    assert "Voir 2 compétences de plus" in told(page)
    assert "Visible sans mon nom" in told(page)
    assert len(page.content) < 60_000


def adviser() -> object:
    membership = MembershipFactory(
        agency=AgencyFactory(name="Agence de Valence"), user__first_name="Claire", user__last_name="M"
    )
    return actor_of(membership.user)


def test_a_professional_has_no_jobseeker_space() -> None:
    client = Client()
    membership = MembershipFactory()
    client.force_login(membership.user)
    assert client.get(reverse("my_home")).status_code in (302, 403)


def test_somebody_unknown_is_led_to_sign_in() -> None:
    answer = Client().get(reverse("my_consent"))
    assert answer.status_code == 302
    assert answer.url.startswith("/connexion/")


def test_a_wrong_phone_is_refused_at_its_field_and_nothing_is_lost() -> None:
    person = PersonFactory()
    answer = signed_in(person).post(
        reverse("my_identity"), {"first_name": "Awa-Marie", "last_name": "Diallo", "phone": "06 12"}
    )
    assert answer.status_code == 422
    assert "trop court" in told(answer)
    assert "Awa-Marie" in told(answer)
    assert identity_of(person).first_name == "Awa"


def wishes(**changes: object) -> dict[str, object]:
    return {"commune": "Valence", "commune_id": "26362", "mobility_km": "25", "working_time": "any", **changes}


def test_wishes_are_saved_on_one_page(django_assert_max_num_queries: object) -> None:
    person = PersonFactory(stale=True, commune=None, department=None)
    commune()
    title = JobTitleFactory()
    client = signed_in(person)
    with django_assert_max_num_queries(QUERIES):
        assert client.get(reverse("my_wishes")).status_code == 200
    answer = client.post(
        reverse("my_wishes"),
        wishes(job=title.label, job_id=str(title.pk), contracts=["cdi", "cdd"], available_now="on", licences=["b"]),
    )
    assert answer.status_code == 302
    saved = again(person)
    assert (saved.commune_id, saved.mobility_km, saved.contracts, saved.licences) == (
        "26362",
        25,
        ["cdi", "cdd"],
        ["b"],
    )
    assert saved.available_on is not None
    assert [wish.occupation for wish in queries.wishes(saved)] == [title.occupation]


def test_an_unticked_occupation_is_no_longer_sought() -> None:
    person = PersonFactory(wishing=True)
    signed_in(person).post(reverse("my_wishes"), wishes())
    assert queries.wishes(person) == []


def test_a_commune_in_plain_text_is_found_without_script_by_name_or_postcode() -> None:
    person = PersonFactory(commune=None, department=None)
    place = commune()
    Commune.objects.filter(pk=place.pk).update(postcodes=["26000"])
    for typed in ("VALENCE", "26000"):
        signed_in(person).post(reverse("my_wishes"), wishes(commune=typed, commune_id=""))
        assert again(person).commune_id == "26362"


def test_an_unknown_commune_gets_a_sentence() -> None:
    person = PersonFactory()
    answer = signed_in(person).post(reverse("my_wishes"), wishes(commune="Xzqwk", commune_id=""))
    assert answer.status_code == 422
    assert "Nous ne connaissons pas la commune « Xzqwk »" in told(answer)


def test_two_communes_of_one_name_are_offered_and_the_choice_is_kept() -> None:
    person = PersonFactory(commune=None, department=None)
    commune()
    commune("38544", "Valence", "38")
    client = signed_in(person)
    answer = client.post(reverse("my_wishes"), wishes(commune="Valence", commune_id=""))
    assert answer.status_code == 422
    assert 'value="38544"' in told(answer)
    client.post(reverse("my_wishes"), wishes(commune="Valence", commune_id="", commune_choice="38544"))
    assert again(person).commune_id == "38544"


def test_a_mobility_out_of_bounds_is_refused_at_its_field() -> None:
    person = PersonFactory()
    answer = signed_in(person).post(reverse("my_wishes"), wishes(mobility_km="900"))
    assert answer.status_code == 422
    assert "entre 0 et 200 km" in told(answer)


def test_an_unknown_job_gets_a_sentence() -> None:
    answer = signed_in(PersonFactory()).post(reverse("my_wishes"), wishes(job="xzqwk"))
    assert answer.status_code == 422
    assert "Nous ne connaissons pas ce métier" in told(answer)


def test_the_consent_page_shows_the_text_its_version_and_what_employers_would_see(
    django_assert_max_num_queries: object,
) -> None:
    person = PersonFactory(wishing=True)
    HeldSkillFactory(person=person, proved=True)
    client = signed_in(person)
    with django_assert_max_num_queries(QUERIES):
        page = told(client.get(reverse("my_consent")))
    assert "texte n° 2 du 22 novembre 2026" in page
    assert "Vous pouvez retirer votre accord à tout moment" in page
    preview = page[page.index('id="preview-card"') :]
    assert "Maison Garance" in preview
    assert "Diallo" not in preview
    assert "Diallo" in told(client.get(reverse("my_consent"), {"visibility": "named"}))


def test_consent_is_given_then_withdrawn_in_one_click_and_the_click_can_be_undone() -> None:
    person = PersonFactory()
    client = signed_in(person)
    client.post(reverse("my_consent"), {"visibility": "named"})
    assert queries.current_consent(person).visibility == "named"
    client.post(reverse("my_visibility"), {"visibility": "none"})
    assert not queries.has_consent(person.pk)
    page = told(client.get(reverse("my_consent")))
    assert "Votre profil est fermé. Les employeurs ne le voient plus." in page
    undo = page.split('action="' + reverse("my_undo", args=["x"])[:-2])[1].split('"')[0]
    client.post(reverse("my_undo", args=[undo.strip("/")]))
    assert queries.current_consent(person).visibility == "named"


def test_the_header_never_opens_a_profile_without_the_text() -> None:
    person = PersonFactory()
    answer = signed_in(person).post(reverse("my_visibility"), {"visibility": "named"})
    assert answer.url == reverse("my_consent") + "?visibility=named"
    assert not queries.has_consent(person.pk)


def test_hiding_the_name_is_immediate() -> None:
    person = PersonFactory(consenting="named")
    signed_in(person).post(reverse("my_visibility"), {"visibility": "anonymous"})
    assert queries.current_consent(person).visibility == "anonymous"


def test_the_same_consent_twice_is_told_and_changes_nothing() -> None:
    person = PersonFactory(consenting=True)
    client = signed_in(person)
    client.post(reverse("my_consent"), {"visibility": "anonymous"})
    assert "Vous avez déjà donné cet accord" in told(client.get(reverse("my_consent")))
    assert person.consents.count() == 1


@time_machine.travel("2026-11-24 10:12 +0100", tick=False)
def test_every_look_is_shown_with_who_when_and_why(django_assert_max_num_queries: object) -> None:
    person = PersonFactory(consenting=True)
    actions.reveal(person, actor=adviser(), purpose="promotion")
    client = signed_in(person)
    with django_assert_max_num_queries(QUERIES):
        page = told(client.get(reverse("my_access")))
    assert "Claire M., conseil aux entreprises, Agence de Valence" in page
    assert "mardi 24 novembre 2026 à 10 h 12" in page
    assert "Pour une promotion auprès d'employeurs" in page


def test_an_unknown_access_is_questioned_and_the_page_says_what_happens() -> None:
    person = PersonFactory()
    actions.read_card(person, actor=adviser())
    client = signed_in(person)
    entry = journal.who_read(person.pk).get()
    client.post(reverse("my_access"), {"entry": entry.pk})
    page = told(client.get(reverse("my_access")))
    assert "Votre question est inscrite dans votre dossier" in page
    assert "Vous avez demandé pourquoi" in page


@pytest.mark.parametrize("entry", ["", "abc", "999999", "-1", "१२"])
def test_a_look_that_is_not_hers_gets_a_sentence(entry: str) -> None:
    client = signed_in(PersonFactory())
    client.post(reverse("my_access"), {"entry": entry})
    assert "Cette consultation n'est pas dans votre dossier." in told(client.get(reverse("my_access")))


def test_the_next_thing_after_a_stale_profile_is_to_say_it_is_still_true() -> None:
    person = PersonFactory(stale=True)
    signed_in(person).post(reverse("my_confirm"))
    assert queries.is_fresh(again(person), journal.about(person.pk).first().at.date())


def test_the_promotions_page_helps_before_the_first_one(django_assert_max_num_queries: object) -> None:
    client = signed_in(PersonFactory())
    with django_assert_max_num_queries(QUERIES):
        page = told(client.get(reverse("my_promotions")))
    assert "Votre profil est fermé" in page
    assert reverse("my_consent") in page


def test_the_printed_profile_shows_proofs_and_never_what_was_not_confirmed(
    django_assert_max_num_queries: object,
) -> None:
    person = PersonFactory(wishing=True)
    proved, hidden = HeldSkillFactory(person=person, proved=True), HeldSkillFactory(person=person, is_shown=False)
    ExperienceFactory(person=person)
    client = signed_in(person)
    with django_assert_max_num_queries(QUERIES):
        page = told(client.get(reverse("my_print")))
    assert proved.skill.label in page
    assert hidden.skill.label not in page


def test_an_undo_works_once_and_late_ones_are_told() -> None:
    client = signed_in(PersonFactory())
    client.post(reverse("my_undo", args=["inconnu"]))
    assert "Il est trop tard pour annuler" in told(client.get(reverse("my_skills")))


def test_nobody_else_reads_her_pages() -> None:
    person, other = PersonFactory(), PersonFactory()
    held, experience = HeldSkillFactory(person=person), ExperienceFactory(person=person)
    client = signed_in(other)
    for page in (reverse("my_skill", args=[held.pk]), reverse("my_experience", args=[experience.pk])):
        assert client.get(page).status_code == 404
    for act in ("my_skill_remove", "my_skill_show"):
        assert client.post(reverse(act, args=[held.pk])).status_code == 404
    assert client.post(reverse("my_experience_remove", args=[experience.pk])).status_code == 404
    assert owner(person) != owner(other)


def test_a_telephone_number_is_shown_as_it_is_dialled_and_kept_when_sent_back() -> None:
    person = PersonFactory()
    client = signed_in(person)
    client.post(reverse("my_identity"), {"first_name": "Awa", "last_name": "Diallo", "phone": "+33612345678"})
    for page in ("my_identity", "my_print"):
        assert "06 12 34 56 78" in told(client.get(reverse(page)))
    client.post(reverse("my_identity"), {"first_name": "Awa", "last_name": "Diallo", "phone": "06 12 34 56 78"})
    assert identity_of(person).phone == "+33612345678"


def test_an_empty_profile_says_what_to_do_before_printing() -> None:
    person = PersonFactory()
    client = signed_in(person)
    assert "Votre profil est encore vide" in told(client.get(reverse("my_print")))
    ExperienceFactory(person=person)
    assert "Votre profil est encore vide" not in told(client.get(reverse("my_print")))
