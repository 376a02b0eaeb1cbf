"""Contesting a result: what is kept, who may, who answers, who is told, what is forgotten."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.utils.translation import override

from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import ANONYMOUS, Actor, Role
from entremise.kernel.erasure import declarations
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.kernel.workflow import TransitionRefused
from entremise.matching import actions_contest, queries, queries_contest, rules_contest
from entremise.matching.actions_contest import ContestRefused
from entremise.matching.engine.score import VERSION
from entremise.matching.models_contest import Contest
from entremise.matching.queries_criteria import PoolCriteria
from entremise.matching.queries_entry import entry_of
from entremise.people import actions as people
from entremise.people.models import Person
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.contests import COOK, COOKS, again, contest, in_pool, own_contest
from tests.factories.matching import PoolEntryFactory
from tests.factories.offers import OfferFactory
from tests.factories.people import PersonFactory, identity_of, owner, set_identity
from tests.factories.promotions import MONDAY, World, world

pytestmark = pytest.mark.django_db
ANSWER = "Le permis était expiré dans le profil : il est de nouveau compté."


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def small() -> World:
    return world()


@pytest.fixture
def lead(small: World) -> Actor:
    return actor_of(professional("team_lead", agency=small.agency))


@pytest.fixture
def person(small: World) -> Person:
    return in_pool()


def last_line() -> JournalEntry:
    return JournalEntry.objects.latest("pk")


class TestAnAdviserContests:
    """From a search of the pool."""

    def test_what_the_result_was_made_of_is_kept(self, small: World, person: Person) -> None:
        other = in_pool(available_on=None)
        kept = again(contest(other, small.adviser, words="  Elle est libre.  "))
        assert (kept.state, kept.side, kept.author_id, kept.query) == (
            "received", "adviser", small.user.pk, f"metier={COOK}",
        )  # fmt: skip
        entry = entry_of(other)
        assert entry is not None
        parts = queries.explain(entry, COOKS)
        assert kept.parts == [[part.name, part.points, part.maximum] for part in parts]
        found = queries.search_pool(COOKS, actor=small.adviser).found
        assert [one.person_id for one in found].index(other.pk) + 1 == kept.position == 2
        assert sum(points for _name, points, _maximum in kept.parts) == found[1].score
        assert (kept.weights_version, kept.reason, kept.words) == (VERSION, "skill", "Elle est libre.")

    def test_the_journal_holds_codes_alone_and_opens_to_the_person(self, small: World, person: Person) -> None:
        kept = contest(person, small.adviser)
        line = last_line()
        assert (line.verb, line.subject_id, line.person_id) == ("matching.contested", str(kept.pk), person.pk)
        assert line.data == {"reason": "skill", "version": VERSION}

    def test_somebody_whom_the_search_leaves_out_has_no_position(self, small: World, person: Person) -> None:
        kept = contest(person, small.adviser, criteria=PoolCriteria(occupations=("K1302",)))
        assert kept.position is None
        assert kept.parts

    def test_the_same_result_is_contested_once_at_a_time(self, small: World, person: Person) -> None:
        first = contest(person, small.adviser)
        with pytest.raises(ContestRefused, match="Vous contestez déjà ce résultat"):
            contest(person, small.adviser, reason="other")
        contest(person, small.adviser, criteria=PoolCriteria())  # another search, another result
        contest(person, actor_of(professional(agency=small.agency)))  # a colleague has a contest of her own
        actions_contest.withdraw(first, actor=small.adviser)
        contest(person, small.adviser)
        assert Contest.objects.unscoped("test").count() == 4

    @pytest.mark.parametrize("reason", ["", "nonsense"])
    def test_a_reason_is_one_of_the_list(self, small: World, person: Person, reason: str) -> None:
        with pytest.raises(ContestRefused, match="choisissez une raison") as refusal:
            contest(person, small.adviser, reason=reason)
        assert refusal.value.field == "reason"
        assert not Contest.objects.unscoped("test").exists()

    def test_words_are_bounded(self, small: World, person: Person) -> None:
        contest(person, small.adviser, words="x" * rules_contest.LONGEST_WORDS)
        with pytest.raises(ContestRefused, match="1 000 caractères") as refusal:
            contest(person, small.adviser, words="x" * (rules_contest.LONGEST_WORDS + 1), criteria=PoolCriteria())
        assert refusal.value.field == "words"

    def test_a_search_too_long_to_keep_is_refused(self, small: World, person: Person) -> None:
        codes = tuple(f"{letter}{number}" for letter in "ABC" for number in range(1000, 1100))
        with pytest.raises(ContestRefused, match="trop longue"):
            contest(person, small.adviser, criteria=PoolCriteria(occupations=codes))

    def test_who_left_the_pool_has_no_result(self, small: World) -> None:
        with pytest.raises(ContestRefused, match="n'est plus dans le vivier"):
            contest(PersonFactory(), small.adviser)

    def test_it_is_for_the_team_of_her_territory(self, small: World, lead: Actor, person: Person) -> None:
        elsewhere = actor_of(professional(agency=AgencyFactory(department_code="38")))
        with pytest.raises(AccessDenied, match="autre territoire"):
            contest(person, elsewhere)
        for nobody in (owner(person), ANONYMOUS):
            with pytest.raises(AccessDenied):
                contest(person, nobody)
        assert contest(person, lead).author_id == lead.user_id  # another lead, or the director, will answer
        without = actor_of(small.user, second_factor=False)
        with pytest.raises(AccessDenied, match="deuxième facteur"):
            contest(person, without)


class TestAPersonContests:
    """What is proposed to her, or not."""

    def test_an_offer_with_the_points_it_gives_her(self, person: Person) -> None:
        offer = OfferFactory(open=True)
        kept = again(own_contest(person, owner(person), offer=offer))
        assert (kept.side, kept.author_id, kept.offer_id) == ("person", person.user_id, offer.pk)
        assert {name for name, _points, _maximum in kept.parts} == {
            "skills", "occupation", "distance", "availability",
        }  # fmt: skip
        assert kept.position is None  # the rank of others is not hers to know
        assert last_line().verb == "matching.contested_own"

    def test_no_offer_in_particular(self, person: Person) -> None:
        kept = own_contest(person, owner(person))
        assert kept.offer is None
        assert {name for name, _points, _maximum in kept.parts} == {"skills", "availability"}
        with pytest.raises(ContestRefused, match="déjà"):
            own_contest(person, owner(person))
        own_contest(person, owner(person), offer=OfferFactory(open=True))

    def test_who_did_not_agree_contests_what_she_would_have(self, small: World) -> None:
        alone = PersonFactory()
        assert [name for name, _points, _maximum in own_contest(alone, owner(alone)).parts] == [
            "skills",
            "availability",
        ]

    def test_who_said_no_place_contests_too(self, small: World) -> None:
        nowhere = PersonFactory(elsewhere=True)
        assert not queries_contest.result_for_offer(nowhere, None).is_in_pool
        assert own_contest(nowhere, owner(nowhere)).parts == []

    def test_only_for_herself(self, small: World, person: Person) -> None:
        for nobody in (owner(PersonFactory()), small.adviser, ANONYMOUS):
            with pytest.raises(AccessDenied):
                own_contest(person, nobody)

    def test_only_an_open_offer_is_seen(self, person: Person) -> None:
        seen = [OfferFactory(open=True), OfferFactory(), OfferFactory(closed=True)]
        found = [queries_contest.offer_to_contest(offer.pk, owner(person)) for offer in seen]
        assert [offer and offer.pk for offer in found] == [seen[0].pk, None, None]


class TestAnswering:
    """A person answers, in the territory, and not her own contest."""

    def test_the_answer_is_kept_with_who_gave_it(self, small: World, person: Person, lead: Actor) -> None:
        kept = contest(person, small.adviser)
        actions_contest.answer(kept, actor=lead, verdict="corrected", answer=f"  {ANSWER} ")
        told = again(kept)
        assert (told.state, told.verdict, told.answer) == ("answered", "corrected", ANSWER)
        assert (told.answered_by_id, told.answered_at) == (lead.user_id, clock.now())
        line = last_line()
        assert (line.verb, line.before, line.after) == ("matching.answer_contest", "received", "answered")
        assert line.data == {"verdict": "corrected"}
        assert list(queries_contest.answers_for(small.adviser, MONDAY - dt.timedelta(days=7))) == [told]
        assert not OutboxMessage.objects.filter(kind__startswith="matching.contest").exists()  # her desk says it

    def test_a_person_receives_a_mail_in_her_language(self, person: Person, lead: Actor) -> None:
        assert person.user is not None
        person.user.language = "en"
        person.user.save()
        offer = OfferFactory(open=True)
        kept = own_contest(person, owner(person), offer=offer)
        with override("fr"):
            actions_contest.answer(kept, actor=lead, verdict="explained", answer=ANSWER)
        sent = OutboxMessage.objects.get(kind="matching.contest_answered")
        assert (sent.recipient, sent.language, sent.about_id) == (identity_of(person).email, "en", str(kept.pk))
        assert ANSWER in sent.text
        assert f"/moi/contester/?offre={offer.pk}" in sent.text

    def test_who_has_no_address_receives_an_sms_without_the_answer(self, person: Person, lead: Actor) -> None:
        set_identity(person, email="")
        kept = own_contest(person, owner(person))
        actions_contest.answer(kept, actor=lead, verdict="by_person", answer=ANSWER)
        sent = OutboxMessage.objects.get(kind="matching.contest_answered_text")
        assert (sent.channel, sent.recipient) == ("sms", "+33612345678")
        assert ANSWER not in sent.text

    @pytest.mark.parametrize(
        ("told", "field", "sentence"),
        [
            ({"verdict": "nonsense", "answer": ANSWER}, "verdict", "Dites ce que vous avez trouvé."),
            ({"verdict": "corrected", "answer": "   "}, "answer", "Écrivez au moins une phrase"),
            ({"verdict": "corrected", "answer": "x" * 1001}, "answer", "1 000 caractères"),
        ],
    )
    def test_an_answer_says_something(self, small, person, lead, told, field, sentence) -> None:
        kept = contest(person, small.adviser)
        with pytest.raises(ContestRefused, match=sentence) as refusal:
            actions_contest.answer(kept, actor=lead, **told)
        assert refusal.value.field == field
        assert again(kept).state == "received"

    def test_nobody_answers_her_own_contest(self, small: World, person: Person) -> None:
        kept = contest(person, small.adviser)
        also_lead = replace(small.adviser, roles=small.adviser.roles | {Role.TEAM_LEAD})
        with pytest.raises(TransitionRefused, match="à une autre personne d'y répondre"):
            actions_contest.answer(kept, actor=also_lead, verdict="corrected", answer=ANSWER)

    def test_it_is_for_the_leads_of_the_territory(self, small: World, person: Person) -> None:
        kept = contest(person, small.adviser)
        elsewhere = actor_of(professional("director", agency=AgencyFactory(department_code="38")))
        with pytest.raises(AccessDenied, match="autre territoire"):
            actions_contest.answer(kept, actor=elsewhere, verdict="corrected", answer=ANSWER)
        for nobody in (small.adviser, owner(person), ANONYMOUS):
            with pytest.raises(AccessDenied):
                actions_contest.answer(kept, actor=nobody, verdict="corrected", answer=ANSWER)
        director = actor_of(professional("director", agency=small.agency))
        assert actions_contest.answer(kept, actor=director, verdict="corrected", answer=ANSWER).verdict == "corrected"

    def test_a_contest_is_answered_once_and_no_longer_withdrawn(self, small, person, lead) -> None:
        kept = contest(person, small.adviser)
        actions_contest.answer(kept, actor=lead, verdict="corrected", answer=ANSWER)
        with pytest.raises(TransitionRefused, match="Une réponse a déjà été donnée"):
            actions_contest.answer(kept, actor=lead, verdict="explained", answer="Autre chose.")
        with pytest.raises(TransitionRefused, match="Une réponse a déjà été donnée"):
            actions_contest.withdraw(kept, actor=small.adviser)
        contest(person, small.adviser)  # a new one may follow


class TestWithdrawing:
    """Its author alone takes a contest back."""

    def test_its_author_does(self, small: World, person: Person, lead: Actor) -> None:
        kept = contest(person, small.adviser)
        assert actions_contest.withdraw(kept, actor=small.adviser).state == "withdrawn"
        with pytest.raises(TransitionRefused, match="a été retirée"):
            actions_contest.answer(kept, actor=lead, verdict="corrected", answer=ANSWER)

    def test_nobody_else_may(self, small: World, person: Person) -> None:
        kept = contest(person, small.adviser)
        for other in (actor_of(professional(agency=small.agency)), owner(person)):
            with pytest.raises(AccessDenied, match="Seule la personne qui a contesté"):
                actions_contest.withdraw(kept, actor=other)


class TestWhoSeesWhat:
    """A list for the leads of the territory; one's own contests for everybody else."""

    def test_the_oldest_waits_first_with_its_deadline(self, small, person, lead, moment) -> None:
        first = contest(person, small.adviser)
        moment.shift(dt.timedelta(days=8))
        second = own_contest(person, owner(person))
        waiting = queries_contest.waiting(lead)
        assert [one.contest for one in waiting] == [first, second]
        assert [(one.due_on, one.is_late) for one in waiting] == [
            (dt.date(2026, 11, 30), True), (dt.date(2026, 12, 8), False),
        ]  # fmt: skip
        assert queries_contest.waiting_count(lead) == 2

    def test_another_territory_and_an_adviser_see_nothing_of_it(self, small: World, person: Person) -> None:
        kept = own_contest(person, owner(person))
        elsewhere = actor_of(professional("team_lead", agency=AgencyFactory(department_code="38")))
        assert queries_contest.waiting(elsewhere) == []
        assert queries_contest.waiting_count(elsewhere) == 0
        for nobody in (elsewhere, small.adviser, owner(PersonFactory()), ANONYMOUS):
            with pytest.raises(Contest.DoesNotExist):
                queries_contest.contest_of(kept.pk, nobody)
        assert queries_contest.waiting_count(small.adviser) == 0

    def test_a_person_does_not_see_what_an_adviser_contested_and_the_reverse(self, small, person) -> None:
        by_adviser, own = contest(person, small.adviser), own_contest(person, owner(person))
        assert queries_contest.mine(person, owner(person)) == [own]
        assert queries_contest.mine(person, small.adviser, query=COOKS.query_string()) == [by_adviser]
        assert queries_contest.mine(person, small.adviser, query="") == []

    def test_figures_count_what_came_of_them(self, small, person, lead, moment) -> None:
        taken_back = contest(person, small.adviser)
        actions_contest.withdraw(taken_back, actor=small.adviser)
        quick, slow = contest(person, small.adviser), own_contest(person, owner(person))
        contest(person, small.adviser, criteria=PoolCriteria())
        actions_contest.answer(quick, actor=lead, verdict="corrected", answer=ANSWER)
        moment.shift(dt.timedelta(days=7, hours=20))
        actions_contest.answer(slow, actor=lead, verdict="explained", answer=ANSWER)
        counted = queries_contest.figures(lead)
        assert (counted.received, counted.answered, counted.in_time, counted.corrected) == (3, 2, 1, 1)
        moment.shift(dt.timedelta(days=91))
        assert queries_contest.figures(lead).received == 0


class TestLeaving:
    """What is exported and erased with the person."""

    def declaration(self):
        (found,) = [one for one in declarations() if one.domain == "matching"]
        return found

    def test_her_contests_are_exported_whoever_wrote_them(self, small, person, lead) -> None:
        contest(person, small.adviser, words="Son permis.")
        own = own_contest(person, owner(person), words="Ma commune.")
        actions_contest.answer(own, actor=lead, verdict="explained", answer=ANSWER)
        rows = self.declaration().export(person.pk)
        assert sorted((row["side"], row["words"], row["answer"]) for row in rows) == [
            ("adviser", "Son permis.", ""), ("person", "Ma commune.", ANSWER),
        ]  # fmt: skip

    def test_everything_goes_with_her_and_nobody_else_s(self, small, person, lead) -> None:
        own = own_contest(person, owner(person))
        actions_contest.answer(own, actor=lead, verdict="explained", answer=ANSWER)
        other = in_pool()
        kept = contest(other, small.adviser)
        assert self.declaration().erase(person.pk) == 3  # the contest, the mail, the row of the pool
        assert list(Contest.objects.unscoped("test")) == [kept]
        assert not OutboxMessage.objects.filter(about_type="matching.contest").exists()

    def test_a_withdrawn_consent_does_not_silence_her(self, small, lead) -> None:
        person = PersonFactory(consenting=True)
        PoolEntryFactory(person=person)
        kept = own_contest(person, owner(person))
        people.withdraw_consent(person, actor=owner(person))
        actions_contest.answer(kept, actor=lead, verdict="explained", answer=ANSWER)
        assert again(kept).state == "answered"

    def test_two_authors_who_left_do_not_collide(self, small: World, person: Person) -> None:
        users = [professional(agency=small.agency) for _ in range(2)]
        for user in users:
            contest(person, actor_of(user))
        for user in users:
            Contest.objects.unscoped("test").filter(author=user).update(author=None)
        assert Contest.objects.unscoped("test").filter(author=None, state="received").count() == 2
