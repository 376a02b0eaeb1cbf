"""A skills passport goes from a person's page to her wallet: once, with a code, and comes back when a skill falls."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from entremise.credentials import (
    actions,
    actions_keys,
    actions_wallet,
    jobs,
    queries_keys,
    queries_wallet,
    rules_wallet,
)
from entremise.credentials.enums import AwardState, ListKind, RevokeReason
from entremise.credentials.models import Award
from entremise.credentials.models_status import StatusEntry, StatusList
from entremise.credentials.models_wallet import WalletNonce, WalletOffer
from entremise.credentials.receivers import erase
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock, retention
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Role, job_actor
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.lib.openbadges import jws, sdjwt, statuslist
from entremise.lib.openbadges.keys import Algorithm, PrivateKey
from entremise.lib.openbadges.oid4vci import Error, Event
from entremise.people.models import Person
from tests.factories import credentials as making
from tests.factories.accounts import actor_of, professional
from tests.factories.people import PersonFactory, owner

pytestmark = pytest.mark.django_db
SYSTEM, State, Ending = job_actor("test"), WalletOffer.State, WalletOffer.Ending
HOLDER = PrivateKey.generate(Algorithm.ES256)
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def someone(count: int = 2) -> tuple[Person, list[Award]]:
    person: Person = PersonFactory()
    return person, [making.proof_award(person) for _ in range(count)]


def offered(person: Person, awards: list[Award], **facts: Any) -> WalletOffer:
    made: WalletOffer = actions_wallet.offer(person, actor=owner(person), awards=[one.pk for one in awards], **facts)
    return made


def fresh(offer: WalletOffer) -> WalletOffer:
    return WalletOffer.objects.unscoped("a test looks").get(pk=offer.pk)


def exchanged(offer: WalletOffer) -> WalletOffer:
    token = actions_wallet.exchange(offer, actor=actions_wallet.WALLET, tx_code=queries_wallet.tx_code(offer))
    assert token is not None
    return fresh(offer)


def nonce() -> str:
    return queries_wallet.new_nonce(clock.now())


def taken(offer: WalletOffer) -> str:
    told = {"holder": HOLDER.public, "nonce": nonce()}
    signed: str = actions_wallet.take(exchanged(offer), actor=actions_wallet.WALLET, **told)
    return signed


def claims(signed: str) -> dict[str, Any]:
    issuer = queries_keys.platform()
    assert issuer is not None
    key = queries_keys.active_key(issuer, Algorithm.ES256)
    assert key is not None
    return sdjwt.verify(signed, lambda _parts, _issuer: queries_keys.public(key), clock.now())


def bit(signed: str) -> int:
    """Read the bit of a passport where verifiers do: in the list as it is published."""
    jobs.publish_all()
    place = sdjwt.place(claims(signed))
    assert place is not None
    listed = StatusList.objects.get(pk=place.list_url.rpartition("/")[2])
    token = jws.read(bytes(listed.published).decode())
    return statuslist.read_token(token, place.list_url, clock.now())[place.index]


def refusal(code: Error, offer: WalletOffer, given: str = "") -> None:
    told = {"holder": HOLDER.public, "nonce": given or nonce()}
    with pytest.raises(actions_wallet.WalletRefused) as caught:
        actions_wallet.take(offer, actor=actions_wallet.WALLET, **told)
    assert caught.value.error == code


def test_a_wallet_gets_the_chosen_skills_and_nothing_else() -> None:
    person, awards = someone(3)
    said = claims(taken(offered(person, awards[:2])))
    assert {one["name"] for one in said["skills"]} == {one.badge_class.name for one in awards[:2]}
    assert "given_name" not in said
    assert said["iss"] == queries_wallet.issuer_address()
    assert said["vct"].endswith("/vct/skills-passport/1")
    assert said["cnf"]["jwk"]["x"] == HOLDER.public.jwk()["x"]
    assert {"sub", "jti"}.isdisjoint(said)
    assert said["iat"] % 86_400 == 0  # the day, not the second
    assert said["exp"] == said["iat"] + 365 * 86_400


def test_the_name_is_there_when_she_wants_it_and_each_part_may_be_kept_silent() -> None:
    person, awards = someone(2)
    signed = taken(offered(person, awards, shows_name=True))
    paths = set(sdjwt.disclosable(signed))
    by_skill = {("skills", rank, *more) for rank in (0, 1) for more in ((), ("origin",))}
    assert paths == {("given_name",), ("family_name",)} | by_skill
    silent = claims(sdjwt.choose(signed, [("skills", 0)]))
    assert "given_name" not in silent
    assert len(silent["skills"]) == 1
    assert "origin" not in silent["skills"][0]
    issued = sdjwt.read(signed)
    for secret in ("Awa", "Diallo", awards[0].badge_class.name, awards[0].origin):
        assert secret.encode() not in issued.token.payload


def test_nothing_of_what_was_signed_is_kept() -> None:
    person, awards = someone()
    offer = offered(person, awards, shows_name=True)
    signed = taken(offer)
    kept = " ".join(str(value) for value in WalletOffer.objects.unscoped("a test looks").values().get().values())
    assert signed[:40] not in kept
    assert HOLDER.public.thumbprint() not in kept
    assert queries_wallet.code(offer) not in kept
    assert queries_wallet.tx_code(offer) not in kept
    assert fresh(offer).state == State.TAKEN


def test_what_the_page_shows_is_what_is_signed() -> None:
    person, awards = someone()
    offer = offered(person, awards, shows_name=True)
    shown = queries_wallet.content(queries_wallet.skills_of(offer), person.pk, shows_name=True)
    said = claims(taken(offer))
    assert [one.name for one in shown.skills] == [one["name"] for one in said["skills"]]
    assert [one.origin for one in shown.skills] == [one["origin"] for one in said["skills"]]
    assert (shown.first_name, shown.last_name) == (said["given_name"], said["family_name"])
    assert int(shown.valid_until.timestamp()) == said["exp"]


def test_a_passport_ends_with_the_first_of_its_skills() -> None:
    person, awards = someone()
    ends = NOON + dt.timedelta(days=40)
    Award.objects.unscoped("a test").filter(pk=awards[0].pk).update(valid_until=ends)
    assert claims(taken(offered(person, awards)))["exp"] == int(ends.timestamp())


def test_only_her_own_living_badges_may_be_chosen() -> None:
    person, awards = someone(1)
    other, theirs = someone(1)
    with pytest.raises(CredentialRefused, match="au moins une compétence"):
        offered(person, theirs)
    actions.revoke(awards[0], actor=SYSTEM, reason=RevokeReason.MISTAKE)
    with pytest.raises(CredentialRefused, match="au moins une compétence"):
        offered(person, awards)
    with pytest.raises(AccessDenied):
        actions_wallet.offer(person, actor=owner(other), awards=[])
    adviser = actor_of(professional(Role.TEAM_LEAD))
    assert not WalletOffer.objects.visible_to(adviser).exists()


def test_a_passport_has_at_most_sixty_skills(monkeypatch: pytest.MonkeyPatch) -> None:
    person, awards = someone(3)
    monkeypatch.setattr(rules_wallet, "MOST_SKILLS", 2)
    with pytest.raises(CredentialRefused, match="au plus 2 compétences"):
        offered(person, awards)
    assert offered(person, awards[:2]).state == State.OPEN


def test_a_new_offer_cancels_the_one_that_was_open() -> None:
    person, awards = someone()
    first, second = offered(person, awards), offered(person, awards)
    assert fresh(first).state == State.CANCELLED
    assert queries_wallet.code(first) != queries_wallet.code(second)
    told = {"tx_code": queries_wallet.tx_code(first)}
    assert actions_wallet.exchange(first, actor=actions_wallet.WALLET, **told) is None


def test_a_code_serves_once_and_a_quarter_of_an_hour() -> None:
    person, awards = someone()
    offer = exchanged(offered(person, awards))
    again = {"tx_code": queries_wallet.tx_code(offer)}
    assert actions_wallet.exchange(offer, actor=actions_wallet.WALLET, **again) is None
    late = offered(person, awards)
    with time_machine.travel(NOON + dt.timedelta(minutes=15), tick=False):
        assert not queries_wallet.is_living(late)
        given = {"tx_code": queries_wallet.tx_code(late)}
        assert actions_wallet.exchange(late, actor=actions_wallet.WALLET, **given) is None


def test_five_wrong_transaction_codes_burn_an_offer() -> None:
    person, awards = someone()
    offer = offered(person, awards)
    right = queries_wallet.tx_code(offer)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for tries in range(1, 6):
        assert actions_wallet.exchange(offer, actor=actions_wallet.WALLET, tx_code=wrong) is None
        assert fresh(offer).try_count == tries
    assert fresh(offer).state == State.BURNT
    assert actions_wallet.exchange(offer, actor=actions_wallet.WALLET, tx_code=right) is None
    assert fresh(offer).try_count == 5


def test_four_wrong_codes_leave_one_try() -> None:
    person, awards = someone()
    offer = offered(person, awards)
    for _ in range(4):
        actions_wallet.exchange(offer, actor=actions_wallet.WALLET, tx_code="")
    assert exchanged(offer).exchanged_at == NOON


def test_an_altered_code_is_of_no_offer() -> None:
    person, awards = someone()
    offer = offered(person, awards)
    code = queries_wallet.code(offer)
    assert queries_wallet.offer_of_code(code) == offer.pk
    other = queries_wallet.code(offered(person, awards))
    for altered in ("", "é", code[:-1], code + "A", code[:22] + other[22:], other[:22] + code[22:], "A" * len(code)):
        assert queries_wallet.offer_of_code(altered) is None


def test_an_access_token_lives_five_minutes_and_takes_once() -> None:
    person, awards = someone()
    offer = offered(person, awards)
    told = {"tx_code": queries_wallet.tx_code(offer)}
    token = actions_wallet.exchange(offer, actor=actions_wallet.WALLET, **told)
    assert token is not None
    assert token.seconds == 300
    found = queries_wallet.offer_of_token(token.text)
    assert found == offer
    assert queries_wallet.offer_of_token("") is None
    assert queries_wallet.offer_of_token(token.text + "x") is None
    with time_machine.travel(NOON + dt.timedelta(minutes=5), tick=False):
        assert queries_wallet.offer_of_token(token.text) is None
    actions_wallet.take(found, actor=actions_wallet.WALLET, holder=HOLDER.public, nonce=nonce())
    refusal(Error.DENIED, fresh(offer))


def test_a_nonce_serves_once_and_five_minutes_and_must_be_ours() -> None:
    person, awards = someone()
    offer = exchanged(offered(person, awards))
    old, good = nonce(), nonce()
    assert not WalletNonce.objects.exists()  # asking for thousands writes nothing
    flipped = good[:10] + ("A" if good[10] != "A" else "B") + good[11:]
    for wrong in ("abc", "é", flipped, good[:-2], "A" * len(good)):
        refusal(Error.INVALID_NONCE, offer, wrong)
    with time_machine.travel(NOON + dt.timedelta(minutes=5), tick=False):
        refusal(Error.INVALID_NONCE, offer, old)
    actions_wallet.take(offer, actor=actions_wallet.WALLET, holder=HOLDER.public, nonce=good)
    refusal(Error.INVALID_NONCE, exchanged(offered(person, awards)), good)


def test_a_wallet_gets_nothing_before_the_code_was_exchanged_nor_after_a_cancel() -> None:
    person, awards = someone()
    offer = offered(person, awards)
    refusal(Error.DENIED, offer)
    actions_wallet.cancel(exchanged(offer), actor=owner(person))
    refusal(Error.DENIED, fresh(offer))
    assert not StatusEntry.objects.filter(wallet_offer=offer).exists()


@pytest.mark.parametrize("move", ["suspend", "revoke", "decline"])
def test_a_skill_that_falls_withdraws_the_passports_that_hold_it(move: str) -> None:
    person, awards = someone()
    awards = [making.award(person), *awards[1:]]  # a badge that may be suspended
    offer = offered(person, awards)
    signed = taken(offer)
    kept = taken(offered(person, awards[1:]))
    assert (bit(signed), bit(kept)) == (0, 0)
    act: Any = getattr(actions, move)
    reason = {"reason": RevokeReason.FRAUD} if move == "revoke" else {}
    act(making.fresh(awards[0]), actor=owner(person) if move == "decline" else SYSTEM, **reason)
    assert (fresh(offer).state, fresh(offer).ending) == (State.WITHDRAWN, Ending.SKILL)
    assert (bit(signed), bit(kept)) == (1, 0)
    (news,) = OutboxMessage.objects.filter(kind="credentials.passport_to_take_again")
    assert (news.recipient, news.about_id) == (person.user.email, str(offer.pk))  # type: ignore[union-attr]
    assert "L'une des compétences de votre passeport n'est plus valable" in news.text
    assert awards[0].badge_class.name not in news.text + news.subject


def test_a_skill_that_falls_before_the_wallet_comes_cancels_the_offer() -> None:
    person, awards = someone()
    offer = exchanged(offered(person, awards))
    actions.revoke(making.fresh(awards[0]), actor=SYSTEM, reason=RevokeReason.PROOF)
    assert (fresh(offer).state, fresh(offer).ending) == (State.CANCELLED, Ending.SKILL)
    refusal(Error.DENIED, fresh(offer))


def test_she_withdraws_what_is_in_a_lost_telephone() -> None:
    person, awards = someone()
    offer = offered(person, awards)
    signed = taken(offer)
    stranger = PersonFactory()
    with pytest.raises(AccessDenied):
        actions_wallet.withdraw(fresh(offer), actor=owner(stranger))
    actions_wallet.withdraw(fresh(offer), actor=owner(person))
    assert (fresh(offer).state, fresh(offer).ending) == (State.WITHDRAWN, Ending.HOLDER)
    assert not OutboxMessage.objects.filter(kind="credentials.passport_to_take_again").exists()
    assert bit(signed) == 1
    actions_wallet.cancel(fresh(offer), actor=owner(person))  # too late: it stays withdrawn
    assert fresh(offer).state == State.WITHDRAWN


@pytest.mark.parametrize("event", [Event.FAILURE, Event.DELETED])
def test_what_a_wallet_did_not_keep_serves_nobody(event: Event) -> None:
    person, awards = someone()
    offer = offered(person, awards)
    signed = taken(offer)
    for _twice in range(2):
        actions_wallet.note(fresh(offer), actor=actions_wallet.WALLET, event=event)
    assert (fresh(offer).state, fresh(offer).ending) == (State.WITHDRAWN, Ending.WALLET)
    assert bit(signed) == 1


def test_a_wallet_says_that_it_kept_the_passport() -> None:
    person, awards = someone()
    offer = offered(person, awards)
    signed = taken(offer)
    actions_wallet.note(fresh(offer), actor=actions_wallet.WALLET, event=Event.ACCEPTED)
    assert fresh(offer).is_confirmed
    assert bit(signed) == 0


def test_erased_leaves_a_set_bit_that_leads_to_nobody() -> None:
    person, awards = someone()
    signed = taken(offered(person, awards, shows_name=True))
    erase(person.pk)
    assert not WalletOffer.objects.unscoped("a test looks").exists()
    assert not StatusEntry.objects.exclude(wallet_offer=None).exists()
    assert bit(signed) == 1


def test_a_lost_key_withdraws_what_it_signed() -> None:
    person, awards = someone()
    offer = offered(person, awards)
    taken(offer)
    key = fresh(offer).key
    assert key is not None
    assert actions_wallet.withdraw_signed_by(key) == 1
    assert fresh(offer).ending == Ending.KEY
    (news,) = OutboxMessage.objects.filter(kind="credentials.passport_to_take_again")
    assert "la clé qui avait signé votre passeport" in news.text
    assert actions_wallet.withdraw_signed_by(key) == 0
    assert actions_keys.signed_by(key).count() == 0


def test_each_passport_has_one_place_of_its_own_in_the_token_list() -> None:
    person, awards = someone()
    places = [sdjwt.place(claims(taken(offered(person, awards)))) for _ in range(3)]
    assert len({place.index for place in places if place}) == 3
    assert StatusList.objects.filter(kind=ListKind.TOKEN).count() == 1


def test_the_journal_says_what_happened_without_any_code() -> None:
    person, awards = someone()
    offer = offered(person, awards)
    actions_wallet.exchange(offer, actor=actions_wallet.WALLET, tx_code="000000x")
    taken(offer)
    lines = list(JournalEntry.objects.filter(verb__startswith="credentials.wallet").order_by("pk"))
    assert [one.verb.rpartition("_")[2] for one in lines] == ["offered", "asked", "asked", "taken"]
    assert [one.data.get("outcome") for one in lines[1:3]] == ["wrong_code", "exchanged"]
    assert {one.person_id for one in lines} == {person.pk}
    assert queries_wallet.tx_code(offer) not in str([one.data for one in lines])


def test_what_nobody_took_is_forgotten_the_next_day() -> None:
    person, awards = someone()
    offered(person, awards)
    kept = offered(person, awards)
    taken(kept)
    found = {one.code: one for one in retention.classes() if one.code.startswith("credentials.wallet_")}
    later = clock.now() + dt.timedelta(days=1, seconds=1)
    assert {code: one.apply(later) for code, one in found.items()} == {
        "credentials.wallet_offers": 1,
        "credentials.wallet_nonces": 1,
    }
    assert list(WalletOffer.objects.unscoped("a test looks")) == [kept]


def test_a_code_is_read_aloud_digit_by_digit() -> None:
    assert rules_wallet.spoken("412907") == "4, 1, 2 ; 9, 0, 7"
    assert rules_wallet.printed("012345") == "012\u202f345"


def test_waiting_badges_are_not_offered() -> None:
    person = PersonFactory()
    award = making.proof_award(person, signed=False)
    assert award.state == AwardState.WAITING
    assert list(queries_wallet.choosable(person)) == []
