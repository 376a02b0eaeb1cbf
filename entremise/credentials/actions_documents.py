"""Writes of documents with proofs: certified CVs, certificates of employment."""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from entremise.credentials import actions, actions_issuers, queries, queries_documents, rules_documents
from entremise.credentials.enums import AwardSource, BadgeKind, BadgeState, RevokeReason, Verb
from entremise.credentials.links_documents import CV
from entremise.credentials.mails_documents import CertificateWritten
from entremise.credentials.models import Award, BadgeClass, Issuer
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
    said = [Post(_said(one.title, "posts"), one.started_on, one.ended_on) for one in posts]
    _check_posts(said)
    if len(skills) > rules_documents.MAX_CERTIFIED_SKILLS:
        raise CredentialRefused(
            _("Choisissez %(count)d compétences au plus.") % {"count": rules_documents.MAX_CERTIFIED_SKILLS}, "skills"
        )
    entered, left = rules_documents.period(said)
    _refuse_second(person, establishment, entered, left)
    certificate = EmploymentCertificate(
        person=person,
        establishment=establishment,
        posts=[_kept(one) for one in said],
        started_on=entered,
        ended_on=left,
        trainings=_said(trainings, "trainings"),
        signatory=_signatory(signatory),
        is_on_behalf=True,
        written_by_id=actor.user_id,
        created_at=clock.now(),
    )
    _validate(certificate, exclude=["person", "establishment", "award", "written_by"])
    certificate.award = _award(certificate, said, [one.label for one in skills])
    certificate.save(force_insert=True)
    certificate.skills.set(skills)
    _tell(certificate)
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


def employment_class(name: str) -> BadgeClass:
    """Return this service's own badge for certificates of employment; make it the first time."""
    issuer = actions_issuers.platform(name)
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
    _validate(cv, exclude=["person"])
    cv.save()
    cv.experiences.set([experiences[pk] for pk in told.experiences])
    cv.skills.set([skills[pk] for pk in told.skills])
    cv.awards.set([awards[pk] for pk in told.awards])


def _require_hers(field: str, ids: Collection[UUID], here: Collection[UUID], most: int) -> None:
    if not set(ids) <= set(here):
        raise CredentialRefused(_("Ce que vous avez choisi a changé entre-temps : choisissez de nouveau."), field)
    if len(ids) > most:
        raise CredentialRefused(_("Choisissez %(count)d lignes au plus.") % {"count": most}, field)


def _validate(row: CertifiedCv | EmploymentCertificate, *, exclude: Sequence[str]) -> None:
    try:
        row.clean_fields(exclude=exclude)
        row.validate_constraints(exclude=exclude)
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise CredentialRefused(sentences[0], "" if field == "__all__" else field) from error


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


def _refuse_second(person: Person, establishment: Establishment, entered: dt.date, left: dt.date) -> None:
    for one in queries_documents.standing_certificates(person):
        period = (one.started_on, one.ended_on or clock.today())
        if one.establishment_id == establishment.pk and rules_documents.overlaps(period, (entered, left)):
            raise CredentialRefused(
                _(
                    "Cette personne a déjà un certificat de cet employeur pour ces dates : "
                    "retirez-le d'abord s'il est faux."
                )
            )


def _kept(post: Post) -> dict[str, str]:
    return {
        "title": post.title,
        "started_on": post.started_on.isoformat(),
        "ended_on": post.ended_on.isoformat(),
    }


def _tell(certificate: EmploymentCertificate) -> None:
    """Write to the person that a certificate entered her passport, when her account has an address."""
    user = certificate.person.user
    if user is None or not user.email:
        return
    news = CertificateWritten(url=mail.absolute(f"/moi/certificats/{certificate.pk}/"))
    mail.send(news, to=user.email, about=certificate, language=user.language)


def _award(certificate: EmploymentCertificate, posts: Sequence[Post], skills: Sequence[str]) -> Award | None:
    if queries.declines(certificate.person):
        return None
    place = certificate.establishment
    narrative = rules_documents.told_of_employment(
        employer=place.legal_name or place.name,
        siret=place.siret,
        posts=posts,
        skills=skills,
        trainings=certificate.trainings,
        written_on=clock.local(certificate.created_at).date(),
    )
    award: Award = actions.award(
        employment_class(str(settings.BRAND.name)),
        actor=actions.PLATFORM,
        person=certificate.person,
        awarded_on=clock.local(certificate.created_at).date(),
        source=AwardSource.CERTIFICATE,
        source_id=certificate.pk,
        narrative=narrative,
        origin=place.name,
        assurance=Assurance.CHECKED,
    )
    return award
