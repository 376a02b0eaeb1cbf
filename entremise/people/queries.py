"""Reads about people: the person's own profile, consents, the looks at a file."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.accounts.enums import MemberRole, OrganisationKind
from entremise.accounts.models import Agency, Membership, User
from entremise.kernel import clock, journal, vault
from entremise.kernel.actors import Actor, ActorKind, Role
from entremise.kernel.models import JournalEntry
from entremise.lib.geo import Point, distance_km
from entremise.people import rules
from entremise.people.enums import ConsentKind, Handling, RevealPurpose, Verb, Visibility
from entremise.people.models import Consent, ConsentText, Identity, Person, Wish
from entremise.people.models_access import AccessQuestion
from entremise.territories.models import Commune

# Who is behind a look at what was sent to an employer, by the type of its subject: the domains that send fill it.
EMPLOYERS_BEHIND: dict[str, Callable[[Collection[UUID]], Mapping[UUID, str]]] = {}
SAME_LOOK = dt.timedelta(minutes=5)
OWN_FILE = "own_file"
BUILTIN = Path(__file__).resolve().parent / "builtin"
ROLE_WORDS = {
    MemberRole.PLACEMENT_ADVISER: gettext_lazy("conseil aux demandeurs d'emploi"),
    MemberRole.BUSINESS_ADVISER: gettext_lazy("conseil aux entreprises"),
    MemberRole.TEAM_LEAD: gettext_lazy("responsable d'équipe"),
    MemberRole.DIRECTOR: gettext_lazy("direction"),
}


def person_of(actor: Actor) -> Person | None:
    """Return a jobseeker's own profile with its places and `shared`: what employers may see."""
    if not actor.has(Role.JOBSEEKER):
        return None
    given = promotion_consents().filter(person=OuterRef("pk"))
    mine = Person.objects.visible_to(actor).annotate(
        shared=Subquery(given.values("visibility")[:1]), text_version=Subquery(given.values("text__version")[:1])
    )
    return mine.select_related("commune", "department", "agency__organisation", "user").first()


def own_identity(person: Person, actor: Actor) -> Identity:
    """Return a person's identity to herself, empty when she gave none."""
    return _identity(vault.pass_of([person.pk], actor=actor, purpose=OWN_FILE)) or Identity(person=person)


def reached_by(values: Collection[str], actor: Actor) -> list[tuple[UUID, str]]:
    """Return whom these addresses and telephones (E.164) reach in the actor's departments: who, and by what."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id, by_what from vault.find(%s, %s)", [list(values), list(actor.departments)])
        return [(person_id, value) for person_id, value in cursor.fetchall()]


def identity_handled(person_id: UUID, purpose: str) -> Identity:
    """Return an identity, empty when there is none, for what the platform itself writes; it is shown to nobody.

    `purpose` is one of `Handling`: each says for what.
    """
    signed = vault.pass_of([person_id], actor=None, purpose=Handling(purpose))
    return _identity(signed) or Identity(person_id=person_id)


def identities_handled(person_ids: Collection[UUID], purpose: str) -> dict[UUID, Identity]:
    """Return the identities of several people, in one look, as `identity_handled` does for one."""
    if not person_ids:
        return {}
    signed = vault.pass_of(person_ids, actor=None, purpose=Handling(purpose))
    return {one.person_id: one for one in Identity.objects.raw("select * from vault.read(%s, %s)", signed)}


def _identity(signed: list[str]) -> Identity | None:
    return next(iter(Identity.objects.raw("select * from vault.read(%s, %s)", signed)), None)


def hold(person_id: UUID) -> None:
    """Make whoever else writes about this person wait for the end of this transaction; taken before other locks."""
    people = Person.objects.unscoped("the caller's policy decided on this person")
    people.select_for_update(of=("self",), no_key=True).filter(pk=person_id).first()


def wishes(person: Person) -> list[Wish]:
    """Return the occupations a person looks for, in her order."""
    return list(person.wishes.select_related("occupation").order_by("rank"))


def is_fresh(person: Person, today: dt.date) -> bool:
    """Tell whether a profile was confirmed recently enough."""
    return rules.is_fresh(person.confirmed_at and clock.local(person.confirmed_at).date(), today)


def person_with_reference(typed: str, actor: Actor) -> Person | None:
    """Return the person whose reference was typed or dictated, among those the actor may see."""
    reference = rules.read_reference(typed)
    return Person.objects.visible_to(actor).filter(reference=reference).first() if reference else None


def agency_near(commune: Commune) -> Agency | None:
    """Return the employment service's agency of the commune's department that is nearest to it."""
    agencies = Agency.objects.filter(
        department=commune.department_id, organisation__kind=OrganisationKind.EMPLOYMENT_SERVICE
    ).select_related("commune")
    return min(agencies, key=lambda agency: (_distance(agency.commune, commune), str(agency.pk)), default=None)


def current_text(kind: str = ConsentKind.PROMOTION, language: str = "fr") -> ConsentText:
    """Return the latest text of a consent in a language, in French when it is not translated."""
    texts = ConsentText.objects.filter(kind=kind, language__in=[language, "fr"])
    ranked = sorted(texts, key=lambda text: (text.version, text.language == language))
    if not ranked:
        raise ConsentText.DoesNotExist(f"no text for {kind}: load the built-in texts")
    return ranked[-1]


def builtin_texts() -> list[ConsentText]:
    """Return the product's own texts, not saved (`<kind>.v<version>.<language>.txt`, the date on the first line)."""
    texts = []
    for path in sorted(BUILTIN.glob("*.txt")):
        kind, version, language = path.stem.split(".")
        date, body = path.read_text(encoding="utf-8").split("\n", 1)
        texts.append(
            ConsentText(
                kind=ConsentKind(kind),
                version=int(version.removeprefix("v")),
                language=language,
                body=body.strip(),
                published_on=dt.date.fromisoformat(date.strip()),
            )
        )
    return texts


def current_consent(person: Person, kind: str = ConsentKind.PROMOTION) -> Consent | None:
    """Return the consent in force, with its text."""
    return person.consents.filter(kind=kind, withdrawn_at=None).select_related("text").first()


def consent_history(person: Person, kind: str = ConsentKind.PROMOTION) -> QuerySet[Consent]:
    """Return every consent of a person, newest first."""
    return person.consents.filter(kind=kind).select_related("text").order_by("-given_at")


def has_consent(person_id: UUID, kind: str = ConsentKind.PROMOTION) -> bool:
    """Tell whether a consent is in force now."""
    return _in_force(kind).filter(person=person_id).exists()


def promotion_consents() -> QuerySet[Consent]:
    """Return the promotion consents in force, whoever gave them."""
    return _in_force(ConsentKind.PROMOTION)


def recruiter_search_consents() -> QuerySet[Consent]:
    """Return the consents in force to a text that names the search by recruiters; who read another is not in it."""
    return promotion_consents().filter(text__version__gte=rules.RECRUITERS_FROM)


def accepted_text(person: Person, version: int, kind: str = ConsentKind.PROMOTION) -> ConsentText | None:
    """Return a text that a person accepted once, None when she never did."""
    known = person.consents.filter(kind=kind, text__version=version).select_related("text").order_by("-given_at")
    found = known.first()
    return found.text if found else None


def visibility_now(person_id: UUID, promised: str) -> Visibility | None:
    """Return how an employer may see the profile now: never more than promised, nothing without consent."""
    given = promotion_consents().filter(person=person_id).values_list("visibility", flat=True).first()
    if given is None:
        return None
    return Visibility.NAMED if given == promised == Visibility.NAMED else Visibility.ANONYMOUS


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a person's file: who, from where, what for and when, in words."""

    entry_id: int
    who: str
    role: str
    place: str
    what: str
    why: str
    at: dt.datetime
    is_questioned: bool = False
    answer: str = ""
    answered_at: dt.datetime | None = None
    has_identity: bool = False

    @property
    def day(self) -> str:
        """Return the day in words."""
        return formats.date_format(clock.local(self.at), "l j F Y")

    @property
    def hour(self) -> str:
        """Return the hour in words."""
        return formats.date_format(clock.local(self.at), _("G \\h i"))

    @property
    def when(self) -> str:
        """Return the day and the hour in words."""
        moment = clock.local(self.at)
        day = formats.date_format(moment, "l j F Y")
        # Translators: the format of an hour, as in "10 h 12".
        return _("%(day)s à %(hour)s") % {"day": day, "hour": formats.date_format(moment, _("G \\h i"))}

    @property
    def signature(self) -> str:
        """Return who looked, with the role and the place when they are known."""
        return ", ".join(filter(None, (self.who, self.role, self.place)))

    @property
    def sentence(self) -> str:
        """Return the whole look in one line."""
        return " — ".join(filter(None, (self.signature, self.why, self.when)))


def access_history(person: Person, *, limit: int | None = None) -> list[Look]:
    """Return who looked at a person's file, newest first; her own visits are not looks."""
    entries = journal.who_read(person.pk).exclude(actor_kind=ActorKind.JOB)
    if person.user_id:
        entries = entries.exclude(actor_id=str(person.user_id))
    kept = list(entries[:limit] if limit else entries)
    members = _memberships({UUID(entry.actor_id) for entry in kept if entry.actor_kind == ActorKind.USER})
    asked = {} if limit else {one.entry_id: one for one in person.access_questions.all()}
    questioned = set() if limit else _questioned(person.pk) | set(asked)
    employers = _employers(kept)
    looks = [
        _look(
            entry, members.get(entry.actor_id, []), is_questioned=entry.pk in questioned,
            employer=employers.get((entry.subject_type, entry.subject_id), ""),
        )
        for entry in kept
    ]  # fmt: skip
    return [_with_answer(look, asked.get(look.entry_id)) for look in looks]


def _with_answer(look: Look, question: AccessQuestion | None) -> Look:
    return replace(look, answer=question.answer, answered_at=question.answered_at) if question else look


def looked_lately(person_id: UUID, actor: Actor) -> bool:
    """Tell whether the actor's last look at a file is a moment old: going back to a page is the same look."""
    looks = journal.who_read(person_id).filter(actor_id=actor.id, at__gte=clock.now() - SAME_LOOK)
    return looks.exists()


def look(person: Person, entry_id: int) -> Look | None:
    """Return one look at a person's file."""
    return next((one for one in access_history(person) if one.entry_id == entry_id), None)


def agency_of_look(entry: JournalEntry) -> Agency | None:
    """Return the agency that answers for a professional's look."""
    there = _memberships_behind(entry).order_by(F("ended_on").desc(nulls_first=True), "pk")
    membership = there.select_related("agency").first()
    return membership.agency if membership else None


def open_questions(actor: Actor) -> QuerySet[AccessQuestion]:
    """Return the questions that wait for the actor's agencies, the oldest first, then the last ones answered."""
    questions = AccessQuestion.objects.visible_to(actor).select_related("person", "agency", "answered_by")
    return questions.order_by(F("answered_at").desc(nulls_first=True), "asked_at")


def question_for(pk: UUID, actor: Actor) -> AccessQuestion | None:
    """Return one question put to the actor's agencies."""
    return AccessQuestion.objects.visible_to(actor).filter(pk=pk).select_related("person").first()


def look_of(question: AccessQuestion) -> Look | None:
    """Return the look that a question is about, in the words of the person's own page."""
    entry = journal.who_read(question.person_id).filter(pk=question.entry_id).first()
    if entry is None:
        return None
    user_ids = {UUID(entry.actor_id)} if entry.actor_kind == ActorKind.USER else set()
    return _look(entry, _memberships(user_ids).get(entry.actor_id, []), is_questioned=True)


def answerable_for(entry: JournalEntry) -> list[str]:
    """Return the addresses of those who answer for a professional's look: the leads of the agency."""
    agencies = _memberships_behind(entry).values("agency")
    leads = Membership.objects.filter(
        agency__in=agencies, role__in=[MemberRole.TEAM_LEAD, MemberRole.DIRECTOR], ended_on=None, user__is_active=True
    ).exclude(user__email=None)
    found = sorted({email for email in leads.values_list("user__email", flat=True) if email})
    return found or sorted({a.email for a in Agency.objects.filter(pk__in=agencies) if a.email})


def _in_force(kind: str) -> QuerySet[Consent]:
    consents = Consent.objects.unscoped("whether a consent is in force protects the person, whoever asks")
    return consents.filter(kind=kind, withdrawn_at=None)


def _distance(here: Commune, there: Commune) -> float:
    places = [(c.latitude, c.longitude) for c in (here, there)]
    points = [
        Point(latitude, longitude) for latitude, longitude in places if latitude is not None and longitude is not None
    ]
    return distance_km(*points) if len(points) == len(places) else float("inf")


def _memberships_behind(entry: JournalEntry) -> QuerySet[Membership]:
    """Return where a professional belonged for whom a look was noted; nothing for who is no account."""
    if entry.actor_kind != ActorKind.USER:
        return Membership.objects.none()
    return Membership.objects.filter(user=UUID(entry.actor_id), agency__organisation=entry.organisation_id)


def _memberships(user_ids: set[UUID]) -> dict[str, list[Membership]]:
    found: dict[str, list[Membership]] = {}
    for membership in Membership.objects.filter(user__in=user_ids).select_related("user", "agency").order_by("pk"):
        found.setdefault(str(membership.user_id), []).append(membership)
    return found


def _questioned(person_id: UUID) -> set[int]:
    lines = journal.about(person_id).filter(verb=Verb.ACCESS_QUESTIONED).values_list("data", flat=True)
    return {line["entry"] for line in lines}


def _employers(entries: Sequence[JournalEntry]) -> dict[tuple[str, str], str]:
    """Return the employer behind each look at what was sent to one."""
    found: dict[tuple[str, str], str] = {}
    for kind, namer in EMPLOYERS_BEHIND.items():
        ids = {UUID(entry.subject_id) for entry in entries if entry.subject_type == kind}
        found |= {(kind, str(pk)): name for pk, name in (namer(ids) if ids else {}).items()}
    return found


def _look(entry: JournalEntry, memberships: list[Membership], *, is_questioned: bool, employer: str = "") -> Look:
    there = [m for m in memberships if m.agency.organisation_id == entry.organisation_id]
    membership = min(there, key=lambda m: m.ended_on is not None, default=None)
    purpose = RevealPurpose(entry.purpose).label if entry.purpose in RevealPurpose.values else ""
    has_identity = entry.verb == Verb.IDENTITY_READ or entry.data.get("visibility") == Visibility.NAMED
    return Look(
        entry_id=entry.pk,
        who=_name(entry, memberships[0].user if memberships else None, employer),
        role=str(ROLE_WORDS.get(MemberRole(membership.role), "")) if membership else "",
        place=membership.agency.name if membership else "",
        what=_("Votre nom et vos coordonnées") if has_identity else _("Votre profil, sans votre nom"),
        why=str(purpose),
        at=entry.at,
        is_questioned=is_questioned,
        has_identity=has_identity,
    )


def _name(entry: JournalEntry, user: User | None, employer: str) -> str:
    if user is None and employer:
        return _("L'employeur %(name)s") % {"name": employer}
    if entry.actor_kind == ActorKind.LINK:
        return _("Un employeur à qui votre profil a été présenté")
    if user is None or not user.first_name:
        return _("Un membre de l'équipe")
    return f"{user.first_name} {user.last_name[:1].upper()}." if user.last_name else user.first_name


def language_of(person: Person) -> str:
    """Return the language in which to write to a person."""
    return person.user.language if person.user else settings.LANGUAGE_CODE
