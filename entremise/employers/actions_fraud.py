"""Writes about a proved fraud: the report and its file, what is excluded, the recruiter who was the victim."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from entremise.employers import queries_certification as certification
from entremise.employers import queries_vigilance
from entremise.employers.actions_certification import CertificationRefused
from entremise.employers.enums import Verb
from entremise.employers.enums_spaces import RefusalReason, SpaceState
from entremise.employers.mails_certification import FraudReportMail, FraudWarningMail
from entremise.employers.models_spaces import Exclusion, FraudReport, RecruiterSpace
from entremise.employers.rules_vigilance import Member
from entremise.kernel import clock, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor

LONGEST_FACTS = 4_000


@action(Verb.FRAUD_REPORTED, may="employers.report_fraud")
def report(space: RecruiterSpace, *, actor: Actor, facts: str) -> Done:
    """Report a blocked space: to the fraud contact when there is one, and in a file for the official portal."""
    told = facts.strip()
    if not told or len(told) > LONGEST_FACTS:
        raise CertificationRefused(_("Décrivez les faits, en 4 000 caractères au plus."), "facts")
    if space.state != SpaceState.BLOCKED:
        raise CertificationRefused(_("Bloquez d'abord l'espace : une fraude ne doit plus atteindre personne."))
    is_victim = space.reason == RefusalReason.PHISHED
    rows: Any = FraudReport.objects.unscoped("a new row")
    line: FraudReport = rows.create(
        space=space, facts=told, is_phishing=is_victim, author_id=actor.user_id, created_at=clock.now()
    )
    if settings.FRAUD_MAIL:
        mail.send(_to_fraud_contact(line), to=settings.FRAUD_MAIL, about=line)
        line.sent_at = clock.now()
        line.save(update_fields=["sent_at"])
    count = 0 if is_victim else _exclude(space)
    return Done(line, data={"space": str(space.pk), "phishing": is_victim, "excluded": count})


@action(Verb.FRAUD_DECLARED, may="employers.report_fraud")
def declare(space: RecruiterSpace, *, actor: Actor) -> Done:
    """Note that the last report was also made on the official portal, outside."""
    rows: Any = FraudReport.objects.unscoped("the space was checked by the policy")
    line = rows.select_for_update(of=("self",)).filter(space=space).order_by("-created_at").first()
    if line is None:
        raise CertificationRefused(_("Signalez d'abord la fraude : le dossier du portail en est tiré."))
    if line.portal_at is None:
        line.portal_at = clock.now()
        line.save(update_fields=["portal_at"])
    return Done(line, data={"space": str(space.pk)})


@action(Verb.CANDIDATES_WARNED, may="employers.report_fraud")
def warn_candidates(space: RecruiterSpace, *, actor: Actor, addresses: tuple[str, ...]) -> Done:
    """Write to the candidates who were in touch with a blocked space; who they are is told by an upper domain."""
    if space.state != SpaceState.BLOCKED:
        raise CertificationRefused(_("Bloquez d'abord l'espace : les candidats sont prévenus ensuite."))
    for address in dict.fromkeys(addresses):
        mail.send(FraudWarningMail(establishment=space.establishment.name), to=address, about=space)
    rows: Any = FraudReport.objects.unscoped("the space was checked by the policy")
    last = rows.filter(space=space).order_by("-created_at").first()
    if last is not None:
        last.warned_count += len(set(addresses))
        last.save(update_fields=["warned_count"])
    return Done(space, data={"count": len(set(addresses))})


@action(Verb.EXCLUSION_LIFTED, may="employers.report_fraud")
def lift_exclusions(space: RecruiterSpace, *, actor: Actor) -> Done:
    """Let what a space was excluded for be used again: somebody was wrong."""
    count = Exclusion.objects.filter(space=space, lifted_at=None).update(lifted_at=clock.now())
    return Done(space, data={"count": count})


def _to_fraud_contact(line: FraudReport) -> FraudReportMail:
    place = line.space.establishment
    return FraudReportMail(
        siret=place.siret,
        establishment=place.name,
        agency_name=line.space.agency.name,
        facts=line.facts,
        is_phishing=line.is_phishing,
        url=mail.absolute(reverse("space_fraud", args=[line.space_id])),
    )


def _exclude(space: RecruiterSpace) -> int:
    """Exclude the mailboxes, domains and numbers of a fraud; the SIRET only when its owner is the fraudster."""
    place = space.establishment
    people = tuple(Member(m.first_name, m.last_name, m.email, m.phone) for m in certification.members(space))
    known = queries_vigilance.known_values(place)
    is_usurped = space.reason in {RefusalReason.IMPERSONATION, RefusalReason.NOT_REQUESTED}
    count = 0
    for kind, value in queries_vigilance.excludable(place.siret, people):
        if value in known or (kind == "siret" and is_usurped):
            continue  # these are the company's own: the fraud borrowed them
        defaults = {"kind": kind, "space": space, "reason": space.reason, "created_at": clock.now()}
        row, is_new = Exclusion.objects.get_or_create(digest=queries_vigilance.digest(kind, value), defaults=defaults)
        if not is_new and row.lifted_at is not None:
            row.lifted_at, row.space, row.created_at = None, space, clock.now()
            row.save(update_fields=["lifted_at", "space", "created_at"])
        count += 1
    return count
