"""Reads of documents with proofs: what a CV shows at this moment, the certificates of employment of a person."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from entremise.credentials import queries, rules_documents
from entremise.credentials.enums import AwardSource, AwardState, Form
from entremise.credentials.links_documents import CV
from entremise.credentials.models import Award, Credential
from entremise.credentials.models_certificates import CertifiedCv, EmploymentCertificate
from entremise.kernel import clock, links
from entremise.kernel.actors import Actor
from entremise.kernel.models import MailLink
from entremise.passport import queries as passport
from entremise.passport.models import Evidence, Experience, HeldSkill
from entremise.people import queries as people
from entremise.people.enums import Handling
from entremise.people.models import Identity, Person
from entremise.skills.models import Skill

OF_A_LINE = (AwardSource.VALIDATION, AwardSource.CERTIFICATE)  # the seal of a skill, or of an experience, says it
SHOWN = "what the person chose to show, under the address of her CV"


class LineState(StrEnum):
    """What a line of a CV is worth at this moment."""

    PROVED = "proved"
    SAID = "said"
    ENDED = "ended"  # it was proved, and is not any more
    GONE = "gone"  # the person does not show it any more


class MedalState(StrEnum):
    """What a badge of a CV is worth at this moment."""

    VALID = "valid"
    SIGNING = "signing"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    ENDED = "ended"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Line:
    """One skill of a CV, with its proof."""

    label: str
    state: LineState
    level: int = 0
    origin: str = ""
    witness_role: str = ""
    on: dt.date | None = None  # proved on, or not any more since


@dataclass(frozen=True, slots=True)
class Medal:
    """One badge of a CV."""

    name: str
    issuer: str
    state: MedalState
    awarded_on: dt.date
    on: dt.date | None = None  # its end


@dataclass(frozen=True, slots=True)
class Past:
    """One experience of a CV, with the skills that it gave and the certificate of its employer."""

    experience: Experience
    lines: tuple[Line, ...]
    certified_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the person chose to put on a CV."""

    title: str
    summary: str = ""
    template: str = CertifiedCv.Template.CLASSIC
    shows_contact: bool = True
    experiences: Collection[UUID] = ()
    skills: Collection[UUID] = ()
    awards: Collection[UUID] = ()


@dataclass(frozen=True, slots=True)
class CvPage:
    """Everything a CV shows, on the screen, on paper and under its address."""

    told: Told
    identity: Identity
    place: str
    pasts: tuple[Past, ...]
    others: tuple[Line, ...]  # skills of no experience shown
    medals: tuple[Medal, ...]
    gone_count: int
    all_lines: tuple[Line, ...] = field(default=())

    @property
    def is_by_skills(self) -> bool:
        """Tell which of the two templates it follows."""
        return self.told.template == CertifiedCv.Template.SKILLS

    @property
    def proved(self) -> list[Line]:
        """Return the skills that are proved now."""
        return [line for line in self.all_lines if line.state == LineState.PROVED]

    @property
    def unproved(self) -> list[Line]:
        """Return the other skills, what is not confirmed any more first."""
        return [line for line in self.all_lines if line.state != LineState.PROVED]

    @property
    def ended_count(self) -> int:
        """Return how many skills and badges do not hold any more."""
        lines = sum(line.state == LineState.ENDED for line in self.all_lines)
        return lines + sum(medal.state == MedalState.ENDED for medal in self.medals)


@dataclass(frozen=True, slots=True)
class Offered:
    """What a person may put on a CV."""

    experiences: list[Experience]
    skills: list[HeldSkill]
    awards: list[Award]


def offered(person: Person) -> Offered:
    """Return what a person may put on a CV: what she hides is not, nor a line's own badge."""
    return Offered(
        experiences=list(passport.experiences(person)),
        skills=passport.shown_skills(person),
        awards=list(queries.awards_of(person).filter(is_shown=True).exclude(source__in=OF_A_LINE)),
    )


def cvs(person: Person) -> list[CertifiedCv]:
    """Return a person's CVs, the latest changed first."""
    return list(person.certified_cvs.order_by("-changed_at", "pk"))


def cv_for(pk: UUID, actor: Actor) -> CertifiedCv | None:
    """Return one CV of the person who asks."""
    rows = CertifiedCv.objects.visible_to(actor).select_related("person__commune", "person__user")
    return rows.filter(pk=pk, person__user=actor.user_id).first() if actor.user_id else None


def told_of(cv: CertifiedCv) -> Told:
    """Return what was chosen for a CV."""
    return Told(
        title=cv.title,
        summary=cv.summary,
        template=cv.template,
        shows_contact=cv.shows_contact,
        experiences=list(cv.experiences.values_list("pk", flat=True)),
        skills=list(cv.skills.values_list("pk", flat=True)),
        awards=list(cv.awards.values_list("pk", flat=True)),
    )


def page(person: Person, told: Told, identity: Identity, *, since: dt.datetime) -> CvPage:
    """Return what a CV shows now; a proof that was taken back after `since` is said to be."""
    lines = _lines(person, told.skills, since)
    pasts, others = _pasts(person, told, lines)
    medals = _medals(person, told.awards)
    told_lines = [line for line, _held in lines]
    kept = sorted((line for line in told_lines if line.state != LineState.GONE), key=_rank)
    return CvPage(
        told=told,
        identity=identity,
        place=person.commune.name if person.commune else "",
        pasts=pasts,
        others=others,
        medals=tuple(medal for medal in medals if medal.state != MedalState.GONE),
        gone_count=len(told_lines) - len(kept) + sum(medal.state == MedalState.GONE for medal in medals),
        all_lines=tuple(kept),
    )


def own_page(cv: CertifiedCv, actor: Actor) -> CvPage:
    """Return what a CV shows, for the person herself."""
    identity = people.own_identity(cv.person, actor)
    return page(cv.person, told_of(cv), identity, since=cv.created_at)


def public_page(cv: CertifiedCv) -> CvPage:
    """Return what a CV shows to whoever has its address; its policy is that address."""
    identity = people.identity_handled(cv.person_id, Handling.EMPLOYER)
    return page(cv.person, told_of(cv), identity, since=cv.created_at)


def link_of(cv: CertifiedCv) -> MailLink | None:
    """Return the address of a CV."""
    return links.current(CV, cv.pk)


def public_cv(link: MailLink) -> CertifiedCv | None:
    """Return the CV behind an address, unless its owner removed or stopped it, or its time is over."""
    rows = CertifiedCv.objects.unscoped(SHOWN).select_related("person__commune", "person__user")
    cv = rows.filter(pk=link.target_id).first()
    if cv is None or not rules_documents.is_open(until=cv.until, stopped_at=cv.stopped_at, now=clock.now()):
        return None
    return cv


def signed_badges(cv: CertifiedCv) -> list[Credential]:
    """Return the signed badges that hold now, in their first form: those of a CV, and those of its proved skills."""
    proved = cv.person.held_skills.filter(skill__in=cv.skills.all(), is_shown=True, assurance__gt=0).values("skill")
    of_lines = Q(award__source=AwardSource.VALIDATION, award__badge_class__skill__in=proved, award__is_shown=True)
    rows = Credential.objects.unscoped("badges of a CV that was read").filter(
        Q(award__in=cv.awards.all()) | of_lines,
        award__person=cv.person_id,
        award__state=AwardState.ISSUED,
        form=Form.OB3_DI,
    )
    return list(rows.select_related("award__badge_class").order_by("award__awarded_on", "pk"))


def certificates(person: Person) -> QuerySet[EmploymentCertificate]:
    """Return a person's certificates of employment, the latest job first."""
    rows = person.employment_certificates.select_related("establishment__commune", "award", "person")
    return rows.order_by("-started_on", "-created_at")


def certificate_for(pk: UUID, actor: Actor) -> EmploymentCertificate | None:
    """Return one certificate of employment that the actor may see."""
    rows = EmploymentCertificate.objects.visible_to(actor).select_related(
        "establishment__commune", "award__badge_class__issuer", "award__person", "person"
    )
    return rows.prefetch_related("skills").filter(pk=pk).first()


def certificate_state(certificate: EmploymentCertificate) -> str:
    """Return the state of a certificate: that of its badge, or `unsigned` when the person wants none."""
    return certificate.award.state if certificate.award else "unsigned"


def standing_certificates(person: Person) -> list[EmploymentCertificate]:
    """Return the certificates of a person that hold."""
    lost = (AwardState.REVOKED, AwardState.DECLINED)
    rows = person.employment_certificates.select_related("award")
    return [one for one in rows if one.award is None or one.award.state not in lost]


def posts_of(certificate: EmploymentCertificate) -> list[rules_documents.Post]:
    """Return the posts of a certificate."""
    return [rules_documents.post_of(one) for one in certificate.posts]


def _lines(person: Person, skill_ids: Collection[UUID], since: dt.datetime) -> list[tuple[Line, HeldSkill | None]]:
    every = Evidence.objects.unscoped("prefetched from skills of a person who was read").order_by("-given_on")
    rows = person.held_skills.filter(skill__in=skill_ids)
    found = rows.prefetch_related(Prefetch("evidence", queryset=every), "experiences")
    held = {one.skill_id: one for one in found}
    skills = Skill.objects.filter(pk__in=skill_ids).order_by("label", "pk")
    return [(_line(skill, held.get(skill.pk), since), held.get(skill.pk)) for skill in skills]


def _line(skill: Skill, held: HeldSkill | None, since: dt.datetime) -> Line:
    evidence: list[Evidence] = list(held.evidence.all()) if held else []
    living = [one for one in evidence if one.revoked_at is None]
    ended = [one.revoked_at for one in evidence if one.revoked_at is not None and one.revoked_at >= since]
    if ended and not living:
        return Line(skill.label, LineState.ENDED, on=clock.local(max(ended)).date())
    if held is None or not held.is_shown:
        return Line(skill.label, LineState.GONE)
    if not living:
        return Line(skill.label, LineState.SAID)
    best = max(living, key=lambda one: (one.assurance, one.given_on))
    return Line(skill.label, LineState.PROVED, best.assurance, best.origin, best.witness_role, best.given_on)


def _pasts(
    person: Person, told: Told, lines: Sequence[tuple[Line, HeldSkill | None]]
) -> tuple[tuple[Past, ...], tuple[Line, ...]]:
    """Put each skill under the latest experience that gave it, among those shown; return also what is left."""
    shown = list(passport.experiences(person).filter(pk__in=told.experiences))
    certified = _certified(person) if shown else []
    left = [(line, held) for line, held in lines if line.state != LineState.GONE]
    pasts = []
    for experience in shown:
        mine = [line for line, held in left if held and experience in held.experiences.all()]
        left = [pair for pair in left if pair[0] not in mine]
        pasts.append(Past(experience, tuple(sorted(mine, key=_rank)), _certified_on(experience, certified)))
    return tuple(pasts), tuple(sorted((line for line, _held in left), key=_rank))


def _certified(person: Person) -> list[EmploymentCertificate]:
    rows: QuerySet[EmploymentCertificate] = person.employment_certificates.filter(
        award__state=AwardState.ISSUED, award__is_shown=True
    )
    return list(rows)


def _certified_on(experience: Experience, certified: Sequence[EmploymentCertificate]) -> dt.date | None:
    if experience.establishment_id is None:
        return None
    mine = (experience.started_on, experience.ended_on or clock.today())
    for one in certified:
        period = (one.started_on, one.ended_on or clock.today())
        if one.establishment_id == experience.establishment_id and rules_documents.overlaps(mine, period):
            return clock.local(one.created_at).date()
    return None


def _medals(person: Person, award_ids: Collection[UUID]) -> list[Medal]:
    rows = person.awards.filter(pk__in=award_ids).select_related("badge_class__issuer")
    return [_medal(one, clock.now()) for one in rows.order_by("-awarded_on", "-created_at")]


def _medal(award: Award, now: dt.datetime) -> Medal:
    states: dict[str, MedalState] = {
        AwardState.ISSUED: MedalState.VALID,
        AwardState.WAITING: MedalState.SIGNING,
        AwardState.SUSPENDED: MedalState.SUSPENDED,
        AwardState.REVOKED: MedalState.ENDED,
    }
    state = states.get(award.state, MedalState.GONE)
    end = award.ended_at
    if state == MedalState.VALID and award.valid_until and award.valid_until <= now:
        state, end = MedalState.EXPIRED, award.valid_until
    if not award.is_shown and state != MedalState.ENDED:
        state = MedalState.GONE
    on = clock.local(end).date() if end else None
    return Medal(award.badge_class.name, award.badge_class.issuer.name, state, award.awarded_on, on)


def _rank(line: Line) -> tuple[Any, ...]:
    order = [LineState.PROVED, LineState.ENDED, LineState.SAID, LineState.GONE]
    return (order.index(line.state), -line.level, line.label.casefold())
