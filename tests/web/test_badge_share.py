"""The page behind a link that shows badges: what it says now, whom it counts, when it closes, what leaves it."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.credentials import actions, actions_sharing
from entremise.credentials.enums import Form, RevokeReason
from entremise.credentials.models import Award
from entremise.credentials.models_sharing import Share
from entremise.lib.openbadges import bake
from entremise.people.models import Person
from tests.factories import credentials as badges
from tests.factories.people import PersonFactory, owner

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


@pytest.fixture
def person() -> Person:
    return PersonFactory(identity__first_name="Zéphyrine", identity__last_name="Oulibicheff")


@pytest.fixture
def award(person: Person) -> Award:
    return badges.award(person, of=badges.badge_class(name="Accueillir des clients"))


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def told(page: object) -> str:
    return page.content.decode().replace("&#x27;", "'")  # type: ignore[attr-defined]


def page_of(share: Share) -> str:
    return reverse("badge_share", args=[badges.share_token(share)])


def file_of(share: Share, award: Award, kind: str) -> str:
    return reverse("badge_share_file", args=[badges.share_token(share), award.pk, kind])


def views(share: Share) -> int:
    share.refresh_from_db()
    return share.view_count


def make(client: Client, **fields: object) -> object:
    return client.post(reverse("my_badge_share_new"), {"days": "30", **fields}, follow=True)


# ---- making, listing, closing ----


def test_a_link_is_made_in_one_page_and_shows_its_address_and_its_code(person: Person, award: Award) -> None:
    client = signed_in(person)
    page = told(make(client, badges=[str(award.pk)], label="Entretien", max_views="3"))
    assert "Votre lien est prêt." in page
    assert "data:image/svg+xml" in page
    assert "linkedin.com/profile/add" in page
    share = Share.objects.unscoped("a test's row").get(person=person)
    assert page_of(share) in page
    assert (share.label, share.max_views, share.shows_name) == ("Entretien", 3, False)
    assert "Entretien" in told(client.get(reverse("my_badge_shares")))


def test_a_badge_is_chosen_already_when_one_comes_from_its_page(person: Person, award: Award) -> None:
    page = told(signed_in(person).get(reverse("my_badge_share_new"), {"badge": str(award.pk)}))
    assert re.search(rf'value="{award.pk}"[^>]*checked', page)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choisissez au moins un badge"),
        ({"badges": ["x"]}, "Sélectionnez un choix valide"),
        ({"days": "12"}, "Sélectionnez un choix valide"),
        ({"max_views": "0"}, "supérieure ou égale à 1"),
    ],
)
def test_what_is_missing_or_impossible_is_said_at_its_field(
    person: Person, award: Award, fields: dict[str, object], sentence: str
) -> None:
    page = make(signed_in(person), **fields)
    assert page.status_code == 422  # type: ignore[attr-defined]
    assert sentence in told(page)
    assert not Share.objects.unscoped("a test's row").exists()


def test_who_has_nothing_to_show_is_told_why(person: Person) -> None:
    assert "Aucun badge à montrer" in told(signed_in(person).get(reverse("my_badge_share_new")))


def test_closing_a_link_closes_it_at_once(person: Person, award: Award) -> None:
    share, client = badges.open_share(person, award), signed_in(person)
    address = page_of(share)
    assert Client().get(address).status_code == 200
    assert "plus personne ne peut l'ouvrir" in told(
        client.post(reverse("my_badge_share_stop", args=[share.pk]), follow=True)
    )
    closed = Client().get(address)
    assert closed.status_code == 410
    assert "Ce lien a été fermé" in told(closed)
    assert "Accueillir" not in told(closed)
    assert "déjà fermé" in told(client.post(reverse("my_badge_share_stop", args=[share.pk]), follow=True))
    assert "Fermé par vous" in told(client.get(reverse("my_badge_shares")))


def test_nobody_else_sees_or_closes_a_link_of_hers(person: Person, award: Award) -> None:
    share, stranger = badges.open_share(person, award), signed_in(PersonFactory())
    assert stranger.get(reverse("my_badge_share", args=[share.pk])).status_code == 404
    assert stranger.post(reverse("my_badge_share_stop", args=[share.pk])).status_code == 404
    assert Client().get(page_of(share)).status_code == 200


# ---- what a visitor sees ----


def test_a_visitor_without_account_reads_who_what_when_how_and_whether_it_holds(person: Person, award: Award) -> None:
    page = told(Client().get(page_of(badges.open_share(person, award, shows_name=True))))
    for words in (
        "Zéphyrine Oulibicheff", "Accueillir des clients", "Valable", "20 novembre 2026",
        "Vue en situation pendant la session.", award.badge_class.issuer.name, "Ouvrir le vérificateur",
    ):  # fmt: skip
        assert words in page


def test_the_name_and_the_label_stay_hers_unless_she_shows_the_name(person: Person, award: Award) -> None:
    page = told(Client().get(page_of(badges.open_share(person, award, label="pour Léopoldine"))))
    for words in ("Zéphyrine", "Oulibicheff", "Léopoldine", person.reference, person.user.email):
        assert words not in page


def test_the_page_stays_away_from_caches_search_engines_and_other_sites(person: Person, award: Award) -> None:
    share = badges.open_share(person, award)
    for answer in (Client().get(page_of(share)), Client().get(reverse("badge_share", args=["nothing"]))):
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"
        assert "noindex" in answer["X-Robots-Tag"]
    assert '<form method="post"' not in told(Client().get(page_of(share)))  # it would be refused without a referrer


def test_a_badge_withdrawn_is_said_at_the_next_look_and_its_file_is_gone(person: Person, award: Award) -> None:
    share, visitor = badges.open_share(person, award), Client()
    assert "Valable" in told(visitor.get(page_of(share)))
    actions.withdraw(award, reason=RevokeReason.FRAUD)
    page = told(visitor.get(page_of(share)))
    assert "Retiré par son émetteur" in page
    assert "Vue en situation" not in page
    assert visitor.get(file_of(share, award, "json")).status_code == 404


def test_a_badge_kept_for_herself_since_shows_nothing(person: Person, award: Award) -> None:
    share = badges.open_share(person, award)
    actions_sharing.show(award, actor=owner(person), is_shown=False)
    page = told(Client().get(page_of(share)))
    assert "Rien à montrer en ce moment" in page
    assert "Accueillir des clients" not in page
    assert Client().get(file_of(share, award, "json")).status_code == 404


def test_a_badge_from_elsewhere_says_when_it_was_verified_and_for_whom(person: Person, award: Award) -> None:
    share = badges.open_share(person, award)
    share.foreign_badges.add(
        badges.kept_foreign(person, codes=[["recipient", "passed", "recipient_ok", {}]]),
        badges.kept_foreign(person, name="Cariste", verdict="refused"),
    )
    page = told(Client().get(page_of(share)))
    assert "Il a été remis à l'adresse électronique de cette personne." in page
    assert "Il ne dit pas à qui il a été remis." in page
    assert "Ne tenait plus le" in page


def test_a_visitor_takes_the_signed_badge_to_verify_it(person: Person, award: Award) -> None:
    share, visitor = badges.open_share(person, award), Client()
    signed = bytes(award.credentials.get(form=Form.OB3_DI).body)
    assert visitor.get(file_of(share, award, "json")).content == signed
    assert bake.from_png(visitor.get(file_of(share, award, "png")).content).payload == signed
    assert visitor.get(file_of(share, award, "exe")).status_code == 404


def test_a_link_gives_no_other_badge_than_its_own(person: Person, award: Award) -> None:
    other = badges.award(person)
    assert Client().get(file_of(badges.open_share(person, award), other, "json")).status_code == 404


# ---- counting ----


def test_each_visitor_is_counted_once_and_she_never_is(person: Person, award: Award) -> None:
    share, visitor = badges.open_share(person, award), Client()
    visitor.head(page_of(share))
    signed_in(person).get(page_of(share))
    assert views(share) == 0
    visitor.get(page_of(share))
    visitor.get(page_of(share))
    Client().get(page_of(share))
    assert views(share) == 2
    assert "Vu 2 fois" in told(signed_in(person).get(reverse("my_badge_shares")))


def test_a_link_that_opens_once_opens_once(person: Person, award: Award) -> None:
    share, first, second = badges.open_share(person, award, max_views=1), Client(), Client()
    assert first.get(page_of(share)).status_code == 200
    assert first.get(file_of(share, award, "json")).status_code == 200  # who took the last look takes its files too
    refused = second.get(page_of(share))
    assert refused.status_code == 410
    assert "un nombre de fois limité" in told(refused)
    assert second.get(file_of(share, award, "json")).status_code == 410
    assert views(share) == 1


def test_a_link_past_its_day_says_it_kindly_and_shows_nothing(person: Person) -> None:
    with time_machine.travel(NOW, tick=False):
        award = badges.award(person)
        share = badges.open_share(person, award, days=7)
        address = page_of(share)
    with time_machine.travel(NOW + dt.timedelta(days=8), tick=False):
        page = Client().get(address)
        assert page.status_code == 410
        assert "Ce lien est arrivé à sa fin" in told(page)
        assert award.badge_class.name not in told(page)


def test_a_token_cut_short_says_so(person: Person, award: Award) -> None:
    page = Client().get(page_of(badges.open_share(person, award))[:-2] + "/")
    assert page.status_code == 404
    assert "Ce lien est incomplet" in told(page)


def test_nothing_is_written_through_the_link(person: Person, award: Award) -> None:
    share = badges.open_share(person, award)
    assert Client().post(page_of(share)).status_code == 405
    assert Client().post(file_of(share, award, "json")).status_code == 405
