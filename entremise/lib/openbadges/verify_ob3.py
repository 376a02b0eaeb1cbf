"""Credentials of Open Badges 3.0, badges and endorsements: with a Data Integrity proof, or as a token."""

from __future__ import annotations

from typing import Any

from entremise.lib.openbadges import content, di, did, jws, moments, schema, vcjwt
from entremise.lib.openbadges.claims import written
from entremise.lib.openbadges.fetched import host
from entremise.lib.openbadges.keys import PublicKey
from entremise.lib.openbadges.reasons import Refused, Step
from entremise.lib.openbadges.report import Form
from entremise.lib.openbadges.verify_inquiry import SKEW, Inquiry
from entremise.lib.openbadges.verify_keys import SELF_DESCRIBED, key_of_issuer
from entremise.lib.openbadges.verify_status import check_status
from entremise.lib.openbadges.verify_time import check_dates

BADGES = frozenset({"OpenBadgeCredential", "AchievementCredential"})
ENDORSEMENT = "EndorsementCredential"
VCDM_1 = "https://www.w3.org/2018/credentials/v1"  # Open Badges 3.0 before 2.0 of the data model: no schema of ours
FORMS = {  # is a token, is an endorsement
    (False, False): Form.OB3,
    (True, False): Form.OB3_JWT,
    (False, True): Form.ENDORSEMENT,
    (True, True): Form.ENDORSEMENT_JWT,
}
WHOLE = "vc+jwt"  # the payload is the credential itself
OTHER_SUITES = frozenset(
    {"Ed25519Signature2018", "Ed25519Signature2020", "JsonWebSignature2020", "bbs-2023", "ecdsa-jcs-2019",
     "ecdsa-rdfc-2019", "ecdsa-sd-2023", "eddsa-jcs-2022"}
)  # fmt: skip
Json = dict[str, Any]


def check_document(inquiry: Inquiry, document: Json) -> None:
    """Check a credential that carries its proof."""
    if not _has_form(inquiry, document, is_token=False):
        return
    if check_proofs(inquiry, document):
        _check_rest(inquiry, document)


def check_token(inquiry: Inquiry, token: str) -> Json | None:
    """Check a credential that is a token; return it when its signature holds."""
    read: list[jws.Token] = []
    found: list[Json] = []
    if not inquiry.holds(Step.FORM, lambda: read.append(_token(token))):
        return None
    if not inquiry.holds(Step.FORM, lambda: found.append(_credential(inquiry, read[0]))):
        return None
    document = found[0]
    if not _has_form(inquiry, document, is_token=True):
        return None
    keys: list[PublicKey] = []
    issuer = content.identifier(document.get("issuer"))
    if not inquiry.holds(Step.ISSUER, lambda: keys.append(_key(inquiry, issuer, read[0].kid))):
        inquiry.skipped(Step.SIGNATURE, "not_checked")
        return None
    _issuer_passed(inquiry, issuer)
    if not inquiry.holds(Step.SIGNATURE, lambda: read[0].check(keys[0])):
        return None
    inquiry.passed(Step.SIGNATURE, "signature_ok")
    _check_rest(inquiry, document)
    return document


def _token(text: str) -> jws.Token:
    token = jws.read(text)
    if token.header.get("typ") != WHOLE:
        return vcjwt.read(text)
    if not token.kid:
        raise Refused("token_without_key")
    return token


def _credential(inquiry: Inquiry, token: jws.Token) -> Json:
    """Return the credential of a token: with its claims repeated (Open Badges 3.0), or alone (VC-JOSE-COSE §3.1.1)."""
    if token.header.get("typ") != WHOLE:
        return vcjwt.credential(token)
    document = token.claims()
    if document.get("iss", content.identifier(document.get("issuer"))) != content.identifier(document.get("issuer")):
        raise Refused("claim_mismatch", name="iss")
    if "exp" in document and moments.read_seconds(document["exp"]) <= inquiry.now:  # of the signature alone
        raise Refused("proof_expired", ended=written(moments.read_seconds(document["exp"])))
    return document


def check_proofs(inquiry: Inquiry, document: Json) -> bool:
    """Note whether each proof is of a key of the issuer, and holds; tell whether all of them do."""
    proofs: list[Json] = []
    if not inquiry.holds(Step.SIGNATURE, lambda: proofs.extend(di.proofs(document))):
        return False
    issuer = content.identifier(document.get("issuer"))
    if not all(_check_proof(inquiry, document, proof, issuer) for proof in proofs):  # the first that fails is enough
        return False
    inquiry.passed(Step.SIGNATURE, "signature_ok")
    return True


def _check_proof(inquiry: Inquiry, document: Json, proof: Json, issuer: str) -> bool:
    said: list[di.Proof] = []
    keys: list[PublicKey] = []
    if not inquiry.holds(Step.SIGNATURE, lambda: said.append(_timely(inquiry, _readable(proof)))):
        return False
    if not inquiry.holds(Step.ISSUER, lambda: keys.append(_key(inquiry, issuer, said[0].kid))):
        inquiry.skipped(Step.SIGNATURE, "not_checked")
        return False
    _issuer_passed(inquiry, issuer)
    return inquiry.holds(Step.SIGNATURE, lambda: _signed(inquiry, document, proof, keys[0]))


def _key(inquiry: Inquiry, issuer: str, kid: str) -> PublicKey:
    """Return the key that signs; that of an issuer who is no more than a number can be known, not whose it is."""
    if issuer.startswith("urn:") and kid.startswith(SELF_DESCRIBED):
        inquiry.failed(Step.ISSUER, "issuer_unprovable")
        return did.key_of(kid)
    return key_of_issuer(inquiry, issuer, kid)


def _readable(proof: Json) -> di.Proof:
    """Read a proof; one of a sound suite that we do not have says nothing against the badge."""
    for name in content.texts([proof.get("cryptosuite"), proof.get("type")]):
        if name in OTHER_SUITES:
            raise Refused("unsupported_suite", suite=name)
    return di.read(proof)


def _timely(inquiry: Inquiry, proof: di.Proof) -> di.Proof:
    if proof.created > inquiry.now + SKEW:
        raise Refused("proof_from_future", created=written(proof.created))
    if proof.expires is not None and proof.expires <= inquiry.now:
        raise Refused("proof_expired", ended=written(proof.expires))
    return proof


def _signed(inquiry: Inquiry, document: Json, proof: Json, key: PublicKey) -> None:
    if not inquiry.signed(document, proof, key):
        raise Refused("wrong_signature")


def _has_form(inquiry: Inquiry, document: Json, *, is_token: bool) -> bool:
    types = set(content.texts(document.get("type")))
    is_endorsement = ENDORSEMENT in types
    if not is_endorsement and not types & BADGES:
        inquiry.failed(Step.FORM, "not_a_badge")
        return False
    inquiry.form = FORMS[is_token, is_endorsement]
    inquiry.content = content.of_ob3(document)
    check = schema.check_endorsement if is_endorsement else schema.check_achievement
    if VCDM_1 not in content.texts(document.get("@context")) and not inquiry.holds(
        Step.FORM, lambda: check(_as_schema_wants(document))
    ):
        return False
    inquiry.passed(Step.FORM, "form_ok", form=inquiry.form.value)
    return True


def _as_schema_wants(document: Json) -> Json:
    """Return the credential as the schema describes it: one status, an array of proofs.

    VCDM 2.0 allows several statuses (§4.10) and one proof alone (§4.12); both are checked in their own step.
    """
    shaped = dict(document)
    if isinstance(document.get("credentialStatus"), list) and document["credentialStatus"]:
        shaped["credentialStatus"] = document["credentialStatus"][0]
    if isinstance(document.get("proof"), dict):
        shaped["proof"] = [document["proof"]]
    return shaped


def _issuer_passed(inquiry: Inquiry, issuer: str) -> None:
    if not any(one.step is Step.ISSUER for one in inquiry.checks):  # several proofs: said once
        name = inquiry.content.issuer.name if inquiry.content else ""
        inquiry.passed(Step.ISSUER, "issuer_ok", name=name or issuer[:200], place=place_of(issuer))


def place_of(issuer: str) -> str:
    """Return what a reader recognises an issuer by: the name of its site, else its identifier."""
    if issuer.startswith("did:web:"):
        return issuer.removeprefix("did:web:").partition(":")[0].replace("%3A", ":")
    return host(issuer) if issuer.startswith("https://") else issuer[:60]


def _check_rest(inquiry: Inquiry, document: Json) -> None:
    """Check dates and status of a credential whose signature holds."""
    inquiry.holds(Step.TIME, lambda: _check_time(inquiry, document))
    check_status(inquiry, document)


def _check_time(inquiry: Inquiry, document: Json) -> None:
    begins = document.get("validFrom", document.get("issuanceDate"))
    ends = document.get("validUntil", document.get("expirationDate"))
    check_dates(inquiry, di.moment(begins), di.moment(ends) if ends is not None else None)
