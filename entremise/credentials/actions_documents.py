"""Writes of documents with proofs: certified CVs, certificates of employment."""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from entremise.credentials import (
    actions,
    actions_certificates,
    actions_issuers,
    queries,
    queries_documents,
    rules_documents,
)
from entremise.credentials.enums import AwardSource, RevokeReason, Verb
from entremise.credentials.links_documents import CV
from entremise.credentials.mails_documents import CertificateWritten
from entremise.credentials.models import Award
from entremise.credentials.models_certificates import CertifiedCv, EmploymentCertificate
from entremise.credentials.queries_documents import Told
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.rules_documents import Post
from entremise.credentials.workflow import LIVING
from entremise.employers.models import Establishment
from entremise.kernel import clock, links, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.openbadges.limits import clean_text
from entremise.passport.enums import Assurance
from entremise.people.models import Person
from entremise.people.queries import hold
from entremise.skills.models import Skill

LOCKING = "the policy decided on this row; it is read again to lock it"


@action(Verb.CV_CERTIFIED, may="credentials.hold")
def certify_cv(person: Person, *, actor: Actor, told: Told) -> Done:
    """Make a CV whose proofs anyone may check at its address."""
    hold(person.pk)
    if person.certified_cvs.count() >= rules_documents.MAX_CVS:
        raise CredentialRefused(_("Vous avez déjà beaucoup de CV : retirez-en un avant d'en faire un autre."))
    now = clock.now()
    cv = CertifiedCv(person=person, created_at=now)
    _write(cv, told)
    links.issue(CV, cv.pk, "")  # printed, sent to nobody by us
    return Done(cv, data=_counts(told))


@action(Verb.CV_CHANGED, may="credentials.own")
def change_cv(cv: CertifiedCv, *, actor: Actor, told: Told) -> Done:
    """Change what a CV shows; its address stays, and can be checked for two more years."""
    locked = _locked(cv)
    _write(locked, told)
    return Done(locked, data=_counts(told))


@action(Verb.CV_STOPPED, may="credentials.own")
def stop_cv(cv: CertifiedCv, *, actor: Actor) -> CertifiedCv:
    """Show a CV to nobody any more: its address says so, and nothing else."""
    locked = _locked(cv)
    locked.stopped_at = locked.stopped_at or clock.now()
    locked.save(update_fields=["stopped_at"])
    return locked


@action(Verb.CV_RESUMED, may="credentials.own")
def resume_cv(cv: CertifiedCv, *, actor: Actor) -> CertifiedCv:
    """Show a stopped CV again, at the same address."""
    locked = _locked(cv)
    locked.stopped_at, locked.until = None, rules_documents.cv_until(clock.now())
    locked.save(update_fields=["stopped_at", "until"])
    return locked


@action(Verb.CV_REMOVED, may="credentials.own")
def remove_cv(cv: CertifiedCv, *, actor: Actor) -> Done:
    """Forget a CV; its address leads to nothing, until the person takes the removal back."""
    person, pk = cv.person, str(cv.pk)
    _locked(cv).delete()
    return Done(None, data={"cv": pk}, subject=person)


@action(Verb.CV_RESTORED, may="credentials.hold")
def restore_cv(person: Person, *, actor: Actor, pk: UUID, told: Told, created_at: dt.datetime, views: int) -> Done:
    """Take back the removal of a CV: the same one, at the same address."""
    hold(person.pk)
    if CertifiedCv.objects.unscoped(LOCKING).filter(pk=pk).exists():
        raise CredentialRefused(_("Ce CV est déjà là."))
    owned = queries_documents.offered(person)
    here = {one.pk for one in owned.experiences}, {one.skill_id for one in owned.skills}, {a.pk for a in owned.awards}
    kept = Told(
        title=told.title,
        summary=told.summary,
        template=told.template,
        shows_contact=told.shows_contact,
        experiences=here[0] & set(told.experiences),
        skills=here[1] & set(told.skills),
        awards=here[2] & set(told.awards),
    )
    cv = CertifiedCv(pk=pk, person=person, created_at=created_at, view_count=views)
    _write(cv, kept)
    if links.current(CV, pk) is None:
        links.issue(CV, pk, "")
    return Done(cv, data=_counts(kept))


def note_view(cv: CertifiedCv) -> None:
    """Count one look at the address of a CV (a number for its owner; who looked is not kept)."""
    CertifiedCv.objects.unscoped("counts looks").filter(pk=cv.pk).update(view_count=F("view_count") + 1)


@action(Verb.EMPLOYMENT_WRITTEN, may="credentials.certify_employment")
def certify_employment(
    person: Person,
    *,
    actor: Actor,
    establishment: Establishment,
    posts: Sequence[Post],
    signatory: str,
    skills: Collection[Skill] = (),
    trainings: str = "",
) -> Done:
    """Write a certificate of employment for an employer; it is signed as a badge, unless the person wants none."""
    hold(person.pk)
    certificate = actions_certificates.draft(
        establishment,
        by=actor.user_id,
        posts=posts,
        signatory=signatory,
        skills=skills,
        trainings=trainings,
        is_on_behalf=True,
    )
    certificate.person = person
    _refuse_second(person, certificate)
    certificate.award = _award(person, certificate, skills)
    certificate.save(force_insert=True)
    certificate.skills.set(skills)
    _tell(person, certificate)
    return Done(certificate, data={"establishment": str(establishment.pk), "is_signed": certificate.award is not None})


@action(Verb.EMPLOYMENT_WITHDRAWN, may="credentials.withdraw_employment")
def withdraw_employment(certificate: EmploymentCertificate, *, actor: Actor) -> EmploymentCertificate:
    """Withdraw a certificate that was written by mistake; copies of it are refused everywhere."""
    award = certificate.award
    if award is None:
        raise CredentialRefused(_("Ce certificat n'est pas signé : demandez à la personne de le retirer."))
    if award.state not in LIVING:
        raise CredentialRefused(_("Ce certificat ne vaut déjà plus."))
    actions.withdraw(award, reason=RevokeReason.MISTAKE)
    return certificate


@action(Verb.EMPLOYMENT_CONTESTED, may="credentials.own")
def contest_employment(certificate: EmploymentCertificate, *, actor: Actor) -> Done:
    """Let the person refuse a certificate: it leaves her passport, and copies of it are refused."""
    award = certificate.award
    if award is None:
        person, pk = certificate.person, str(certificate.pk)
        certificate.delete()
        return Done(None, data={"certificate": pk}, subject=person)
    if award.state not in LIVING:
        raise CredentialRefused(_("Ce certificat ne vaut déjà plus."))
    actions.decline(award, actor=actor)
    return Done(certificate, data={"award": str(award.pk)})


def _write(cv: CertifiedCv, told: Told) -> None:
    """Keep what was chosen, when all of it is the person's to show."""
    owned = queries_documents.offered(cv.person)
    experiences = {one.pk: one for one in owned.experiences}
    skills = {one.skill_id: one.skill for one in owned.skills}
    awards = {one.pk: one for one in owned.awards}
    _require_hers("experiences", told.experiences, experiences.keys(), rules_documents.MAX_EXPERIENCES)
    _require_hers("skills", told.skills, skills.keys(), rules_documents.MAX_SKILLS)
    _require_hers("awards", told.awards, awards.keys(), rules_documents.MAX_AWARDS)
    if not told.experiences and not told.skills:
        raise CredentialRefused(_("Choisissez au moins une expérience ou une compétence."), "experiences")
    now = clock.now()
    cv.title, cv.summary = clean_text(told.title).strip(), clean_text(told.summary).strip()
    cv.template, cv.shows_contact = told.template, told.shows_contact
    cv.changed_at, cv.until = now, rules_documents.cv_until(now)
    actions_certificates.validate(cv, exclude=["person"])
    cv.save()
    cv.experiences.set([experiences[pk] for pk in told.experiences])
    cv.skills.set([skills[pk] for pk in told.skills])
    cv.awards.set([awards[pk] for pk in told.awards])


def _require_hers(field: str, ids: Collection[UUID], here: Collection[UUID], most: int) -> None:
    if not set(ids) <= set(here):
        raise CredentialRefused(_("Ce que vous avez choisi a changé entre-temps : choisissez de nouveau."), field)
    if len(ids) > most:
        raise CredentialRefused(_("Choisissez %(count)d lignes au plus.") % {"count": most}, field)


def _counts(told: Told) -> dict[str, object]:
    return {
        "template": str(told.template),
        "experiences": len(told.experiences),
        "skills": len(told.skills),
        "awards": len(told.awards),
    }


def _locked(cv: CertifiedCv) -> CertifiedCv:
    rows = CertifiedCv.objects.unscoped(LOCKING).select_for_update(of=("self",), no_key=True)
    found = rows.select_related("person__commune", "person__user").filter(pk=cv.pk).first()
    if found is None:
        raise CredentialRefused(_("Ce CV n'est plus là : il a été retiré dans une autre fenêtre."))
    return found


def _refuse_second(person: Person, written: EmploymentCertificate) -> None:
    today = clock.today()
    for one in queries_documents.standing_certificates(person):
        if one.establishment_id == written.establishment_id and rules_documents.overlaps(
            (one.started_on, one.ended_on or today), (written.started_on, written.ended_on or today)
        ):
            raise CredentialRefused(
                _(
                    "Cette personne a déjà un certificat de cet employeur pour ces dates : "
                    "retirez-le d'abord s'il est faux."
                )
            )


def _tell(person: Person, certificate: EmploymentCertificate) -> None:
    """Write to the person that a certificate entered her passport, when her account has an address."""
    user = person.user
    if user is None or not user.email:
        return
    news = CertificateWritten(url=mail.absolute(f"/moi/certificats/{certificate.pk}/"))
    mail.send(news, to=user.email, about=certificate, language=user.language)


def _award(person: Person, certificate: EmploymentCertificate, skills: Collection[Skill]) -> Award | None:
    if queries.declines(person):
        return None
    issuer = actions_issuers.platform(str(settings.BRAND.name))
    award: Award = actions.award(
        actions_certificates.employment_class(issuer),
        actor=actions.PLATFORM,
        person=person,
        awarded_on=actions_certificates.written_on(certificate),
        source=AwardSource.CERTIFICATE,
        source_id=certificate.pk,
        narrative=actions_certificates.narrative(certificate, skills),
        origin=certificate.establishment.name,
        assurance=Assurance.CHECKED,
    )
    return award
