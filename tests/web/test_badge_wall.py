"""The person's proof wall on the screen: her badges, as files, shown, hidden, refused; those from elsewhere."""

import base64
import datetime as dt
import io
import json
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.credentials import actions, jobs_people
from entremise.credentials.enums import Form, RevokeReason
from entremise.credentials.models import Award, BadgeChoice
from entremise.credentials.models_sharing import ForeignBadge
from entremise.credentials.queries_image import png
from entremise.credentials.rules_image import Face
from entremise.kernel.models import JournalEntry
from entremise.lib.openbadges import bake, bake_svg, jws
from entremise.lib.openbadges.claims import Alignment
from entremise.people.models import Person
from entremise.skills.enums import Source
from tests.factories import credentials as badges
from tests.factories.passport import HeldSkillFactory, SkillFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
QUERIES = 10
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture
def person() -> Person:
    return PersonFactory()


@pytest.fixture
def client(person: Person) -> Client:
    browser = Client()
    browser.force_login(person.user)
    return browser


def told(page: object) -> str:
    return page.content.decode().replace("&#x27;", "'")  # type: ignore[attr-defined]


def undo(client: Client, page: str) -> None:
    found = re.search(r'action="(/moi/annuler/[^"]+)"', page)
    assert found
    client.post(found[1])


def file_of(client: Client, award: Award, kind: str) -> bytes:
    page = client.post(reverse("my_badge_file", args=[award.pk]), {"kind": kind})
    assert page.status_code == 200
    assert "attachment" in page["Content-Disposition"]
    return bytes(page.content)


def signed_json(of: Award) -> bytes:
    return bytes(of.credentials.get(form=Form.OB3_DI).body)


def bring(client: Client, given: bytes, name: str = "badge.json") -> object:
    return client.post(reverse("my_badge_import"), {"file": io.BytesIO(given) if name == "" else _named(given, name)})


def _named(given: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(given)
    file.name = name
    return file


def hidden(page: object) -> str:
    found = re.search(r'name="given" value="([^"]+)"', told(page))
    assert found
    return found[1]


# ---- the wall ----


def test_an_empty_wall_says_how_to_get_the_first_badge(client: Client) -> None:
    page = told(client.get(reverse("my_badges")))
    assert "Votre premier badge" in page
    assert reverse("my_validation_add") in page


def test_the_wall_shows_each_badge_with_its_origin_date_and_state(
    client: Client, person: Person, django_assert_max_num_queries: object
) -> None:
    proved = badges.proof_award(person, held=HeldSkillFactory(person=person, skill__label="Dresser une assiette"))
    suspended, revoked = badges.award(person), badges.award(person)
    Award.objects.unscoped("a test's row").filter(pk=suspended.pk).update(state="suspended")
    actions.withdraw(revoked, reason=RevokeReason.MISTAKE)
    waiting = badges.award(person, signed=False)
    badges.kept_foreign(person)
    with django_assert_max_num_queries(QUERIES):  # type: ignore[operator]
        page = told(client.get(reverse("my_badges")))
    assert "Dresser une assiette" in page
    assert "Maison Garance" in page
    assert "20 novembre 2026" in page
    for word in ("Valable", "En cours de signature", "Suspendu", "Retiré", "Secouriste", "Croix d'ailleurs"):
        assert word in page
    for one in (proved, waiting, suspended, revoked):
        assert reverse("my_badge", args=[one.pk]) in page


def test_the_skills_page_and_the_first_page_lead_to_the_wall(client: Client, person: Person) -> None:
    badges.award(person)
    badges.kept_foreign(person)
    for name in ("my_skills",):
        page = told(client.get(reverse(name)))
        assert "2 badges signés" in page
        assert reverse("my_badges") in page


def test_the_page_of_a_badge_says_how_it_is_known(client: Client, person: Person) -> None:
    award = badges.proof_award(person, origin_siret="41816609600069")
    page = told(client.get(reverse("my_badge", args=[award.pk])))
    assert "en réponse à un lien envoyé par courriel" in page
    assert "L'employeur n'a pas de clé de signature" in page
    assert reverse("my_badge_image", args=[award.pk]) in page


def test_nobody_else_sees_a_badge_nor_its_image_nor_its_file(person: Person) -> None:
    award, stranger = badges.award(person), Client()
    stranger.force_login(PersonFactory().user)
    assert stranger.get(reverse("my_badge", args=[award.pk])).status_code == 404
    assert stranger.get(reverse("my_badge_image", args=[award.pk])).status_code == 404
    assert stranger.post(reverse("my_badge_file", args=[award.pk]), {"kind": "json"}).status_code == 404
    assert stranger.post(reverse("my_badge_decline", args=[award.pk]), {"is_sure": "on"}).status_code == 404


def test_the_image_runs_nothing_when_it_is_opened_alone(client: Client, person: Person) -> None:
    image = client.get(reverse("my_badge_image", args=[badges.award(person).pk]))
    assert image["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in image["Content-Security-Policy"]
    assert image["X-Content-Type-Options"] == "nosniff"


def test_a_badge_leaves_as_json_png_svg_and_jwt_with_the_same_badge_in_it(client: Client, person: Person) -> None:
    award = badges.award(person)
    body = signed_json(award)
    assert file_of(client, award, "json") == body
    assert bake.from_png(file_of(client, award, "png")).payload == body
    assert bake_svg.from_svg(file_of(client, award, "svg")).payload == body
    token = file_of(client, award, "jwt").decode()
    assert jws.read(token).header["alg"] == "RS256"
    assert Award.objects.unscoped("a test's row").get(pk=award.pk).credentials.count() == 2


def test_the_older_form_is_given_where_the_issuer_writes_it(client: Client, person: Person) -> None:
    award = badges.award(person, of=badges.badge_class(badges.issuer("Ligue", writes_v2=True)))
    assert "ancien format" in told(client.get(reverse("my_badge", args=[award.pk])))
    assert bake.from_png(file_of(client, award, "ob2")).carrier is bake.Carrier.OB2
    plain = badges.award(person)
    assert "ancien format" not in told(client.get(reverse("my_badge", args=[plain.pk])))
    page = client.post(reverse("my_badge_file", args=[plain.pk]), {"kind": "ob2"}, follow=True)
    assert "ne remet pas ses badges dans l'ancien format" in told(page)


def test_choosing_one_thing_leaves_the_other(client: Client, person: Person) -> None:
    badges.award(person, of=badges.badge_class(badges.issuer("Ligue", writes_v2=True)))
    assert "Accepter la mise en ligne" in told(client.get(reverse("my_badges")))
    client.post(reverse("my_badges_choice"), {"hosts": "yes"})
    client.post(reverse("my_badges_choice"), {"declines": "yes"})
    choice = BadgeChoice.objects.unscoped("a test's row").get(person=person)
    assert (choice.declines, choice.hosts_v2) == (True, True)


def test_an_unknown_form_or_a_badge_not_signed_yet_is_refused_with_a_sentence(client: Client, person: Person) -> None:
    award = badges.award(person, signed=False)
    page = client.post(reverse("my_badge_file", args=[award.pk]), {"kind": "exe"}, follow=True)
    assert "sous quelle forme" in told(page)
    page = client.post(reverse("my_badge_file", args=[award.pk]), {"kind": "json"}, follow=True)
    assert "en cours de signature" in told(page)


def test_a_badge_kept_for_oneself_can_be_shown_again_at_once(client: Client, person: Person) -> None:
    award = badges.award(person)
    page = told(client.post(reverse("my_badge_show", args=[award.pk]), {"shown": "no"}, follow=True))
    assert "Gardé pour moi" in page
    undo(client, page)
    assert badges.fresh(award).is_shown


def test_refusing_a_badge_asks_for_a_word_and_is_for_good(client: Client, person: Person) -> None:
    award = badges.award(person)
    address = reverse("my_badge_decline", args=[award.pk])
    assert client.post(address, {}).status_code == 422
    assert badges.fresh(award).state == "issued"
    page = told(client.post(address, {"is_sure": "on"}, follow=True))
    assert "ne sont plus valables" in page
    assert badges.fresh(award).state == "declined"
    again = told(client.post(address, {"is_sure": "on"}, follow=True))
    assert "a refusé ce badge" in again


def test_who_wants_no_badge_gets_none_and_keeps_those_she_has(client: Client, person: Person) -> None:
    award = badges.award(person)
    client.post(reverse("my_badges_choice"), {"declines": "yes"})
    assert BadgeChoice.objects.unscoped("a test's row").get(person=person).declines
    page = told(client.get(reverse("my_badges")))
    assert "Recevoir des badges" in page
    assert award.badge_class.name in page
    client.post(reverse("my_badges_choice"), {"declines": "no"})
    assert not BadgeChoice.objects.unscoped("a test's row").get(person=person).declines


# ---- badges from elsewhere ----


def test_a_badge_brought_is_verified_and_seen_before_it_is_kept(client: Client, person: Person) -> None:
    given = badges.elsewhere()
    page = bring(client, given)
    assert "Ce badge est valable." in told(page)
    assert "Secouriste" in told(page)
    assert "Croix d'ailleurs" in told(page)
    assert not ForeignBadge.objects.unscoped("a test's row").exists()
    kept = client.post(reverse("my_badge_keep"), {"given": hidden(page)}, follow=True)
    assert "Le badge « Secouriste » est sur votre mur." in told(kept)
    badge = ForeignBadge.objects.unscoped("a test's row").get(person=person)
    assert bytes(badge.body) == given
    assert badge.verdict == "valid"
    assert "ne permet pas de savoir à qui il a été remis" in told(kept)


def test_a_badge_in_an_image_keeps_its_image(client: Client, person: Person) -> None:
    signed = badges.elsewhere()
    image = bake.into_png(png(Face("Secouriste")), signed, bake.Carrier.OB3)
    page = bring(client, image, "badge.png")
    client.post(reverse("my_badge_keep"), {"given": hidden(page)})
    badge = ForeignBadge.objects.unscoped("a test's row").get(person=person)
    assert bytes(badge.body) == signed
    shown = client.get(reverse("my_foreign_badge_image", args=[badge.pk]))
    assert (shown["Content-Type"], shown.content) == ("image/png", image)
    assert client.post(reverse("my_foreign_badge_file", args=[badge.pk])).content == image


def test_a_badge_pasted_as_a_token_is_kept(client: Client, person: Person) -> None:
    page = client.post(reverse("my_badge_import"), {"text": f" {badges.elsewhere_token()} "})
    client.post(reverse("my_badge_keep"), {"given": hidden(page)})
    assert ForeignBadge.objects.unscoped("a test's row").get(person=person).form == "ob3-jwt"


def altered(given: bytes) -> bytes:
    document = json.loads(given)
    document["credentialSubject"]["achievement"]["name"] = "Chirurgien"
    return json.dumps(document).encode()


def test_an_altered_badge_is_shown_refused_with_its_sentence_and_cannot_be_kept(
    client: Client, person: Person
) -> None:
    given = altered(badges.elsewhere())
    page = told(bring(client, given))
    assert "Ce badge ne peut pas être accepté." in page
    assert "n'est pas ajouté à votre mur" in page
    assert 'name="given"' not in page
    kept = client.post(reverse("my_badge_keep"), {"given": base64.b64encode(given).decode()}, follow=True)
    assert "Ce badge ne peut pas être accepté." in told(kept)
    assert not ForeignBadge.objects.unscoped("a test's row").exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (b"\xff\xd8\xffjpeg", "image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image"),
        (b"{", ""),
    ],
)
def test_what_is_no_badge_is_refused_in_words(client: Client, given: bytes, sentence: str) -> None:
    page = told(bring(client, given))
    assert "n'est pas ajouté à votre mur" in page
    assert sentence in page


def test_nothing_brought_or_too_much_is_said_at_the_field(client: Client) -> None:
    page = client.post(reverse("my_badge_import"), {})
    assert page.status_code == 422
    assert "Choisissez un fichier" in told(page)
    page = bring(client, b"x" * 1_000_001)
    assert page.status_code == 422
    assert "un mégaoctet au plus" in told(page)
    page = client.post(reverse("my_badge_keep"), {"given": "é"}, follow=True)
    assert "pas arrivé entier" in told(page)


def test_the_same_badge_is_kept_once(client: Client, person: Person) -> None:
    page = bring(client, badges.elsewhere())
    client.post(reverse("my_badge_keep"), {"given": hidden(page)})
    again = client.post(reverse("my_badge_keep"), {"given": hidden(page)}, follow=True)
    assert "déjà dans votre passeport" in told(again)
    assert ForeignBadge.objects.unscoped("a test's row").count() == 1


def test_the_skills_it_names_by_their_code_are_proposed_and_she_picks(client: Client, person: Person) -> None:
    skill = SkillFactory(label="Porter secours", source=Source.ROME, external_id="123456")
    aligned = (Alignment("https://rome.example/123456", "Porter secours", "123456", "ROME 4.0"),)
    page = bring(client, badges.elsewhere(achievement={"alignments": aligned}))
    assert "Porter secours" in told(page)
    client.post(reverse("my_badge_keep"), {"given": hidden(page), "skills": [str(skill.pk)]})
    badge = ForeignBadge.objects.unscoped("a test's row").get(person=person)
    assert list(badge.skills.all()) == [skill]
    client.post(reverse("my_foreign_badge", args=[badge.pk]), {})
    assert not badge.skills.exists()


def test_a_skill_that_nobody_knows_is_refused_at_its_field(client: Client, person: Person) -> None:
    badge = badges.kept_foreign(person)
    page = client.post(reverse("my_foreign_badge", args=[badge.pk]), {"other": "xyzzy plugh"})
    assert page.status_code == 422
    assert "ne connaissons pas cette compétence" in told(page)


def test_verified_again_it_says_what_became_of_it(client: Client, person: Person) -> None:
    with time_machine.travel(NOW, tick=False):
        page = bring(client, badges.elsewhere(valid_until=NOW + dt.timedelta(hours=10)))
        client.post(reverse("my_badge_keep"), {"given": hidden(page)})
        badge = ForeignBadge.objects.unscoped("a test's row").get(person=person)
        check = reverse("my_foreign_badge_check", args=[badge.pk])
        assert "toujours valable" in told(client.post(check, follow=True))
    with time_machine.travel(NOW + dt.timedelta(hours=11), tick=False):
        assert "n'est plus valable" in told(client.post(check, follow=True))
        assert "Ne tient plus" in told(client.get(reverse("my_badges")))
    badge.refresh_from_db()
    assert badge.verdict == "refused"


def test_each_week_it_is_verified_without_being_asked(client: Client, person: Person) -> None:
    with time_machine.travel(NOW, tick=False):
        page = bring(client, badges.elsewhere(valid_until=NOW + dt.timedelta(days=10)))
        client.post(reverse("my_badge_keep"), {"given": hidden(page)})
    counts = []
    for days in (6, 8, 9, 16):
        with time_machine.travel(NOW + dt.timedelta(days=days), tick=False):
            counts.append(jobs_people.check_foreign())
    assert counts == [0, 1, 0, 1]
    assert ForeignBadge.objects.unscoped("a test's row").get(person=person).verdict == "refused"
    lines = JournalEntry.objects.filter(verb="credentials.foreign_checked")
    assert [line.data["verdict"] for line in lines.order_by("id")] == ["valid", "refused"]


def test_a_badge_for_her_address_says_so_and_one_for_another_is_refused(client: Client, person: Person) -> None:
    page = bring(client, badges.elsewhere(email=person.user.email))
    assert "le badge est bien pour votre adresse électronique" in told(page)
    page = told(bring(client, badges.elsewhere(email="autre@exemple.fr")))
    assert "il est à quelqu'un d'autre" in page
    assert 'name="given"' not in page


def test_a_badge_given_here_is_not_brought_from_elsewhere(client: Client, person: Person) -> None:
    hers, others = badges.award(person), badges.award(PersonFactory())
    assert "il est déjà sur votre mur" in told(bring(client, signed_json(hers)))
    page = told(bring(client, signed_json(others)))
    assert "Ce badge a été remis ici, et pas à vous" in page
    assert 'name="given"' not in page
    given = base64.b64encode(signed_json(others)).decode()
    assert "et pas à vous" in told(client.post(reverse("my_badge_keep"), {"given": given}, follow=True))
    assert not ForeignBadge.objects.unscoped("a test's row").exists()


def test_a_badge_removed_comes_back_as_it_was(client: Client, person: Person) -> None:
    badge = badges.kept_foreign(person, description="Les gestes qui sauvent.")
    badge.skills.set([SkillFactory()])
    page = told(client.post(reverse("my_foreign_badge_remove", args=[badge.pk]), follow=True))
    assert not ForeignBadge.objects.unscoped("a test's row").exists()
    undo(client, page)
    back = ForeignBadge.objects.unscoped("a test's row").get(person=person)
    assert (back.name, back.description, back.sha256) == (badge.name, badge.description, badge.sha256)
    assert back.skills.count() == 1


def test_a_foreign_badge_is_hidden_and_shown_again(client: Client, person: Person) -> None:
    badge = badges.kept_foreign(person)
    page = told(client.post(reverse("my_foreign_badge_show", args=[badge.pk]), {"shown": "no"}, follow=True))
    badge.refresh_from_db()
    assert not badge.is_shown
    undo(client, page)
    badge.refresh_from_db()
    assert badge.is_shown


def test_somebody_elses_badge_from_elsewhere_is_out_of_reach(client: Client) -> None:
    badge = badges.kept_foreign(PersonFactory())
    assert client.get(reverse("my_foreign_badge", args=[badge.pk])).status_code == 404
    for name in ("remove", "show", "check", "file"):
        assert client.post(reverse(f"my_foreign_badge_{name}", args=[badge.pk])).status_code == 404
    assert client.get(reverse("my_foreign_badge_image", args=[badge.pk])).status_code == 404
    assert ForeignBadge.objects.unscoped("a test's row").filter(pk=badge.pk).exists()
