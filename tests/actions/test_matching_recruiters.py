"""Recruiters search by a link: anonymous cards, bounded, around their establishment; an adviser stays between them."""

import datetime as dt
import re

import pytest
import time_machine

from entremise.employers import actions as employers
from entremise.kernel import clock, links
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import ANONYMOUS, Actor, Role, link_actor
from entremise.kernel.erasure import declarations
from entremise.kernel.models import JournalEntry, MailLink, OutboxMessage
from entremise.lib.uuid7 import uuid7
from entremise.matching import actions, actions_recruiter, queries_recruiter
from entremise.matching.actions_recruiter import RecruiterRefused
from entremise.matching.models_recruiter import MeetingWish, RecruiterAccess, RecruiterSearch
from entremise.matching.queries_criteria import PoolCriteria
from entremise.matching.queries_recruiter import AccessClosed
from entremise.people import actions as people
from entremise.people.enums import Visibility
from entremise.people.models import ConsentText, Person
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.contests import COOK, again, cards_of, in_pool, link_of, opened, recruiter, searched, wished
from tests.factories.employers import ContactFactory, EstablishmentFactory
from tests.factories.matching import PoolEntryFactory
from tests.factories.people import consent, identity_of, occupation, owner
from tests.factories.promotions import MONDAY, World, world
from tests.factories.skills import SkillFactory

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


def last_line() -> JournalEntry:
    return JournalEntry.objects.latest("pk")


class TestOpening:
    """An adviser opens the search to one contact."""

    def test_the_contact_receives_a_link_for_a_month(self, small: World, access: RecruiterAccess) -> None:
        assert access.expires_at == MONDAY + dt.timedelta(days=30)
        sent = OutboxMessage.objects.get(kind="matching.profiles")
        link = link_of(access)
        assert (sent.recipient, link.recipient) == (small.first.email, small.first.email)
        assert links.token(link) in sent.text
        assert "23 décembre" in sent.text
        line = last_line()
        assert (line.verb, line.subject_id) == ("matching.recruiter_access_opened", str(access.pk))
        assert line.data == {"establishment": str(small.first.establishment_id), "contact": str(small.first.pk)}

    def test_one_at_a_time_for_a_contact(self, small: World, access: RecruiterAccess) -> None:
        with pytest.raises(RecruiterRefused, match="déjà ouverte à ce contact"):
            opened(small)
        actions_recruiter.revoke_access(access, actor=small.adviser)
        opened(small)

    def test_a_finished_one_may_be_opened_again(self, small, access, moment) -> None:
        moment.shift(dt.timedelta(days=30))
        assert opened(small).pk != access.pk

    def test_who_opposed_is_left_alone(self, small: World) -> None:
        employers.oppose(ContactFactory(email=small.first.email), actor=small.adviser)  # known elsewhere too
        with pytest.raises(RecruiterRefused, match="ne souhaite plus être sollicité"):
            opened(small)
        assert not OutboxMessage.objects.filter(kind="matching.profiles").exists()

    def test_an_address_and_an_open_establishment_are_needed(self, small: World) -> None:
        for contact, sentence in (
            (ContactFactory(email=""), "n'a pas d'adresse électronique"),
            (ContactFactory(establishment=EstablishmentFactory(closed=True)), "est fermé depuis"),
        ):
            with pytest.raises(RecruiterRefused, match=sentence):
                actions_recruiter.open_access(contact, actor=small.adviser, agency=small.agency)

    def test_it_is_for_the_team_of_the_territory_in_its_own_name(self, small: World) -> None:
        other = AgencyFactory(department_code="38")
        with pytest.raises(AccessDenied, match="autre territoire"):
            actions_recruiter.open_access(small.first, actor=actor_of(professional(agency=other)), agency=other)
        for agency in (other, None):
            with pytest.raises(RecruiterRefused, match="au nom de votre agence"):
                actions_recruiter.open_access(small.first, actor=small.adviser, agency=agency)
        for nobody in (owner(small.person), ANONYMOUS):
            with pytest.raises(AccessDenied):
                actions_recruiter.open_access(small.first, actor=nobody, agency=small.agency)


class TestCutting:
    """The link opens nothing any more."""

    def test_an_adviser_cuts_it(self, small: World, access: RecruiterAccess) -> None:
        link = link_of(access)
        actions_recruiter.revoke_access(access, actor=small.adviser)
        with pytest.raises(links.LinkRefused) as refusal:
            links.read(links.PURPOSES[link.purpose], links.token(link))
        assert refusal.value.reason == links.Refusal.REVOKED
        with pytest.raises(AccessClosed):
            queries_recruiter.access_of(link)
        with pytest.raises(RecruiterRefused, match="déjà coupée"):
            actions_recruiter.revoke_access(access, actor=small.adviser)

    def test_not_from_another_territory(self, access: RecruiterAccess) -> None:
        with pytest.raises(AccessDenied, match="autre territoire"):
            actions_recruiter.revoke_access(
                access, actor=actor_of(professional(agency=AgencyFactory(department_code="38")))
            )

    def test_a_closed_establishment_closes_it(self, small: World, access: RecruiterAccess) -> None:
        employers.close(access.establishment, actor=small.adviser, closed_on=clock.today())
        assert again(access).revoked_at is not None
        assert link_of(access).revoked_at is not None

    def test_an_opposition_closes_it(self, small: World, access: RecruiterAccess) -> None:
        in_pool()
        employers.oppose(small.first, actor=small.adviser)
        with pytest.raises(AccessClosed, match="ne plus être sollicité"):
            queries_recruiter.access_of(link_of(access))
        with pytest.raises(RecruiterRefused, match="ne plus être sollicité"):
            searched(access)

    def test_time_closes_it(self, access: RecruiterAccess, moment) -> None:
        moment.shift(dt.timedelta(days=30))
        with pytest.raises(AccessClosed, match="n'est plus ouverte"):
            queries_recruiter.access_of(link_of(access))
        with pytest.raises(RecruiterRefused, match="n'est plus ouverte"):
            searched(access)


class TestSearching:
    """What is found, and how much."""

    def test_cooks_around_the_establishment_best_first(self, access: RecruiterAccess) -> None:
        skill = SkillFactory(label="Dresser une assiette")
        plain = in_pool()
        best = in_pool(validated_skill_ids=[skill.pk], skill_ids=[skill.pk])
        in_pool(occupation_codes=["K1302"])
        in_pool(latitude=45.9)  # about a hundred kilometres away
        made = searched(access)
        entries = queries_recruiter.living(made.numbers)
        assert [entry.person_id for entry in entries] == [best.pk, plain.pk]
        assert made.total == 2
        line = last_line()
        assert (line.verb, line.person_id) == ("matching.recruiter_searched", None)
        assert line.data == {"access": str(access.pk), "query": made.query, "total": 2}
        assert line.actor_id == str(link_of(access).pk)

    def test_the_department_of_the_establishment_alone(self, access: RecruiterAccess) -> None:
        in_pool(department="38", latitude=44.93)
        assert searched(access).total == 0

    def test_a_card_says_what_and_how_well_proved(self, access: RecruiterAccess) -> None:
        skill = SkillFactory(label="Dresser une assiette")
        in_pool(validated_skill_ids=[skill.pk])
        (card,) = cards_of(searched(access, skills=[skill.pk]), access)
        assert (card.job, card.distance_km, card.readiness, card.closeness) == (
            "Cuisinier / Cuisinière", 5, "now", "close",
        )  # fmt: skip
        assert [(proof.label, proof.assurance, proof.year) for proof in card.proofs] == [
            ("Dresser une assiette", 4, 2026)
        ]
        assert card.reasons == ("Compétences demandées : 1 sur 1, toutes confirmées", "Cherche ce métier")

    def test_who_withdrew_her_consent_is_on_no_page(self, access: RecruiterAccess) -> None:
        person = in_pool()
        made = searched(access)
        token = cards_of(made, access)[0].token
        people.withdraw_consent(person, actor=owner(person))
        assert cards_of(made, access) == []
        assert searched(access).total == 0
        with pytest.raises(RecruiterRefused, match="n'est plus à l'écoute"):
            actions_recruiter.wish_to_meet(access, actor=recruiter(access), made=made, token=token)

    def test_a_late_row_shows_nobody_without_a_consent(self, access: RecruiterAccess) -> None:
        PoolEntryFactory(occupation_codes=[COOK])  # a derived row that its consent never allowed
        made = searched(access)
        assert made.total == 0
        assert cards_of(made, access) == []

    def test_a_consent_to_the_former_text_is_not_one_to_this_search(self, access: RecruiterAccess) -> None:
        person, other = in_pool(), in_pool()
        former = ConsentText.objects.get(kind="promotion", language="fr", version=1)
        person.consents.update(text=former)
        made = searched(access)
        assert made.total == 1
        people.withdraw_consent(other, actor=owner(other))
        assert cards_of(made, access) == []
        person.consents.update(text=ConsentText.objects.get(kind="promotion", language="fr", version=2))
        assert searched(access).total == 1

    def test_a_new_consent_is_a_new_row_that_an_old_search_does_not_know(self, access: RecruiterAccess) -> None:
        person = in_pool()
        made = searched(access)
        people.withdraw_consent(person, actor=owner(person))
        consent(person)
        actions.refresh([person.pk])
        assert cards_of(made, access) == []

    def test_twenty_cards_a_page_and_five_pages(self, access: RecruiterAccess) -> None:
        for _ in range(102):
            in_pool()
        made = searched(access)
        assert (made.total, len(made.numbers)) == (102, 100)
        link = link_of(access)
        pages = [queries_recruiter.page_of_cards(made, link, number) for number in range(1, 6)]
        assert [len(page.cards) for page in pages] == [20] * 5
        assert [page.next_number for page in pages] == [2, 3, 4, 5, None]
        assert all(page.is_cut for page in pages)
        assert len({card.token for page in pages for card in page.cards}) == 100
        assert queries_recruiter.page_of_cards(made, link, 10**17).number == 5
        assert queries_recruiter.page_of_cards(made, link, -3).number == 1

    def test_sixty_searches_a_day(self, access: RecruiterAccess, moment) -> None:
        facts = {"access": access, "query": "metier=G1602", "numbers": [], "total": 0, "created_at": clock.now()}
        RecruiterSearch.objects.unscoped("test").bulk_create(RecruiterSearch(**facts) for _ in range(59))
        searched(access)
        with pytest.raises(RecruiterRefused, match="déjà fait 60 recherches aujourd'hui"):
            searched(access)
        assert RecruiterSearch.objects.unscoped("test").count() == 60
        moment.shift(dt.timedelta(days=1))
        searched(access)

    @pytest.mark.parametrize(
        ("criteria", "field", "sentence"),
        [
            (PoolCriteria(radius_km=20), "job", "au moins un métier ou une compétence"),
            (PoolCriteria(occupations=(COOK,), radius_km=200), "radius", "une distance de la liste"),
            (PoolCriteria(occupations=(COOK,)), "radius", "une distance de la liste"),
            (PoolCriteria(skills=tuple(uuid7() for _ in range(6)), radius_km=20), "skill", "au plus 5 compétences"),
        ],
    )
    def test_a_search_stays_within_limits(self, access: RecruiterAccess, criteria, field, sentence) -> None:
        with pytest.raises(RecruiterRefused, match=sentence) as refusal:
            actions_recruiter.search(access, actor=recruiter(access), criteria=criteria)
        assert refusal.value.field == field
        assert not RecruiterSearch.objects.unscoped("test").exists()

    def test_only_by_the_link_of_this_very_access(self, small: World, access: RecruiterAccess) -> None:
        other = actions_recruiter.open_access(small.second, actor=small.adviser, agency=small.agency)
        criteria = queries_recruiter.criteria_around(access, occupation=COOK, radius_km=20, skills=[])
        promotion_link = MailLink.objects.get(target_id=small.send()[0].pk)
        bearers = [recruiter(other), link_actor(promotion_link.pk, Role.EMPLOYER_CONTACT)]
        for nobody in (*bearers, small.adviser, ANONYMOUS):
            with pytest.raises(AccessDenied):
                actions_recruiter.search(access, actor=nobody, criteria=criteria)

    def test_a_search_is_shown_by_its_own_access_only(self, small: World, access: RecruiterAccess) -> None:
        made = searched(access)
        other = actions_recruiter.open_access(small.second, actor=small.adviser, agency=small.agency)
        assert queries_recruiter.search_of(made.pk, access) == made
        assert queries_recruiter.search_of(made.pk, other) is None


class TestAnonymity:
    """Nothing on a card says who, whatever the person chose."""

    def test_a_token_means_nothing_with_another_link(self, small: World, access: RecruiterAccess) -> None:
        person = in_pool()
        other = actions_recruiter.open_access(small.second, actor=small.adviser, agency=small.agency)
        here, there = (searched(one) for one in (access, other))
        tokens = [cards_of(made, one)[0].token for made, one in ((here, access), (there, other))]
        assert tokens[0] != tokens[1]
        assert all(re.fullmatch(r"[\w-]{20}", token) for token in tokens)
        assert queries_recruiter.person_shown(here, link_of(access), tokens[0]) == person
        assert queries_recruiter.person_shown(here, link_of(access), tokens[1]) is None
        for forged in ("", "é", str(person.pk), person.reference):
            assert queries_recruiter.person_shown(here, link_of(access), forged) is None

    def test_the_same_person_keeps_her_token_from_one_search_to_the_next(self, access: RecruiterAccess) -> None:
        in_pool()
        first, second = (cards_of(searched(access), access)[0].token for _ in range(2))
        assert first == second

    def test_a_named_person_is_not_named(self, access: RecruiterAccess) -> None:
        person = in_pool()
        people.withdraw_consent(person, actor=owner(person))
        consent(person, visibility=Visibility.NAMED)
        actions.refresh([person.pk])
        (made,) = PoolEntryFactory._meta.model.objects.unscoped("test").filter(person=person)
        made.occupation_codes = [COOK]
        made.save()
        (card,) = cards_of(searched(access), access)
        told = repr(card)
        for secret in (
            "Awa", "Diallo", "+33612345678", identity_of(person).email, person.reference, str(person.pk), "Valence",
        ):  # fmt: skip
            assert secret not in told

    def test_days_and_distances_are_rounded(self, access: RecruiterAccess) -> None:
        today = clock.today()
        in_pool(latitude=44.93, available_on=today + dt.timedelta(days=12))
        in_pool(latitude=45.02, available_on=today + dt.timedelta(days=90))  # ten kilometres and a few metres
        in_pool(latitude=45.05, available_on=None)
        found = {(card.distance_km, str(card.readiness)) for card in cards_of(searched(access), access)}
        assert found == {(5, "soon"), (15, "later"), (15, "unknown")}


class TestWishing:
    """A recruiter asks; the adviser decides; the person learns of it from the adviser."""

    @pytest.fixture
    def person(self, access: RecruiterAccess) -> Person:
        return in_pool()

    def test_the_adviser_is_told_and_nobody_else(self, small: World, access: RecruiterAccess, person: Person) -> None:
        before = OutboxMessage.objects.count()
        wish = wished(access, searched(access))
        assert (wish.person, wish.access) == (person, access)
        line = last_line()
        assert (line.verb, line.person_id, line.data) == (
            "matching.meeting_wished", person.pk, {"access": str(access.pk)},
        )  # fmt: skip
        assert list(queries_recruiter.waiting_wishes(small.adviser)) == [wish]
        colleague = actor_of(professional(agency=small.agency))
        assert not queries_recruiter.waiting_wishes(colleague).exists()
        assert OutboxMessage.objects.count() == before

    def test_when_who_opened_left_the_agency_follows(self, small: World, access: RecruiterAccess, person) -> None:
        wish = wished(access, searched(access))
        RecruiterAccess.objects.unscoped("test").update(adviser=None)
        colleague = actor_of(professional(agency=small.agency))
        assert list(queries_recruiter.waiting_wishes(colleague)) == [wish]
        assert not queries_recruiter.waiting_wishes(actor_of(professional())).exists()

    def test_once_for_a_person_and_a_link(self, access: RecruiterAccess, person: Person) -> None:
        made = searched(access)
        wished(access, made)
        assert cards_of(made, access)[0].wish == "waiting"
        with pytest.raises(RecruiterRefused, match="déjà demandé à rencontrer"):
            wished(access, searched(access))
        assert MeetingWish.objects.unscoped("test").count() == 1

    def test_ten_at_a_time(self, small: World, access: RecruiterAccess, person: Person) -> None:
        for _ in range(10):
            in_pool()
        made = searched(access)
        first, *_others = [wished(access, made, rank) for rank in range(10)]
        with pytest.raises(RecruiterRefused, match="attendent encore une réponse"):
            wished(access, made, 10)
        actions_recruiter.set_aside(first, actor=small.adviser)
        wished(access, made, 10)

    def test_a_card_of_another_search_or_a_forged_one_asks_nothing(self, small, access, person) -> None:
        other = actions_recruiter.open_access(small.second, actor=small.adviser, agency=small.agency)
        made, theirs = searched(access), searched(other)
        token = cards_of(made, access)[0].token
        for facts in ({"made": theirs, "token": token}, {"made": made, "token": "x" * 20}):
            with pytest.raises(RecruiterRefused, match="Votre demande n'est pas partie"):
                actions_recruiter.wish_to_meet(access, actor=recruiter(access), **facts)
        with pytest.raises(AccessDenied):
            actions_recruiter.wish_to_meet(access, actor=recruiter(other), made=made, token=token)
        assert not MeetingWish.objects.unscoped("test").exists()

    def test_promoting_her_there_answers_it(self, small: World, access: RecruiterAccess, person: Person) -> None:
        made = searched(access)
        wished(access, made)
        small.person = person
        small.send(small.second)  # elsewhere: the wish still waits
        assert queries_recruiter.waiting_wishes(small.adviser).count() == 1
        small.send(small.first)
        assert not queries_recruiter.waiting_wishes(small.adviser).exists()
        assert cards_of(made, access)[0].wish == "shown"

    def test_setting_it_aside_says_so_to_the_recruiter(self, small: World, access: RecruiterAccess, person) -> None:
        made = searched(access)
        wish = wished(access, made)
        actions_recruiter.set_aside(wish, actor=small.adviser)
        assert cards_of(made, access)[0].wish == "set_aside"
        assert not queries_recruiter.waiting_wishes(small.adviser).exists()
        with pytest.raises(RecruiterRefused, match="déjà classée"):
            actions_recruiter.set_aside(wish, actor=small.adviser)

    def test_another_territory_follows_nothing(self, small: World, access: RecruiterAccess, person: Person) -> None:
        wish = wished(access, searched(access))
        elsewhere: Actor = actor_of(professional(agency=AgencyFactory(department_code="38")))
        with pytest.raises(MeetingWish.DoesNotExist):
            queries_recruiter.wish_in_territory(wish.pk, elsewhere)
        for nobody in (elsewhere, owner(person), ANONYMOUS, recruiter(access)):
            with pytest.raises(AccessDenied):
                actions_recruiter.set_aside(wish, actor=nobody)

    def test_who_left_the_pool_waits_no_more(self, small: World, access: RecruiterAccess, person: Person) -> None:
        wish = wished(access, searched(access))
        people.withdraw_consent(person, actor=owner(person))
        assert not queries_recruiter.waiting_wishes(small.adviser).exists()
        assert not queries_recruiter.wish_in_territory(wish.pk, small.adviser).is_in_pool  # type: ignore[attr-defined]

    def test_her_export_says_when_and_not_who_and_it_leaves_with_her(self, small, access, person) -> None:
        wished(access, searched(access))
        (promise,) = [one for one in declarations() if one.domain == "matching"]
        rows = promise.export(person.pk)
        assert rows == [{"created_at": MONDAY, "held_at": None, "released_at": None, "set_aside_at": None}]
        assert "Flore" not in repr(rows)
        promise.erase(person.pk)
        assert not MeetingWish.objects.unscoped("test").exists()
        assert RecruiterSearch.objects.unscoped("test").count() == 1  # numbers that name nobody any more
