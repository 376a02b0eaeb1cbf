"""What documents with proofs keep, export and forget of a person; `receivers` declares it with the rest."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from entremise.credentials import receivers_issuing
from entremise.credentials.links_documents import CV
from entremise.credentials.models_certificates import CertifiedCv, EmploymentCertificate
from entremise.kernel import erasure
from entremise.kernel.erasure import Held
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.kernel.retention import Class

HERS = "Identifiant de son propre dossier."
TECHNICAL = "Identifiant technique, sans information sur elle."


def _certificates(person_id: UUID) -> QuerySet[EmploymentCertificate]:
    """Return her certificates, and those that wait for her at her address."""
    rows: QuerySet[EmploymentCertificate] = EmploymentCertificate.objects.unscoped(erasure.WHY)
    waiting = receivers_issuing.claims_of(person_id).values("award_id")
    return rows.filter(Q(person_id=person_id) | Q(person=None, award__in=waiting))


def _certified_skills(person_id: UUID) -> QuerySet[Any]:
    links: Any = EmploymentCertificate.skills.through
    rows: QuerySet[Any] = links.objects.filter(employmentcertificate__in=_certificates(person_id))
    return rows


HELD_DOCUMENTS = (
    Held(
        "credentials.certifiedcv",
        "person",
        (
            "id", "title", "summary", "template", "shows_contact", "created_at", "changed_at", "until", "view_count",
            "stopped_at",
        ),
        {"person": HERS},
        order="created_at",
    ),
    Held(
        "credentials.certifiedcv_experiences",
        "certifiedcv__person",
        ("certifiedcv", "experience", "experience__title"),
        {"id": TECHNICAL},
    ),
    Held(
        "credentials.certifiedcv_skills",
        "certifiedcv__person",
        ("certifiedcv", "skill__source", "skill__external_id", "skill__label"),
        {"id": TECHNICAL},
    ),
    Held(
        "credentials.certifiedcv_awards",
        "certifiedcv__person",
        ("certifiedcv", "award", "award__badge_class__name"),
        {"id": TECHNICAL},
    ),
    Held(
        "credentials.employmentcertificate",
        _certificates,
        (
            "id", "establishment__siret", "establishment__name", "award", "posts", "started_on", "ended_on",
            "trainings", "signatory", "is_on_behalf", "created_at",
        ),
        {"person": HERS, "written_by": "Un professionnel : le journal, donné en entier, dit qui a écrit."},
        order="started_on",
    ),
    Held(
        "credentials.employmentcertificate_skills",
        _certified_skills,
        ("employmentcertificate", "skill__source", "skill__external_id", "skill__label"),
        {"id": TECHNICAL},
    ),
)  # fmt: skip
CLASSES = (
    Class(
        "credentials.certified_cvs",
        "CV certifiés : ce que la personne a choisi d'y montrer, et leur adresse",
        "Demande de la personne",
        "aussi longtemps que le compte ; montrés deux ans",
        "la dernière modification",
        "effacés avec le compte, ou quand la personne les retire",
        by="personne",
    ),
    Class(
        "credentials.employment_certificates",
        "Certificats de travail numériques",
        "Mission d'intérêt public : la preuve appartient à la personne",
        "aussi longtemps que le compte ; si personne ne le prend, autant que le badge qui attend",
        "l'écriture",
        "effacés avec le compte, et leur badge retiré ; ou avec le badge que personne n'a pris",
        by="effacement",
    ),
)


def erase_documents(person_id: UUID) -> int:
    """Forget a person's CVs with their addresses, and her certificates of employment; return how many."""
    cvs = CertifiedCv.objects.unscoped(erasure.WHY).filter(person_id=person_id)
    MailLink.objects.filter(purpose=CV.name, target_id__in=list(cvs.values_list("pk", flat=True))).delete()
    count = cvs.count()
    cvs.delete()
    certificates = EmploymentCertificate.objects.unscoped(erasure.WHY).filter(person_id=person_id)
    ids = [str(pk) for pk in certificates.values_list("pk", flat=True)]
    about = EmploymentCertificate._meta.label_lower
    erasure.forget_messages(OutboxMessage.objects.filter(about_type=about, about_id__in=ids))
    count += len(ids)
    certificates.delete()
    return count
