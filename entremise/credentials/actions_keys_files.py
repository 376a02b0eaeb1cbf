"""Writes of the file by which an issuer takes its keys elsewhere, and of those that it brings."""

import base64
import datetime as dt
import json
from typing import Any

from django.utils.translation import gettext as _

from entremise.credentials import queries_keys as keys
from entremise.credentials.enums import KeyState, Verb
from entremise.credentials.models import Issuer, SigningKey
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock, keyring, passphrases
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.openbadges.keys import KeyRefused, PrivateKey

KIND = "entremise.badges.keys.1"


@action(Verb.KEY_EXPORTED, may="credentials.keys")
def export(issuer: Issuer, *, actor: Actor, passphrase: str) -> Done:
    """Return a file with the keys that an issuer did not give up, sealed by a passphrase."""
    published = list(keys.published_keys(issuer))
    content = {"issuer": issuer.slug, "did": keys.did(issuer), "keys": [_written(key) for key in published]}
    file = passphrases.seal(json.dumps(content).encode(), passphrase, KIND)
    return Done(file, data={"keys": [key.name for key in published]}, subject=issuer)


@action(Verb.KEY_MADE, may="credentials.keys")
def bring(issuer: Issuer, *, actor: Actor, file: bytes, passphrase: str) -> Done:
    """Take the keys of a file; those that this issuer has already are left as they are."""
    Issuer.objects.select_for_update(of=("self",), no_key=True).get(pk=issuer.pk)
    content = json.loads(passphrases.open_sealed(file, passphrase, KIND))
    if content["issuer"] != issuer.slug:
        raise CredentialRefused(_("Ce fichier contient les clés d'un autre émetteur."))
    brought = [name for one in content["keys"] if (name := _bring(issuer, one))]
    return Done(brought, data={"keys": brought, "brought": True}, subject=issuer)


def _written(key: SigningKey) -> dict[str, Any]:
    return {
        "name": key.name,
        "active_from": key.active_from.isoformat(),
        "created_at": key.created_at.isoformat(),
        "private": base64.b64encode(keys.secret(key).der()).decode(),
    }


def _bring(issuer: Issuer, one: dict[str, Any]) -> str:
    """Keep one key; return its name when it is new here."""
    try:
        private = PrivateKey.from_der(base64.b64decode(one["private"]))
    except KeyRefused as error:
        raise CredentialRefused(_("Une clé de ce fichier ne peut pas être lue.")) from error
    known = SigningKey.objects.filter(issuer=issuer, name=one["name"]).first()
    if known:
        if keys.public(known).thumbprint() != private.public.thumbprint():
            raise CredentialRefused(_("Une autre clé porte déjà le nom « %(name)s ».") % {"name": one["name"]})
        return ""
    is_first = keys.active_key(issuer, private.algorithm) is None
    key = SigningKey(
        issuer=issuer,
        name=one["name"],
        algorithm=private.algorithm.value,
        public_jwk=private.public.jwk(),
        state=KeyState.ACTIVE if is_first else KeyState.RETIRED,
        created_at=dt.datetime.fromisoformat(one["created_at"]),
        active_from=dt.datetime.fromisoformat(one["active_from"]),
        retired_at=None if is_first else clock.now(),
    )
    key.sealed = keyring.seal(private.der(), keys.key_context(key.pk))
    key.save(force_insert=True)
    return key.name
