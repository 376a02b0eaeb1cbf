"""Everything to take away at once: each signed badge, the same in one learner record, and in the European model."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from entremise.credentials import actions_issuers, actions_keys, queries_claims, queries_portable
from entremise.credentials import queries_keys as keys
from entremise.credentials.enums import Verb
from entremise.credentials.models import Award, Issuer
from entremise.credentials.models_sharing import ForeignBadge
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.openbadges import clr, elm
from entremise.lib.openbadges.keys import Algorithm
from entremise.people import queries as people
from entremise.people.models import Person

RECORD_DAYS = 365  # the envelope; each badge in it has its own end


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the person takes away."""

    own: list[tuple[Award, bytes]]
    foreign: list[ForeignBadge]
    records: list[bytes]  # Comprehensive Learner Record 2.0, more than one when there are many badges
    europass: bytes  # European Learning Model, without a seal


@action(Verb.BUNDLED, may="credentials.hold")
def bundle(person: Person, *, actor: Actor) -> Done:
    """Gather the person's badges that hold, and sign the envelope of those that were given here."""
    own, foreign = queries_portable.held(person), queries_portable.held_elsewhere(person)
    if not own and not foreign:
        raise CredentialRefused(_("Vous n'avez pas encore de badge signé à emporter."))
    issuer = actions_issuers.platform(str(settings.BRAND.name))
    made = Bundle(own, foreign, _records(own, issuer), _europass(person, actor, own, issuer) if own else b"")
    return Done(made, data={"own": len(own), "foreign": len(foreign)}, subject=person)


def _records(own: Sequence[tuple[Award, bytes]], issuer: Issuer) -> list[bytes]:
    read = [json.loads(body) for _award, body in own]
    parts = [read[start : start + clr.MOST] for start in range(0, len(read), clr.MOST)]
    key, now = actions_keys.signing_key(issuer, Algorithm.EDDSA), clock.now()
    return [
        clr.sign(
            clr.Record(
                id=f"urn:uuid:{uuid4()}",
                subject_id=f"urn:uuid:{uuid4()}",
                name=_("Badges de compétences"),
                issuer=keys.profile(issuer),
                valid_from=now,
                valid_until=now + dt.timedelta(days=RECORD_DAYS),
                badges=part,
                is_partial=len(parts) > 1,
            ),
            keys.secret(key),
            keys.kid(key),
            now,
        )
        for part in parts
    ]


def _europass(person: Person, actor: Actor, own: Sequence[tuple[Award, bytes]], issuer: Issuer) -> bytes:
    identity = people.own_identity(person, actor)
    record = elm.Record(
        id=f"urn:uuid:{uuid4()}",
        title=_("Badges de compétences"),
        issuer=keys.profile(issuer),
        issued=clock.now(),
        claims=[queries_claims.claim(award, ()) for award, _body in own],
        given_name=identity.first_name,
        family_name=identity.last_name,
    )
    return json.dumps(elm.build(record), ensure_ascii=False, indent=1).encode()
