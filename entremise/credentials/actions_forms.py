"""Writes of the signed forms: one when the badge is issued, the others the first time somebody asks for them."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from entremise.credentials import actions_forms_v2, actions_keys, actions_status, queries_claims
from entremise.credentials import queries_keys as keys
from entremise.credentials.enums import AwardState, Form, Verb
from entremise.credentials.models import Award, Credential, SigningKey
from entremise.credentials.models_status import StatusEntry
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.openbadges import ob3, vcjwt
from entremise.lib.openbadges.claims import Claim
from entremise.lib.openbadges.keys import Algorithm

SIGNED_WITH = {
    Form.OB3_DI: Algorithm.EDDSA,
    Form.OB3_JWT: Algorithm.RS256,
    Form.OB2_SIGNED: Algorithm.RS256,
    Form.OB2_HOSTED: Algorithm.RS256,  # it carries no signature: its issuer's site is its proof
}


@action(Verb.FORM_WRITTEN, may="credentials.own_award")
def form(award: Award, *, actor: Actor, form: Form) -> Done:
    """Return a signed form of one's own badge; sign it the first time."""
    locked = (
        Award.objects.unscoped("the policy decided on this row")
        .select_for_update(of=("self",), no_key=True)
        .select_related("badge_class__issuer")
        .get(pk=award.pk)
    )
    if locked.state == AwardState.WAITING:
        raise CredentialRefused(_("Ce badge est en cours de signature : réessayez dans une minute."))
    if locked.state not in (AwardState.ISSUED, AwardState.SUSPENDED):
        raise CredentialRefused(_("Ce badge n'est plus valable : il ne se télécharge plus."))
    kept = locked.credentials.filter(form=form).first()
    if kept is None:
        kept = _write(locked, form)
    return Done(kept, data={"form": form.value}, subject=locked)


def _write(award: Award, form: Form) -> Credential:
    """Sign an award in one form and keep the bytes; its places in the lists are taken the first time."""
    statuses = actions_status.references(actions_status.take_places(award))
    key = actions_keys.signing_key(award.badge_class.issuer, SIGNED_WITH[form])
    made = _signed(award, form, key, _WRITERS[form](award, queries_claims.claim(award, statuses), key))
    made.save(force_insert=True)
    return made


def again(award: Award, form: Form) -> bool:
    """Write a form once more; tell whether it could be (a person may have taken her agreement back meanwhile)."""
    try:
        with transaction.atomic():
            _write(award, form)
    except CredentialRefused:
        return False
    return True


def write_many(awards: Sequence[Award], places: Mapping[UUID, list[StatusEntry]]) -> None:
    """Sign many awards of one issuer in the form that each badge has, with one key read once."""
    key = actions_keys.signing_key(awards[0].badge_class.issuer, Algorithm.EDDSA)
    secret, kid = keys.secret(key), keys.kid(key)
    made = []
    for award in awards:
        claim = queries_claims.claim(award, actions_status.references(places[award.pk]))
        made.append(_signed(award, Form.OB3_DI, key, ob3.sign(claim, secret, kid, clock.now())))
    Credential.objects.bulk_create(made)


def _signed(award: Award, form: Form, key: SigningKey, body: bytes) -> Credential:
    digest = hashlib.sha256(body).hexdigest()
    return Credential(award=award, form=form, key=key, body=body, sha256=digest, created_at=clock.now())


def _data_integrity(award: Award, claim: Claim, key: SigningKey) -> bytes:
    return ob3.sign(claim, keys.secret(key), keys.kid(key), clock.now())


def _jwt(award: Award, claim: Claim, key: SigningKey) -> bytes:
    return vcjwt.sign(claim, keys.secret(key), keys.kid(key)).encode()


_WRITERS: dict[Form, Callable[[Award, Claim, SigningKey], bytes]] = {
    Form.OB3_DI: _data_integrity,
    Form.OB3_JWT: _jwt,
    Form.OB2_SIGNED: actions_forms_v2.signed,
    Form.OB2_HOSTED: actions_forms_v2.hosted,
}
