"""What is known of employers: who may write it, and what the person is told when it is refused."""

import datetime as dt
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import time_machine

from entremise.accounts.models import User
from entremise.employers import actions, clients, queries
from entremise.employers.models import Contact, ContactLog, Establishment
from entremise.kernel import journal, notices
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import ANONYMOUS, Actor, ActorKind, Role
from entremise.kernel.outside import OutsideUnavailable
from tests.factories.employers import ContactFactory, ContactLogFactory, EstablishmentFactory, commune, naf, siret

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)


def professional(*departments: str) -> Actor:
    user = User.objects.create_user(email=f"pro{User.objects.count()}@example.org", password="a long enough password")
    roles = frozenset({Role.BUSINESS_ADVISER})
    return Actor(ActorKind.USER, str(user.pk), roles, frozenset(departments), second_factor=True)


@pytest.fixture
def adviser() -> Actor:
    return professional("26")


@pytest.fixture
def stranger() -> Actor:
    return professional("38")


class KnowsOne:
    """A directory that knows one establishment."""

    def __init__(self, **facts: object) -> None:
        self.facts = facts

    def find(self, siret: str) -> clients.Found | None:
        known = {"name": "Le Bon Pain", "legal_name": "SARL Bon Pain", "commune_code": "26362"}
        return clients.Found(siret=siret, **{**known, **self.facts})  # type: ignore[arg-type]


class IsDown:
    """A directory that does not answer."""

    def find(self, siret: str) -> clients.Found | None:
        raise OutsideUnavailable


def test_a_siret_with_a_wrong_digit_is_refused_with_a_sentence(adviser) -> None:
    right = siret(1)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    with pytest.raises(queries.SiretRefused) as refusal:
        actions.add_from_siret(wrong, actor=adviser)
    assert refusal.value.reason == "Ce numéro SIRET n’existe pas : un chiffre est sans doute mal recopié."


def test_a_truncated_siret_says_how_many_digits_are_missing(adviser) -> None:
    with pytest.raises(queries.SiretRefused, match="il en manque 2"):
        actions.add_from_siret(siret(1)[:12], actor=adviser)


def test_a_known_siret_is_not_asked_outside(adviser) -> None:
    establishment = EstablishmentFactory()
    assert actions.add_from_siret(establishment.siret, actor=adviser, directory=IsDown()) == establishment


def test_an_unknown_siret_is_fetched_and_can_be_found(adviser) -> None:
    commune()
    naf()
    directory = KnowsOne(naf_code="56.10A", size_band="11")
    added = actions.add_from_siret(siret(7), actor=adviser, directory=directory)
    assert (added.name, added.commune_id, added.naf_id, added.size_band) == ("Le Bon Pain", "26362", "56.10A", "11")
    assert queries.search("pains valence", adviser) == [added]
    assert journal.history(added).get().verb == "employers.establishment_added"


def test_a_siret_that_nobody_knows_is_explained(adviser) -> None:
    with pytest.raises(queries.EstablishmentRefused, match="Aucun établissement ne porte ce numéro SIRET"):
        actions.add_from_siret(siret(7), actor=adviser, directory=clients.NullSirene())


def test_a_directory_that_is_down_is_said_in_plain_words(adviser) -> None:
    with pytest.raises(queries.EstablishmentRefused, match="L'annuaire des entreprises ne répond pas"):
        actions.add_from_siret(siret(7), actor=adviser, directory=IsDown())
    assert not Establishment.objects.exists()


def test_a_commune_that_we_do_not_know_is_explained(adviser) -> None:
    with pytest.raises(queries.EstablishmentRefused, match="code 99999"):
        actions.add_from_siret(siret(7), actor=adviser, directory=KnowsOne(commune_code="99999"))


def test_nobody_unknown_adds_an_establishment() -> None:
    with pytest.raises(AccessDenied, match="Connectez-vous"):
        actions.add_from_siret(siret(7), actor=ANONYMOUS, directory=KnowsOne())


@pytest.fixture
def sirene() -> Iterator[str]:
    """Serve one real-shaped answer of the companies' search on this machine."""
    row = {
        "siret": siret(9),
        "commune": "26362",
        "adresse": "3 RUE DES ALPES 26000 VALENCE",
        "etat_administratif": "F",
        "date_fermeture": "2025-06-30",
        "liste_enseignes": ["LE BON PAIN"],
        "activite_principale": "10.71C",
        "tranche_effectif_salarie": "02",
    }
    unit = {"nom_complet": "BON PAIN", "nom_raison_sociale": "BON PAIN", "siege": {}, "matching_etablissements": [row]}
    answers = {siret(9): {"results": [unit]}, siret(8): {"results": []}, siret(6): {"results": [{"siege": 3}]}}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(next(a for number, a in answers.items() if number in self.path)).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Keep the test's output quiet."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_outside_directory_is_read(sirene) -> None:
    client = clients.SireneClient(base_url=sirene)
    found = client.find(siret(9))
    assert found == clients.Found(
        siret=siret(9),
        name="LE BON PAIN",
        legal_name="BON PAIN",
        commune_code="26362",
        address="3 RUE DES ALPES 26000 VALENCE",
        naf_code="10.71C",
        size_band="01",
        closed_on=dt.date(2025, 6, 30),
    )
    assert client.find(siret(8)) is None
    with pytest.raises(OutsideUnavailable):
        client.find(siret(6))
    client._http.close()


def test_a_contact_is_saved_with_a_clean_address_and_number(adviser) -> None:
    establishment = EstablishmentFactory()
    saved = actions.save_contact(
        establishment, actor=adviser, name="  Claire   Roux ", email=" Claire@Garance.example ", phone="04 75 00 00 00"
    )
    assert (saved.name, saved.email, saved.phone) == ("Claire Roux", "claire@garance.example", "+33475000000")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"name": " ", "email": "a@b.fr"}, "Indiquez le nom du contact."),
        ({"name": "Claire"}, "Indiquez une adresse électronique ou un numéro de téléphone."),
        ({"name": "Claire", "email": "claire@"}, "Cette adresse électronique est incomplète"),
        ({"name": "Claire", "phone": "04 75"}, "Ce numéro de téléphone est trop court"),
    ],
)
def test_an_unusable_contact_is_refused_with_a_sentence(adviser, facts, sentence) -> None:
    with pytest.raises(actions.ContactRefused, match=sentence):
        actions.save_contact(EstablishmentFactory(), actor=adviser, **facts)


def test_the_same_address_is_not_saved_twice(adviser) -> None:
    contact = ContactFactory()
    with pytest.raises(actions.ContactRefused, match="déjà enregistré pour cet établissement"):
        actions.save_contact(contact.establishment, actor=adviser, name="Autre", email=contact.email.upper())


def test_there_is_one_privileged_contact(adviser) -> None:
    former = ContactFactory(privileged=True)
    actions.save_contact(
        former.establishment, actor=adviser, name="Claire", email="claire@garance.example", is_privileged=True
    )
    former.refresh_from_db()
    assert not former.is_privileged
    names = [contact.name for contact in queries.contacts_for(former.establishment, adviser)]
    assert names == ["Claire", former.name]


def test_an_adviser_of_another_territory_neither_writes_nor_reads_contacts(stranger) -> None:
    contact = ContactFactory()
    with pytest.raises(AccessDenied, match="relève d'un autre territoire"):
        actions.save_contact(contact.establishment, actor=stranger, name="X", email="x@y.fr")
    assert not queries.contacts_for(contact.establishment, stranger)
    with pytest.raises(AccessDenied, match="relève d'un autre territoire"):
        actions.oppose(contact, actor=stranger)


def test_an_opposition_holds_everywhere_and_for_a_contact_saved_later(adviser) -> None:
    contact = ContactFactory(email="claire@garance.example")
    elsewhere = ContactFactory(email="claire@garance.example", establishment__elsewhere=True)
    actions.oppose(contact, actor=adviser)
    elsewhere.refresh_from_db()
    assert elsewhere.opposed_at is not None
    saved = actions.save_contact(EstablishmentFactory(), actor=adviser, name="Claire", email="Claire@garance.example")
    assert saved.opposed_at is not None


@time_machine.travel(NOW, tick=False)
def test_a_conversation_is_kept_with_what_comes_next(adviser) -> None:
    establishment = EstablishmentFactory()
    actions.log_contact(
        establishment,
        actor=adviser,
        channel="call",
        purpose="promotion",
        outcome="Rappeler après les fêtes.",
        next_action="Rappeler Claire",
        next_on=dt.date(2026, 11, 26),
    )
    assert not queries.due_next_actions(adviser, dt.date(2026, 11, 25))
    (due,) = queries.due_next_actions(adviser, dt.date(2026, 11, 26))
    assert due.next_action == "Rappeler Claire"


@time_machine.travel(NOW, tick=False)
def test_a_later_conversation_answers_the_planned_action(adviser) -> None:
    first = ContactLogFactory(author_id=adviser.user_id, next_action="Rappeler", next_on=dt.date(2026, 11, 23))
    assert list(queries.due_next_actions(adviser, NOW.date())) == [first]
    actions.log_contact(first.establishment, actor=adviser, channel="call", purpose="promotion", outcome="Fait.")
    assert not queries.due_next_actions(adviser, NOW.date())


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"next_action": "Rappeler"}, "dites quoi faire et à quelle date"),
        ({"next_on": dt.date(2026, 11, 30)}, "dites quoi faire et à quelle date"),
        ({"next_action": "Rappeler", "next_on": dt.date(2026, 11, 23)}, "à partir d'aujourd'hui"),
        ({"at": NOW + dt.timedelta(minutes=1)}, "la date est dans le futur"),
    ],
)
def test_an_impossible_conversation_is_refused_with_a_sentence(adviser, facts, sentence) -> None:
    with pytest.raises(actions.ContactRefused, match=sentence):
        actions.log_contact(EstablishmentFactory(), actor=adviser, channel="call", purpose="promotion", **facts)
    assert not ContactLog.objects.unscoped("test").exists()


def test_a_contact_of_another_establishment_cannot_be_logged(adviser) -> None:
    with pytest.raises(actions.ContactRefused, match="travaille dans un autre établissement"):
        actions.log_contact(
            EstablishmentFactory(), actor=adviser, channel="call", purpose="offer", contact=ContactFactory()
        )


@time_machine.travel(NOW, tick=False)
def test_a_closure_is_told_once_and_explained(adviser) -> None:
    told: list[object] = []
    notices.establishment_closed.receiver(told.append)
    try:
        establishment = EstablishmentFactory(name="Maison Garance")
        queries.require_open(establishment, NOW)
        actions.close(establishment, actor=adviser, closed_on=dt.date(2026, 11, 2))
        actions.close(establishment, actor=adviser, closed_on=dt.date(2026, 11, 3))
    finally:
        notices.establishment_closed._receivers.remove(told.append)
    assert told == [establishment.pk]
    with pytest.raises(queries.EstablishmentClosed) as refusal:
        queries.require_open(establishment, NOW)
    assert refusal.value.reason == "L'établissement « Maison Garance » est fermé depuis le 2 novembre 2026."


def test_a_closure_in_the_future_is_refused(adviser) -> None:
    establishment = EstablishmentFactory()
    with pytest.raises(queries.EstablishmentRefused, match="dans le futur"):
        actions.close(establishment, actor=adviser, closed_on=dt.date(2999, 1, 1))
    assert Establishment.objects.get().is_open


@pytest.mark.parametrize("query", ["boulangerie", "BOULANGERIES", "valence moulin", "moulins", "boulangrie du moulin"])
def test_an_establishment_is_found_whatever_the_accents_plurals_order_and_small_typos(adviser, query) -> None:
    wanted = EstablishmentFactory(name="Boulangerie du Moulin")
    EstablishmentFactory(name="Garage des Trois Ponts")
    assert queries.search(query, adviser) == [wanted]


def test_the_start_of_a_siret_finds_its_establishment(adviser) -> None:
    wanted = EstablishmentFactory()
    EstablishmentFactory()
    assert queries.search(f"{wanted.siret[:3]} {wanted.siret[3:9]}", adviser) == [wanted]


def test_the_territory_comes_first_and_a_department_can_be_chosen(adviser) -> None:
    far = EstablishmentFactory(name="Atelier Bleu", elsewhere=True)
    near = EstablishmentFactory(name="Atelier Bleu")
    assert queries.search("atelier", adviser) == [near, far]
    assert queries.search("atelier", adviser, department="38") == [far]
    assert queries.search("a", adviser) == []


def test_a_short_list_is_the_beginning_of_the_whole_one(adviser) -> None:
    for name in ("Atelier Vert", "Grand Atelier", "Atelier Bleu", "Atelier Rouge"):
        EstablishmentFactory(name=name)
        EstablishmentFactory(name=name, elsewhere=True)
    Establishment.objects.filter(name="Atelier Rouge").update(closed_on=dt.date(2026, 1, 31))
    whole = queries.search("atel", adviser)
    assert [one.name for one in whole[:3]] == ["Atelier Bleu", "Atelier Vert", "Atelier Rouge"]
    assert {one.commune.department_id for one in whole[:3]} == adviser.departments
    assert {one.name for one in whole[6:]} == {"Grand Atelier"}
    for limit in range(1, 8):
        assert queries.search("atel", adviser, limit=limit) == whole[:limit]
    there = queries.search("atel", adviser, department="38")
    assert len(there) == 4
    assert [queries.search("atel", adviser, "38", limit) for limit in (1, 3)] == [there[:1], there[:3]]


def test_contacts_are_never_read_without_a_scope() -> None:
    with pytest.raises(Exception, match="Contact"):
        list(Contact.objects.all())
