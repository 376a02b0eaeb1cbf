"""What badges do when a proof is given or taken back, and what they keep, export and forget of a person."""

from uuid import UUID

from django.db.models import F, Func, QuerySet, TextField, Value
from django.utils.translation import gettext_lazy as _

from entremise.credentials import (
    actions,
    actions_wallet,
    queries,
    queries_wallet,
    receivers_documents,
    receivers_issuing,
    receivers_sharing,
)
from entremise.credentials.enums import RevokeReason
from entremise.credentials.models import Award, BadgeChoice, Credential
from entremise.credentials.workflow import LIVING
from entremise.kernel import erasure, notices
from entremise.kernel.erasure import Held
from entremise.kernel.retention import Class
from entremise.kernel.retention import declare as keep
from entremise.passport.enums import EvidenceSource
from entremise.passport.models import Evidence

WHY = erasure.WHY


@notices.evidence_recorded.receiver
def award_badge(evidence_id: UUID) -> None:
    """Award the badge of a skill that somebody confirmed."""
    rows = Evidence.objects.unscoped("the proof just recorded").select_related(
        "held_skill__person", "held_skill__skill"
    )
    evidence = rows.get(pk=evidence_id)
    if evidence.source == EvidenceSource.VALIDATION:
        actions.award_proof(evidence, actor=actions.PLATFORM)


@notices.evidence_revoked.receiver
def withdraw_badge(evidence_id: UUID) -> None:
    """Withdraw the badge of a proof that was taken back."""
    award = queries.living_of_proof(evidence_id)
    if award:
        actions.withdraw(award, reason=RevokeReason.PROOF)


def erase(person_id: UUID) -> int:
    """Withdraw a person's badges everywhere, then forget them: what stays is a bit that leads to nobody."""
    rows = Award.objects.unscoped(WHY).filter(person_id=person_id)
    awards = list(rows.select_related("badge_class__issuer", "person"))
    count = receivers_documents.erase_documents(person_id)
    count += actions_wallet.erase(person_id) + receivers_issuing.erase(person_id) + receivers_sharing.erase(person_id)
    for award in awards:
        if award.state in LIVING:
            actions.withdraw(award, reason=RevokeReason.ERASED)
        actions.forget(award, actor=actions.PLATFORM)
    return count + len(awards) + BadgeChoice.objects.unscoped(WHY).filter(person_id=person_id).delete()[0]


HERS = "Identifiant de son propre dossier."
TECHNICAL = "Identifiant technique, sans information sur elle."


def _signed(person_id: UUID) -> QuerySet[Credential]:
    rows = Credential.objects.unscoped(WHY).filter(award__person_id=person_id)
    return rows.annotate(signed=Func(F("body"), Value("UTF8"), function="convert_from", output_field=TextField()))


HELD = (
    Held(
        "credentials.award",
        "person",
        (
            "id", "public_id", "subject_id", "badge_class__name", "badge_class__issuer__name", "source", "assurance",
            "origin", "narrative", "level", "awarded_on", "valid_until", "state", "reason", "is_shown", "created_at",
            "issued_at", "ended_at",
        ),
        {"person": HERS, "supersedes": TECHNICAL, "source_id": TECHNICAL}
        | {"reminded_days": "Dernier rappel de fin de validité envoyé."},
        order="awarded_on",
    ),
    Held(
        "credentials.credential",
        _signed,
        ("award", "form", "signed", "sha256", "created_at"),
        {"id": TECHNICAL, "key": "Clé de l'émetteur : son nom est dans le badge.", "body": "Donné sous « signed »."},
        order="created_at",
    ),
    Held(
        "credentials.statusentry",
        "award__person",
        unsaid={"id": TECHNICAL, "status_list": TECHNICAL, "index": TECHNICAL, "award": TECHNICAL}
        | {"wallet_offer": TECHNICAL},
    ),
    Held(
        "credentials.walletoffer",
        "person",
        (
            "id", "configuration", "shows_name", "try_count", "state", "ending", "created_at", "until", "exchanged_at",
            "taken_at", "is_confirmed", "valid_until", "ended_at",
        ),
        {"person": HERS, "token_hash": "Empreinte d'un secret qui ne sert que cinq minutes."}
        | {"token_until": "Fin de ces cinq minutes.", "key": "Clé de l'émetteur, qui n'est pas à elle."},
        order="created_at",
    ),
    Held("credentials.walletoffer_awards", "walletoffer__person", ("walletoffer", "award"), {"id": TECHNICAL}),
    Held("credentials.badgechoice", "person", ("declines", "hosts_v2", "changed_at"), {"person": HERS}),
    Held(
        "credentials.endorsement",
        "award__person",
        ("id", "award", "endorser__name", "text", "created_at", "withdrawn_at"),
        {"body": "La recommandation signée se télécharge avec le badge.", "badge_class": TECHNICAL}
        | {"issuer": TECHNICAL},
    ),
)  # fmt: skip

erasure.declare(
    erasure.Declaration(
        domain="credentials",
        title=_("Badges"),
        held=HELD + receivers_documents.HELD_DOCUMENTS + receivers_issuing.HELD + receivers_sharing.HELD,
        erase=erase,
        kept=_("La place de chaque badge dans la liste des badges retirés, qui ne mène à personne."),
    )
)

keep(
    *receivers_documents.CLASSES,
    Class(
        "credentials.awards",
        "Badges remis, leurs formes signées",
        "Mission d'intérêt public : la preuve appartient à la personne",
        "aussi longtemps que le compte",
        "la remise",
        "retirés et effacés avec le compte ; la place dans la liste des retraits reste, anonyme",
        by="effacement",
    ),
    Class(
        "credentials.wallets",
        "Compétences mises dans un portefeuille numérique : lesquelles et quand, sans ce que le portefeuille a reçu",
        "Demande de la personne",
        "aussi longtemps que le compte",
        "l'envoi",
        "retirés et effacés avec le compte",
        by="effacement",
    ),
    Class(
        "credentials.wallet_offers",
        "Envois vers un portefeuille que personne n'a pris",
        "Demande de la personne",
        "un jour",
        "l'envoi",
        "effacés",
        rows=queries_wallet.never_taken,
    ),
    Class(
        "credentials.wallet_nonces",
        "Empreintes des nombres qu'un portefeuille a signés",
        "Sécurité : un nombre ne sert qu'une fois",
        "cinq minutes",
        "la demande du nombre",
        "effacées",
        rows=queries_wallet.spent_nonces,
    ),
)
