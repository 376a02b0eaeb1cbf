"""What every certificate of employment goes through, whoever writes it: its rules, its badge, what the badge says."""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from entremise.credentials import rules_documents
from entremise.credentials.enums import BadgeKind, BadgeState
from entremise.credentials.models import BadgeClass, Issuer
from entremise.credentials.models_certificates import CertifiedCv, EmploymentCertificate
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.rules_documents import Post
from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.lib.openbadges.limits import clean_text
from entremise.skills.models import Skill


def draft(
    establishment: Establishment,
    *,
    by: UUID | None,
    posts: Sequence[Post],
    signatory: str,
    skills: Collection[Skill],
    trainings: str,
    is_on_behalf: bool,
) -> EmploymentCertificate:
    """Return a certificate that keeps to the rules, for nobody yet and not saved."""
    said = [Post(_said(one.title, "posts"), one.started_on, one.ended_on) for one in posts]
    _check_posts(said)
    if len(skills) > rules_documents.MAX_CERTIFIED_SKILLS:
        raise CredentialRefused(
            _("Choisissez %(count)d compétences au plus.") % {"count": rules_documents.MAX_CERTIFIED_SKILLS}, "skills"
        )
    entered, left = rules_documents.period(said)
    certificate = EmploymentCertificate(
        establishment=establishment,
        posts=[_kept(one) for one in said],
        started_on=entered,
        ended_on=left,
        trainings=_said(trainings, "trainings"),
        signatory=_signatory(signatory),
        is_on_behalf=is_on_behalf,
        written_by_id=by,
        created_at=clock.now(),
    )
    validate(certificate, exclude=["person", "establishment", "award", "written_by"])
    return certificate


def narrative(certificate: EmploymentCertificate, skills: Collection[Skill]) -> str:
    """Return what the badge of a certificate says: no name is in it."""
    place = certificate.establishment
    return rules_documents.told_of_employment(
        employer=place.legal_name or place.name,
        siret=place.siret,
        posts=[rules_documents.post_of(one) for one in certificate.posts],
        skills=[one.label for one in skills],
        trainings=certificate.trainings,
        written_on=written_on(certificate),
        is_on_behalf=certificate.is_on_behalf,
    )


def written_on(certificate: EmploymentCertificate) -> dt.date:
    """Return the day on which a certificate was written."""
    return clock.local(certificate.created_at).date()


def employment_class(issuer: Issuer) -> BadgeClass:
    """Return the badge with which an issuer signs certificates of employment; make it the first time."""
    Issuer.objects.select_for_update(of=("self",), no_key=True).get(pk=issuer.pk)  # two first ones at once: one badge
    published = BadgeClass.objects.filter(issuer=issuer, kind=BadgeKind.EMPLOYMENT, state=BadgeState.PUBLISHED)
    if found := published.select_related("issuer").first():
        return found
    now = clock.now()
    with override("fr"):  # the badge is written in French, whoever acts
        made = BadgeClass(
            issuer=issuer,
            name=_("Certificat de travail"),
            description=_("Cette personne a travaillé dans l'établissement nommé, aux dates et aux emplois indiqués."),
            criteria=_(
                "L'employeur, ou un conseiller en son nom d'après ce que l'employeur a écrit ou dit, certifie les "
                "dates d'entrée et de sortie, les emplois occupés, les compétences exercées et les formations suivies."
            ),
            kind=BadgeKind.EMPLOYMENT,
            state=BadgeState.PUBLISHED,
            created_at=now,
            published_at=now,
        )
    made.save(force_insert=True)
    return made


def validate(row: CertifiedCv | EmploymentCertificate, *, exclude: Sequence[str]) -> None:
    """Refuse a row whose columns or constraints are not kept, with a sentence and its field."""
    try:
        row.clean_fields(exclude=exclude)
        row.validate_constraints(exclude=exclude)
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise CredentialRefused(sentences[0], "" if field == "__all__" else field) from error


def _said(text: str, field: str) -> str:
    cleaned = clean_text(text).strip()
    if word := rules_documents.word_to_leave_out(cleaned):
        raise CredentialRefused(
            _(
                "« %(word)s » n'a pas sa place ici : un certificat de travail ne dit ni pourquoi le contrat a pris "
                "fin, ni ce que l'employeur pensait de la personne (code du travail, art. L. 1234-19 et D. 1234-6)."
            )
            % {"word": word},
            field,
        )
    return cleaned


def _signatory(text: str) -> str:
    signatory = clean_text(text).strip()
    if not signatory:
        raise CredentialRefused(
            _("Écrivez la fonction et le nom de la personne qui parle pour l'employeur."), "signatory"
        )
    return signatory


def _check_posts(posts: Sequence[Post]) -> None:
    sentences = {
        "order": _("La date de sortie doit venir après la date d'entrée."),
        "future": _("Un certificat de travail s'écrit quand le contrat est terminé : la date de sortie est à venir."),
        "past": _("Vérifiez l'année : cette date est trop ancienne."),
    }
    if not posts or not all(one.title for one in posts):
        raise CredentialRefused(_("Écrivez l'emploi occupé et ses dates."), "posts")
    for one in posts:
        if wrong := rules_documents.wrong_date(one, clock.today()):
            raise CredentialRefused(sentences[wrong], "posts")


def _kept(post: Post) -> dict[str, str]:
    return {
        "title": post.title,
        "started_on": post.started_on.isoformat(),
        "ended_on": post.ended_on.isoformat(),
    }
