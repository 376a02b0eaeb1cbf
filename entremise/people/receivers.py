"""What the people domain keeps, forgets and exports for a person, the platform's own tables about her included."""

import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from entremise.accounts import queries as accounts
from entremise.accounts.models import User
from entremise.accounts.models_partners import GrantToken
from entremise.kernel import erasure, vault
from entremise.kernel.erasure import Held
from entremise.kernel.models import IdempotencyKey, JournalEntry, MailLink, OutboxMessage
from entremise.people import actions_restore, actions_rights, actions_vigilance, receivers_retention
from entremise.people.enums import Handling
from entremise.people.models import Consent, Identity, Person, Wish
from entremise.people.models_rights import InactivityWarning, PastRecord

LOADED = (actions_restore, actions_rights, actions_vigilance, receivers_retention)  # with the domain
WHY = erasure.WHY
HERS = "Identifiant de son propre dossier."
TECHNICAL = "Compteur technique, sans information sur elle."
OF_ANOTHER = "Donnée d'un professionnel, pas d'elle."
NEVER_SHOWN = "Secret qui protège son compte : il n'est jamais montré, même à elle."


def _account_of(person_id: UUID) -> User | None:
    return User.objects.filter(person=person_id).first()


def _of_account(table: str) -> Callable[[UUID], QuerySet[Any]]:
    def rows(person_id: UUID) -> QuerySet[Any]:
        model: Any = apps.get_model(table)
        return model._default_manager.filter(user__person=person_id)  # type: ignore[no-any-return]

    return rows


def _messages(person_id: UUID) -> QuerySet[Any]:
    """Return the messages written to her addresses; those written about her to others belong to other tables."""
    return OutboxMessage.objects.filter(recipient__in=_addresses(person_id))


def _links(person_id: UUID) -> QuerySet[Any]:
    return MailLink.objects.filter(recipient__in=_addresses(person_id))


def _addresses(person_id: UUID) -> list[str]:
    """Return the addresses and numbers at which we write to her."""
    identity = Identity.objects.unscoped(WHY).filter(pk=person_id).first()
    found = [account.email or "", account.phone or ""] if (account := _account_of(person_id)) else []
    found += [identity.email, identity.phone] if identity else []
    return sorted({address for address in found if address})


def _keys(person_id: UUID) -> QuerySet[Any]:
    account = _account_of(person_id)
    return IdempotencyKey.objects.filter(actor_id=str(account.pk) if account else "")


def _journal(person_id: UUID) -> QuerySet[Any]:
    return JournalEntry.objects.filter(person_id=person_id)


def erase(person_id: UUID) -> int:
    """Forget who the person is, her account, wishes and messages; keep rows that say nothing of her."""
    with vault.handled([person_id], purpose=Handling.RIGHTS):
        return _erase(person_id)


def _erase(person_id: UUID) -> int:
    account = _account_of(person_id)
    is_at_work = account is not None and accounts.is_professional(account)
    addresses = [] if is_at_work else _addresses(person_id)
    about = Q(about_type="people.person", about_id=str(person_id))
    gone = erasure.forget_messages(OutboxMessage.objects.filter(about | Q(recipient__in=addresses)))
    gone += MailLink.objects.filter(recipient__in=addresses).delete()[0]
    for model in (Identity, Wish, Consent, PastRecord, InactivityWarning):
        rows: Any = model.objects
        gone += rows.unscoped(WHY).filter(person_id=person_id).delete()[0]
    Person.objects.unscoped(WHY).filter(pk=person_id).exclude(reference__startswith="~").update(
        user=None, referent=None, commune=None, available_on=None, contracts=[], schedules=[], languages=[],
        licences=[], confirmed_at=None, reference=f"~{secrets.token_hex(5)}", mobility_km=20, working_time="any",
    )  # fmt: skip
    return gone + (_erase_account(account) if account and not is_at_work else 0)


def _erase_account(account: User) -> int:
    """Delete an account, its second factors, its sessions and the traces of its forms."""
    marks = [str(account.pk), account.email or "", account.phone or ""]
    gone = sum(_close(session, marks) for session in Session.objects.iterator(chunk_size=500))
    gone += IdempotencyKey.objects.filter(actor_id=str(account.pk)).delete()[0]
    return gone + account.delete()[0]


def _close(session: Session, marks: list[str]) -> int:
    """Delete a session that is hers, or in which somebody was about to enter with her address."""
    said = str(session.get_decoded())
    return session.delete()[0] if any(mark and mark in said for mark in marks) else 0


_ACCOUNT = (
    Held(
        "accounts.user",
        "person",
        ("email", "phone", "phone_verified", "language", "created_at", "last_login"),
        {
            "id": HERS,
            "password": NEVER_SHOWN,
            "first_name": "Réservé aux professionnels : vide pour elle.",
            "last_name": "Réservé aux professionnels : vide pour elle.",
            "is_active": "Toujours vrai quand elle peut demander ses données.",
            "is_recruiter": "Toujours faux pour elle : un recruteur a un autre compte.",
        },
    ),
    Held(
        "account.emailaddress",
        _of_account("account.emailaddress"),
        ("email", "verified", "primary"),
        {"id": HERS, "user": HERS},
    ),
    Held(
        "accounts.signin",
        _of_account("accounts.signin"),
        ("at", "browser", "system", "is_new_device", "succeeded", "ended_at"),
        {"id": TECHNICAL, "user": HERS, "session_hash": NEVER_SHOWN},
        order="at",
    ),
    Held(
        "accounts.grant",
        _of_account("accounts.grant"),
        ("id", "application__name", "scopes", "created_at", "until", "last_used_at", "ended_at", "ending"),
        {"user": HERS},
        order="created_at",
    ),
    Held(
        "accounts.granttoken",
        lambda person_id: GrantToken.objects.filter(grant__user__person=person_id),
        ("kind", "until", "used_at"),
        {
            "token_hash": NEVER_SHOWN,
            "grant": "L'autorisation est donnée avec son application.",
            "challenge": NEVER_SHOWN,
            "redirect": "Adresse de l'application, sans information sur elle.",
        },
        order="until",
    ),
    Held(
        "mfa.authenticator",
        _of_account("mfa.authenticator"),
        ("type", "created_at", "last_used_at"),
        {"id": HERS, "user": HERS, "data": NEVER_SHOWN},
    ),
)
_PROFILE = (
    Held(
        "people.person",
        "pk",
        (
            "id", "reference", "commune__code", "commune__name", "department__code", "department__name",
            "agency__name", "mobility_km", "available_on", "contracts", "working_time", "schedules", "languages",
            "licences", "validated_skill_count", "confirmed_at", "created_at",
        ),
        {"user": HERS, "referent": OF_ANOTHER + " Son nom est sur la page de l'agence."},
    ),
    Held("people.identity", "pk", ("first_name", "last_name", "email", "phone"), {"person": HERS}),
    Held(
        "people.wish",
        "person",
        ("occupation__rome_code", "occupation__label", "rank"),
        {"id": TECHNICAL, "person": HERS},
        order="rank",
    ),
    Held(
        "people.consent",
        "person",
        (
            "id", "kind", "text__version", "text__language", "text__published_on", "text__body", "visibility",
            "given_at", "withdrawn_at",
        ),
        {"person": HERS},
        order="given_at",
    ),
    Held(
        "people.accessquestion",
        "person",
        ("id", "entry_id", "agency__name", "asked_at", "answered_at", "answer"),
        {"person": HERS, "answered_by": OF_ANOTHER},
        order="asked_at",
    ),
    Held(
        "people.intermediationact",
        "person",
        ("id", "kind", "at", "agency__name", "purpose", "validated_skill_count"),
        {"person": HERS, "actor": OF_ANOTHER, "establishment_id": "L'établissement est dit avec chaque promotion."},
        order="at",
    ),
    Held("people.pastrecord", "person", ("table", "facts", "taken_back_at"), {"id": TECHNICAL, "person": HERS}),
    Held("people.inactivitywarning", "person", ("sent_at",), {"person": HERS}),
)  # fmt: skip
_TRACES = (
    Held(
        "kernel.journalentry",
        _journal,
        ("at", "verb", "actor_kind", "purpose", "subject_type", "before", "after", "data"),
        {
            "id": TECHNICAL,
            "actor_id": OF_ANOTHER + " La page « Qui a vu mon profil » dit qui, en toutes lettres.",
            "organisation_id": OF_ANOTHER,
            "subject_id": "Identifiant technique de la chose concernée.",
            "person_id": HERS,
            "xid": TECHNICAL,
        },
        order="at",
    ),
    Held(
        "kernel.outboxmessage",
        _messages,
        ("kind", "channel", "recipient", "language", "subject", "text", "state", "created_at", "sent_at"),
        {
            "id": TECHNICAL,
            "html": "Les mêmes mots que le texte, avec leur mise en page.",
            "about_type": TECHNICAL,
            "about_id": TECHNICAL,
            "department": TECHNICAL,
            "rank": TECHNICAL,
            "not_before_at": TECHNICAL,
            "leased_until_at": TECHNICAL,
            "attempt_count": TECHNICAL,
            "last_error": TECHNICAL,
        },
        order="created_at",
    ),
    Held(
        "kernel.maillink",
        _links,
        ("purpose", "recipient", "issued_at", "expires_at", "opened_at", "used_at", "revoked_at"),
        {"id": NEVER_SHOWN, "target_id": TECHNICAL, "short_code_hash": NEVER_SHOWN},
        order="issued_at",
    ),
    Held(
        "kernel.idempotencykey",
        _keys,
        (),
        dict.fromkeys(("key", "actor_id", "location", "created_at"), "Trace d'un formulaire envoyé, gardée 7 jours."),
    ),
)

erasure.declare(
    erasure.Declaration(
        domain="people",
        title=_("Compte, profil, identité, souhaits et consentements"),
        held=(*_ACCOUNT, *_PROFILE, *_TRACES),
        erase=erase,
        kept=_("Les actes d'intermédiation restent sans nom ni commune, pour les statistiques du territoire."),
        restore=actions_restore.restore,
        restored=("people.person", "people.identity", "people.wish"),
    )
)
