"""Writes about issuers: this service's own, those that organisations of the network and partners open."""

from typing import Any

from django.utils.translation import gettext as _

from entremise.accounts.models import Organisation
from entremise.credentials import queries_keys as keys
from entremise.credentials import rules
from entremise.credentials.enums import IssuerKind, Verb
from entremise.credentials.models import Issuer
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor

PLATFORM_SLUG = "service"
TOLD = ("name", "description", "url", "email", "department", "establishment", "writes_v2")


def platform(name: str) -> Issuer:
    """Return this service's own issuer; make it the first time."""
    found = keys.platform()
    if found:
        return found
    made, _is_new = Issuer.objects.get_or_create(
        kind=IssuerKind.PLATFORM, defaults={"slug": PLATFORM_SLUG, "name": name, "created_at": clock.now()}
    )
    return made


@action(Verb.ISSUER_OPENED, may="credentials.open_issuer")
def open_issuer(organisation: Organisation, *, actor: Actor, kind: IssuerKind, name: str, **told: Any) -> Issuer:
    """Open an issuer for an organisation; its name in addresses is made from its name, and never changes."""
    slug = rules.slugify(name)
    if not slug:
        raise CredentialRefused(_("Ce nom ne contient ni lettre ni chiffre : choisissez-en un autre."), "name")
    if Issuer.objects.filter(slug=slug).exists():
        slug = f"{slug}-{Issuer.objects.filter(slug__startswith=slug).count() + 1}"
    issuer = Issuer(organisation=organisation, kind=kind, name=name.strip(), slug=slug, created_at=clock.now())
    _tell(issuer, told)
    issuer.save(force_insert=True)
    return issuer


@action(Verb.ISSUER_CHANGED, may="credentials.manage_issuer")
def change(issuer: Issuer, *, actor: Actor, **told: Any) -> Done:
    """Correct what an issuer says of itself; badges already signed keep what they said."""
    locked = Issuer.objects.select_for_update(of=("self",), no_key=True).get(pk=issuer.pk)
    _tell(locked, told)
    locked.save()
    return Done(locked, data={"fields": sorted(told)})


@action(Verb.ISSUER_STOPPED, may="credentials.stop_issuer")
def stop(issuer: Issuer, *, actor: Actor) -> Issuer:
    """Let an issuer award no more; what it awarded holds."""
    Issuer.objects.filter(pk=issuer.pk, stopped_at=None).update(stopped_at=clock.now())
    issuer.refresh_from_db()
    return issuer


@action(Verb.ISSUER_STARTED, may="credentials.stop_issuer")
def start(issuer: Issuer, *, actor: Actor) -> Issuer:
    """Let a stopped issuer award again."""
    Issuer.objects.filter(pk=issuer.pk).update(stopped_at=None)
    issuer.refresh_from_db()
    return issuer


def _tell(issuer: Issuer, told: dict[str, Any]) -> None:
    if unknown := set(told) - set(TOLD):
        raise TypeError(f"not to be said here: {sorted(unknown)}")
    for name, value in told.items():
        setattr(issuer, name, value.strip() if isinstance(value, str) else value)
