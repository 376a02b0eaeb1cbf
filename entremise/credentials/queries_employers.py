"""Reads about certificates of employment that a certified employer writes itself; it sees nobody's file."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from entremise.credentials import queries_issuing, rules_documents
from entremise.credentials.enums import AwardSource, AwardState, IssuerKind
from entremise.credentials.models import Award, Issuer
from entremise.credentials.models_certificates import EmploymentCertificate
from entremise.kernel import clock


def not_to_write(issuer: Issuer) -> str:
    """Return why this issuer writes no certificate of employment now, or an empty text."""
    place = issuer.establishment
    if issuer.kind != IssuerKind.EMPLOYER or place is None:
        return _(
            "Seul un employeur écrit lui-même un certificat de travail, pour son établissement. Un conseiller peut "
            "en écrire un au nom d'un employeur, depuis le profil de la personne."
        )
    if not place.is_open:
        return _(
            "L'établissement %(name)s est fermé dans le répertoire des entreprises : il n'écrit plus de certificat. "
            "Un conseiller peut en écrire un en son nom."
        ) % {"name": place.name}
    return _("Cet émetteur est arrêté : il n'écrit plus de certificat.") if issuer.stopped_at else ""


def certificates_of(issuer: Issuer) -> QuerySet[Award]:
    """Return the badges of the certificates that an issuer wrote, the latest first."""
    return queries_issuing.awards_of(issuer).filter(source=AwardSource.CERTIFICATE)


def is_written_for(written: EmploymentCertificate, address: str) -> bool:
    """Tell whether a certificate of this employer for some of these dates already waits at this address."""
    today = clock.today()
    rows: QuerySet[EmploymentCertificate] = EmploymentCertificate.objects.unscoped(queries_issuing.HOUSE)
    waiting = rows.filter(
        person=None,
        establishment=written.establishment,
        award__state=AwardState.OFFERED,
        award__claim__email=address,
    )
    period = (written.started_on, written.ended_on or today)
    return any(rules_documents.overlaps((one.started_on, one.ended_on or today), period) for one in waiting)
