"""Writes of the forms of Open Badges 2.0, for systems that read nothing newer; they name the person by a hash."""

import secrets

from django.utils.translation import gettext as _

from entremise.credentials import queries_keys as keys
from entremise.credentials import queries_v2
from entremise.credentials.models import Award, SigningKey
from entremise.credentials.rules import CredentialRefused
from entremise.lib.openbadges import ob2, ob3
from entremise.lib.openbadges.claims import Claim
from entremise.people import queries as people
from entremise.people.enums import Handling

SALT_BYTES = 16


def signed(award: Award, claim: Claim, key: SigningKey) -> bytes:
    """Write the signed form: a token that is on line nowhere."""
    where = queries_v2.places(award.badge_class.issuer, key=key.name, award=award)
    return ob2.signed(claim, where, _email(award), _salt(), keys.secret(key)).encode()


def hosted(award: Award, claim: Claim, key: SigningKey) -> bytes:
    """Write the form that is on line, for a person who agreed to it."""
    if not queries_v2.may_host(award):
        raise CredentialRefused(_("Ce format met le badge en ligne : donnez d'abord votre accord dans vos choix."))
    where = queries_v2.places(award.badge_class.issuer, key=key.name, award=award)
    return ob3.serialised(ob2.hosted(claim, where, _email(award), _salt()))


def _email(award: Award) -> str:
    if not award.badge_class.issuer.writes_v2:
        raise CredentialRefused(_("Cet émetteur ne remet pas ses badges dans l'ancien format Open Badges 2.0."))
    identity = people.identity_handled(award.person_id, Handling.TO_HERSELF) if award.person_id else None
    if identity is None or not identity.email:
        raise CredentialRefused(
            _("Ce format lie le badge à une adresse électronique : ajoutez la vôtre à vos coordonnées.")
        )
    return identity.email


def _salt() -> str:
    return secrets.token_urlsafe(SALT_BYTES)
