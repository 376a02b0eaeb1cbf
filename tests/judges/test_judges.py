"""What we sign, judged by verifiers that are not ours: accepted as it is, refused when anything is wrong (A1–A8).

Badges are those of the real actions, documents those that the site serves; only the clock of the judge is told.
"""

import copy
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from entremise.credentials import actions, actions_forms, actions_wallet, jobs, queries, queries_wallet
from entremise.credentials.enums import Form, RevokeReason
from entremise.credentials.models import Award
from entremise.credentials.models_status import StatusList
from entremise.credentials.models_wallet import WalletOffer
from entremise.kernel import clock
from entremise.kernel.actors import job_actor
from entremise.lib.openbadges import did, endorsement, jws, ob3, sdjwt, sdjwt_binding, vcjwt
from entremise.lib.openbadges.encoding import to_base64url
from entremise.lib.openbadges.keys import Algorithm, PrivateKey
from tests.factories import badges as shapes
from tests.factories import credentials as making
from tests.factories.judges import Judge, Verdict
from tests.factories.people import PersonFactory, owner
from tests.factories.wallet import Wallet

pytestmark = pytest.mark.django_db
SYSTEM = job_actor("test")
BOTH = ("spec", "validator")
VERIFIER, QUESTION = "https://employeur.example", "n-0S6_WzA2Mj"


def now(**later: float) -> str:
    return (clock.now() + dt.timedelta(**later)).isoformat()


def served(path: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content


def of_site(award: Award) -> dict[str, Any]:
    """Return what a verifier fetches for a badge: the issuer's DID document, the lists, as the site serves them."""
    jobs.publish_all()
    document = json.loads(served(f"/o/{award.badge_class.issuer.slug}/did.json"))
    lists = [json.loads(served(f"/status/{one.pk}")) for one in StatusList.objects.filter(kind="bitstring")]
    return {document["id"]: document} | {one["id"]: one for one in lists}


def signed(award: Award) -> dict[str, Any]:
    kept = queries.signed(award)
    assert kept is not None
    found: dict[str, Any] = json.loads(bytes(kept.body))
    return found


def leaves(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*at, key))
    else:
        yield at


def changed(document: dict[str, Any], at: tuple[Any, ...]) -> dict[str, Any]:
    copied = copy.deepcopy(document)
    inner: Any = copied
    for step in at[:-1]:
        inner = inner[step]
    inner[at[-1]] = f"{inner[at[-1]]}x" if isinstance(inner[at[-1]], str) else 7
    return copied


def accepts(verdict: Verdict) -> None:
    assert verdict.accepted, verdict.why


def refuses(verdict: Verdict, why: str = "") -> None:
    assert not verdict.accepted
    assert why in verdict.why


# Open Badges 3.0, Data Integrity


def test_every_badge_that_we_sign_is_accepted_under_both_contexts(judge: Judge) -> None:
    person = PersonFactory()
    partner = making.badge_class(making.issuer("École de l'Île — é"), valid_months=24, description="Dit « oui ».")
    for award in (making.proof_award(person), making.award(person), making.award(person, of=partner)):
        document, fetched = signed(award), of_site(award)
        assert isinstance(document["proof"], list)
        for contexts in BOTH:
            accepts(judge("ob3-di", document, now=now(minutes=1), documents=fetched, contexts=contexts))


@pytest.mark.parametrize("contexts", BOTH)
def test_every_shape_of_the_library_is_accepted(judge: Judge, contexts: str) -> None:
    key = shapes.key(Algorithm.EDDSA)
    kid = f"{shapes.DID}#ed25519-2026-1"
    fetched = {shapes.DID: did.document(shapes.DID, [did.Method(kid, key.public)])}
    when = (shapes.NOW + dt.timedelta(minutes=1)).isoformat()
    full = shapes.claim(statuses=())
    bare = shapes.claim(statuses=(), valid_until=None, evidence=(), narrative="")
    hard = shapes.claim(statuses=(), narrative="\t" + 'é ’ ® \U0001f3c5 مرحبا e\u0301\n"\\')
    for claim in (full, bare, hard):
        document = json.loads(ob3.sign(claim, key, kid, shapes.NOW))
        accepts(judge("ob3-di", document, now=when, documents=fetched, contexts=contexts))


def test_an_endorsement_is_accepted(judge: Judge) -> None:
    key, kid = shapes.key(Algorithm.EDDSA), f"{shapes.DID}#ed25519-2026-1"
    fetched = {shapes.DID: did.document(shapes.DID, [did.Method(kid, key.public)])}
    word = endorsement.Endorsement(
        id="urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-0b7a6f1f0009",
        target_id=shapes.claim().id,
        comment="Confirmé par un lien envoyé par courriel.",
        name="Confirmé par un ancien employeur",
        endorser=shapes.claim().issuer,
        valid_from=shapes.NOW,
    )
    document = json.loads(endorsement.sign(word, key, kid, shapes.NOW))
    when = (shapes.NOW + dt.timedelta(minutes=1)).isoformat()
    accepts(judge("ob3-di", document, now=when, documents=fetched))
    document["credentialSubject"]["endorsementComment"] = "Autre chose."
    refuses(judge("ob3-di", document, now=when, documents=fetched))


def test_any_leaf_that_is_changed_and_any_member_that_is_added_is_refused(judge: Judge) -> None:
    award = making.proof_award(PersonFactory())
    document, fetched, when = signed(award), of_site(award), now(minutes=1)
    every = list(leaves(document))
    assert len(every) > 30
    for at in every:
        refuses(judge("ob3-di", changed(document, at), now=when, documents=fetched))
    for more in ({"unknownTerm": "x"}, {"termsOfUse": [{"type": "x"}]}):
        refuses(judge("ob3-di", document | more, now=when, documents=fetched))
    accepts(judge("ob3-di", document, now=when, documents=fetched))


def test_the_issuer_the_key_and_the_purpose_cannot_be_exchanged(judge: Judge) -> None:
    person = PersonFactory()
    award, other = making.award(person), making.award(person)
    document, fetched, when = signed(award), of_site(award) | of_site(other), now(minutes=1)
    theirs = signed(other)
    refuses(judge("ob3-di", document | {"issuer": theirs["issuer"]}, now=when, documents=fetched))
    (proof,) = document["proof"]
    (their_proof,) = theirs["proof"]
    moved = {"verificationMethod": their_proof["verificationMethod"]}
    refuses(judge("ob3-di", document | {"proof": [proof | moved]}, now=when, documents=fetched))
    purpose = {"proofPurpose": "authentication"}
    refuses(judge("ob3-di", document | {"proof": [proof | purpose]}, now=when, documents=fetched))
    kid = proof["verificationMethod"]
    name = document["issuer"]["id"]
    unlisted = fetched | {name: fetched[name] | {"assertionMethod": []}}
    refuses(judge("ob3-di", document, now=when, documents=unlisted), kid)


def test_a_badge_is_refused_before_its_time_and_after_it(judge: Judge) -> None:
    award = making.award(PersonFactory(), of=making.badge_class(valid_months=1), awarded_on=clock.today())
    document, fetched = signed(award), of_site(award)
    assert award.valid_until is not None
    days = (award.valid_until - clock.now()).days
    accepts(judge("ob3-di", document, now=now(minutes=1), documents=fetched))
    refuses(judge("ob3-di", document, now=now(days=days + 2), documents=fetched), "validUntil")
    refuses(judge("ob3-di", document, now=now(days=-400), documents=fetched))


def test_withdrawn_and_suspended_badges_are_refused_and_resumed_ones_accepted(judge: Judge) -> None:
    award = making.award(PersonFactory())
    document = signed(award)

    def judged() -> Verdict:
        return judge("ob3-di", document, now=now(minutes=1), documents=of_site(award))

    accepts(judged())
    actions.suspend(making.fresh(award), actor=SYSTEM)
    refuses(judged(), "status: suspension")
    actions.resume(making.fresh(award), actor=SYSTEM)
    accepts(judged())
    actions.revoke(making.fresh(award), actor=SYSTEM, reason=RevokeReason.FRAUD)
    refuses(judged(), "status: revocation")


def test_a_status_list_is_a_good_credential_and_a_tampered_one_is_refused(judge: Judge) -> None:
    award = making.award(PersonFactory())
    document, fetched = signed(award), of_site(award)
    lists = {name: one for name, one in fetched.items() if "/status/" in name}
    assert len(lists) >= 1
    for name, one in lists.items():
        accepts(judge("ob3-di", one, now=now(minutes=1), documents=fetched))
        forged = copy.deepcopy(one)
        forged["credentialSubject"]["statusPurpose"] = "message"
        refuses(judge("ob3-di", document, now=now(minutes=1), documents=fetched | {name: forged}))
        refuses(judge("ob3-di", document, now=now(days=30), documents=fetched))  # a list that nobody signed again


# Open Badges 3.0, VC-JWT


def token_of(award: Award, person: Any) -> str:
    made = actions_forms.form(making.fresh(award), actor=owner(person), form=Form.OB3_JWT)
    return bytes(made.body).decode()


def test_a_badge_as_a_token_is_accepted_then_refused_once_withdrawn(judge: Judge) -> None:
    person = PersonFactory()
    award = making.award(person)
    token = token_of(award, person)
    accepts(judge("ob3-jwt", token, now=now(minutes=1), documents=of_site(award)))
    actions.suspend(making.fresh(award), actor=SYSTEM)
    refuses(judge("ob3-jwt", token, now=now(minutes=1), documents=of_site(award)), "suspension")


def test_a_token_that_is_not_ours_is_refused(judge: Judge) -> None:
    person = PersonFactory()
    award = making.award(person, of=making.badge_class(valid_months=1), awarded_on=clock.today())
    token, when = token_of(award, person), now(minutes=1)
    fetched = of_site(award)
    header, payload, signature = token.split(".")
    told = json.loads(jws.decoded(header))
    said = json.loads(jws.decoded(payload))

    def judged(text: str, when: str = when) -> Verdict:
        return judge("ob3-jwt", text, now=when, documents=fetched)

    accepts(judged(token))
    refuses(judged(token, now(days=40)), "exp")
    refuses(judged(token, now(days=-400)), "nbf")
    for altered in (said | {"name": "Autre"}, said | {"sub": "urn:uuid:0"}):
        refuses(judged(f"{header}.{to_base64url(jws.compact(altered))}.{signature}"), "signature")
    for forged in (told | {"alg": "none"}, told | {"alg": "HS256"}, told | {"jwk": {"kty": "RSA"}}):
        refuses(judged(f"{to_base64url(jws.compact(forged))}.{payload}.{signature}"))
    stranger = PrivateKey.generate(Algorithm.RS256)
    credential = vcjwt.credential(vcjwt.read(token))
    refuses(judged(vcjwt.sign_credential(credential, stranger, told["kid"])), "signature")


# SD-JWT VC


def in_wallet() -> tuple[Wallet, str, Any]:
    person = PersonFactory()
    awards = [making.proof_award(person).pk for _ in range(2)]
    offer = actions_wallet.offer(person, actor=owner(person), awards=awards, shows_name=True)
    wallet = Wallet(queries_wallet.link(offer))
    return wallet, wallet.take(queries_wallet.tx_code(offer)), offer


def of_passport(wallet: Wallet) -> dict[str, Any]:
    jobs.publish_all()
    lists = {f"{wallet.issuer}/tsl/{one.pk}": one.pk for one in StatusList.objects.filter(kind="token")}
    tokens = {address: served(f"/tsl/{pk}").decode() for address, pk in lists.items()}
    return {"jwt-vc-issuer": json.loads(served("/.well-known/jwt-vc-issuer"))} | tokens


def test_a_passport_is_accepted_whole_and_in_parts_with_the_holders_key(judge: Judge) -> None:
    wallet, text, _offer = in_wallet()
    fetched = of_passport(wallet)
    accepts(judge("sd-jwt", text, now=now(), documents=fetched))
    asked = {"nonce": QUESTION, "audience": VERIFIER, "now": now(), "documents": fetched}
    parts: tuple[list[Any], ...] = ([], [("skills", 0)], [("skills", 1, "origin")], list(sdjwt.disclosable(text)))
    for keep in parts:
        shown = sdjwt_binding.present(text, keep, QUESTION, VERIFIER, wallet.key, clock.now())
        verdict = judge("sd-jwt", shown, **asked)
        accepts(verdict)
        assert ("given_name" in verdict.claims) == (("given_name",) in keep)
        assert len(verdict.claims["skills"]) == len({path[1] for path in keep if path[0] == "skills"})
    silent = [path for path in sdjwt.disclosable(text) if path[-1] != "origin"]
    shown = sdjwt_binding.present(text, silent, QUESTION, VERIFIER, wallet.key, clock.now())
    assert all("origin" not in one for one in judge("sd-jwt", shown, **asked).claims["skills"])


def test_a_presentation_that_is_not_right_is_refused_by_others_too(judge: Judge) -> None:
    wallet, text, offer = in_wallet()
    fetched, paths = of_passport(wallet), list(sdjwt.disclosable(text))
    shown = sdjwt_binding.present(text, paths, QUESTION, VERIFIER, wallet.key, clock.now())
    asked: dict[str, Any] = {"nonce": QUESTION, "audience": VERIFIER, "now": now(), "documents": fetched}
    first = shown.split("~")[1]
    stranger = PrivateKey.generate(Algorithm.ES256)
    accepts(judge("sd-jwt", shown, **asked))
    refuses(judge("sd-jwt", shown, **asked | {"nonce": "another"}), "Nonce")
    refuses(judge("sd-jwt", shown, **asked | {"audience": "https://autre.example"}), "audience")
    refuses(judge("sd-jwt", shown, **asked | {"now": now(days=366)}), "exp")
    refuses(judge("sd-jwt", shown.replace(first, first[:-4] + "AAAA"), **asked))
    refuses(judge("sd-jwt", shown.replace(f"{first}~", "", 1), **asked))
    theirs = sdjwt_binding.present(text, paths, QUESTION, VERIFIER, stranger, clock.now())
    refuses(judge("sd-jwt", theirs, **asked))
    actions_wallet.withdraw(offer, actor=owner(offer.person))
    refuses(judge("sd-jwt", shown, **asked | {"documents": of_passport(wallet)}), "tatus")


# OpenID4VCI 1.0


def test_a_wallet_of_others_takes_the_passport_and_is_refused_by_name(judge: Judge) -> None:
    person = PersonFactory()
    awards = [making.proof_award(person).pk]

    def handed() -> dict[str, str]:
        offer = actions_wallet.offer(person, actor=owner(person), awards=awards)
        return {"link": queries_wallet.link(offer), "code": queries_wallet.tx_code(offer)}

    given = handed()
    taken = judge("oid4vci", given, now=now())
    accepts(taken)
    wallet = Wallet(given["link"])
    fetched = of_passport(wallet)
    accepts(judge("sd-jwt", taken.claims["credential"], now=now(), documents=fetched))
    assert WalletOffer.objects.unscoped("a test looks").get(taken_at__isnull=False).is_confirmed
    refuses(judge("oid4vci", given, now=now()), "invalid_grant")  # the code served
    wrong = handed()
    refuses(judge("oid4vci", wrong | {"code": f"{(int(wrong['code']) + 1) % 10**6:06}"}, now=now()), "invalid_grant")
    refuses(judge("oid4vci", handed(), now=now(), nonce="invented"), "invalid_nonce")
    refuses(judge("oid4vci", handed(), now=now(days=1)), "invalid_proof")
