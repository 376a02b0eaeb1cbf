"""Writes of certified employers: the certificate of employment that they sign themselves, offered to an address."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from entremise.credentials import actions, actions_certificates, actions_claims, queries_employers, rules_documents
from entremise.credentials.enums import AwardSource, Verb
from entremise.credentials.models import Award, BadgeClass, Issuer
from entremise.credentials.models_certificates import EmploymentCertificate
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.rules_documents import Post
from entremise.employers.models import Establishment
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.passport.enums import Assurance
from entremise.skills.models import Skill


@action(Verb.EMPLOYMENT_WRITTEN, may="credentials.write_certificate")
def write(
    issuer: Issuer,
    *,
    actor: Actor,
    name: str,
    email: str,
    posts: Sequence[Post],
    signatory: str,
    skills: Collection[Skill] = (),
    trainings: str = "",
) -> Done:
    """Write a certificate for somebody who takes it by a link: nothing says whether the address is known here."""
    told, address = actions_claims.read_name(name), actions_claims.read_address(email)
    place = _place(issuer)
    certificate = actions_certificates.draft(
        place,
        by=actor.user_id,
        posts=posts,
        signatory=signatory,
        skills=skills,
        trainings=trainings,
        is_on_behalf=False,
    )
    _refuse_name(certificate, told, address)
    badge_class = actions_certificates.employment_class(
        issuer
    )  # it locks the issuer: two forms at once are told apart
    if queries_employers.is_written_for(certificate, address):
        raise CredentialRefused(
            _("Un certificat pour ces dates attend déjà cette personne à cette adresse : retirez-le s'il est faux."),
            "email",
        )
    certificate.award = _award(badge_class, certificate, skills)
    certificate.save(force_insert=True)
    certificate.skills.set(skills)
    actions_claims.let_wait(certificate.award, name=told, address=address)
    return Done(certificate, data={"establishment": str(place.pk), "is_signed": True})


def _place(issuer: Issuer) -> Establishment:
    """Return the establishment for which an employer writes, as the directory knows it now."""
    fresh = Issuer.objects.select_related("establishment").get(pk=issuer.pk)
    place, reason = fresh.establishment, queries_employers.not_to_write(fresh)
    if reason or place is None:
        raise CredentialRefused(reason)
    return place


def _award(badge_class: BadgeClass, certificate: EmploymentCertificate, skills: Collection[Skill]) -> Award:
    """Give the badge to nobody yet; it is signed with the employer's key once it is taken."""
    award: Award = actions.award(
        badge_class,
        actor=actions.PLATFORM,
        person=None,
        awarded_on=actions_certificates.written_on(certificate),
        source=AwardSource.CERTIFICATE,
        source_id=certificate.pk,
        narrative=actions_certificates.narrative(certificate, skills),
        origin=certificate.establishment.name,
        assurance=Assurance.SIGNED,
    )
    return award


def _refuse_name(certificate: EmploymentCertificate, name: str, address: str) -> None:
    """Keep the person's name out of what is signed: her badge is hers to show without it."""
    told = {"posts": " ; ".join(one["title"] for one in certificate.posts), "trainings": certificate.trainings}
    for field, text in told.items():
        if rules_documents.names(text, name) or address in text.casefold():
            raise CredentialRefused(
                _(
                    "Le badge ne porte ni le nom ni l'adresse de la personne : elle seule choisit à qui elle les "
                    "montre. Retirez-les de ce texte."
                ),
                field,
            )
