"""Writes of endorsements: an issuer signs that it agrees with somebody else's badge, or with another issuer."""

from django.utils.translation import gettext as _

from entremise.credentials import actions_keys, queries_claims, rules, rules_issuing
from entremise.credentials import queries_keys as keys
from entremise.credentials.enums import BadgeState, Verb
from entremise.credentials.models import BadgeClass, Endorsement, Issuer
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.openbadges import endorsement
from entremise.lib.openbadges.keys import Algorithm
from entremise.lib.openbadges.limits import clean_text


@action(Verb.ENDORSED, may="credentials.endorse")
def endorse(
    endorser: Issuer, *, actor: Actor, text: str, badge_class: BadgeClass | None = None, issuer: Issuer | None = None
) -> Done:
    """Sign a word about a published badge or an issuer, shown on their pages until it is withdrawn."""
    Issuer.objects.select_for_update(of=("self",), no_key=True).get(pk=endorser.pk)  # two at once: one endorsement
    told = clean_text(text).strip()
    _require(endorser, told, badge_class, issuer)
    made = Endorsement(
        endorser=endorser, badge_class=badge_class, issuer=issuer, text=told, body=b"", created_at=clock.now()
    )
    target = badge_class or issuer or endorser
    address = queries_claims.achievement_address(badge_class) if badge_class else keys.did(issuer or endorser)
    key = actions_keys.signing_key(endorser, Algorithm.EDDSA)
    written = endorsement.Endorsement(
        id=rules.public_name(made.pk),
        target_id=address,
        comment=told,
        name=_("Recommandation de « %(name)s »") % {"name": target.name},
        endorser=keys.profile(endorser),
        valid_from=made.created_at,
    )
    made.body = endorsement.sign(written, keys.secret(key), keys.kid(key), made.created_at)
    made.save(force_insert=True)
    return Done(made, data={"target": str(target.pk), "of": target._meta.model_name})


@action(Verb.ENDORSEMENT_WITHDRAWN, may="credentials.endorse")
def withdraw(endorser: Issuer, *, actor: Actor, endorsement: Endorsement) -> Done:
    """Show an endorsement no more; its endorser may write another one."""
    if endorsement.endorser_id != endorser.pk:
        raise CredentialRefused(_("Cette recommandation est celle d'un autre émetteur."))
    Endorsement.objects.filter(pk=endorsement.pk, withdrawn_at=None).update(withdrawn_at=clock.now())
    endorsement.refresh_from_db()
    return Done(endorsement)


def _require(endorser: Issuer, text: str, badge_class: BadgeClass | None, issuer: Issuer | None) -> None:
    if endorser.stopped_at:
        raise CredentialRefused(_("Cet émetteur est arrêté : il ne recommande plus."))
    if (badge_class is None) == (issuer is None):
        raise CredentialRefused(_("Une recommandation porte sur un badge, ou sur un émetteur."))
    if not text or len(text) > rules_issuing.LONGEST_ENDORSEMENT:
        raise CredentialRefused(_("Dites pourquoi vous recommandez, en 1 000 caractères au plus."), "text")
    owner = badge_class.issuer if badge_class else issuer
    if owner is not None and owner.pk == endorser.pk:
        raise CredentialRefused(_("On ne se recommande pas soi-même : demandez-le à un autre émetteur."))
    if badge_class and badge_class.state != BadgeState.PUBLISHED:
        raise CredentialRefused(_("Ce badge n'est pas publié : il ne se recommande pas."))
    if issuer and issuer.stopped_at:
        raise CredentialRefused(_("Cet émetteur est arrêté : il ne se recommande pas."))
    living = Endorsement.objects.filter(endorser=endorser, withdrawn_at=None)
    if living.filter(badge_class=badge_class, issuer=issuer, award=None).exists():
        raise CredentialRefused(_("Vous avez déjà écrit cette recommandation : retirez-la pour en écrire une autre."))
