"""Who may look at offers and write them; transitions declare their own policies."""

from typing import Any

from django.utils.translation import gettext as _

from entremise.employers.workflow import is_member
from entremise.kernel import access
from entremise.kernel.access import Allowed, Decision, Denied
from entremise.kernel.actors import LEADS, Actor, ActorKind, Role
from entremise.kernel.models import MailLink
from entremise.offers.rules_diagnosis import LINK_PURPOSE
from entremise.offers.workflow import TEAM, is_in_territory, is_theirs


def is_of_offer(actor: Actor, thing: Any) -> Decision:
    """Agree about what hangs from an offer when the offer is of the professional's territory."""
    return is_in_territory(actor, thing.offer)


def is_of_their_agency(actor: Actor, thing: Any) -> Decision:
    """Agree when the agency, or the agency that answers for a partner, is of the lead's territory."""
    agency = getattr(thing, "agency", thing)
    if agency.department_id in actor.departments:
        return Allowed()
    return Denied(_("Ce partenaire relève d'un autre territoire que le vôtre."))


access.register("offers.view", TEAM, is_in_territory)
access.register("offers.edit", TEAM | {Role.RECRUITER}, is_theirs)
access.register("offers.read_alerts", TEAM | {Role.RECRUITER, Role.SYSTEM}, is_theirs)  # have an offer checked
access.register("offers.answer_alert", TEAM, is_of_offer)
access.register("offers.introduce", TEAM, is_in_territory)
access.register("offers.edit_followup", TEAM, is_in_territory)
access.register("offers.note_feedback", TEAM, is_of_offer)
access.register("offers.do_task", TEAM, is_of_offer)
access.register("offers.write_diagnosis", TEAM, is_of_offer)
access.register("offers.tend", {Role.SYSTEM})
access.register("offers.own", {Role.RECRUITER})
access.register("offers.deposit", {Role.RECRUITER}, is_member)
access.register("offers.aggregate", {Role.SYSTEM})
access.register("offers.partners", LEADS, is_of_their_agency)
access.register("offers.receive_feed", LEADS, is_of_their_agency)
access.register("offers.confirm_feed", LEADS, lambda actor, feed: is_of_their_agency(actor, feed.partner))


@access.policy("offers.create", TEAM)
def _may_create(actor: Actor, agency: Any) -> Decision:
    if agency.pk in actor.agency_ids:
        return Allowed()
    return Denied(_("Une offre se saisit au nom de votre agence."))


@access.policy("offers.import", TEAM)
def _may_import(actor: Actor, agency: Any) -> Decision:
    return Allowed() if agency.pk in actor.agency_ids else Denied(_("Ce fichier appartient à une autre agence."))


@access.policy("offers.import_file", TEAM)
def _may_touch_import(actor: Actor, file: Any) -> Decision:
    if file.agency_id in actor.agency_ids:
        return Allowed()
    return Denied(_("Ce fichier appartient à une autre agence."))


@access.policy("offers.answer_diagnosis", {Role.EMPLOYER_CONTACT})
def _may_answer_diagnosis(actor: Actor, diagnosis: Any) -> Decision:
    """Let the recruiter who received the link complete this very diagnosis."""
    known = MailLink.objects.filter(pk=actor.id, purpose=LINK_PURPOSE, target_id=diagnosis.pk, revoked_at=None)
    if actor.kind is ActorKind.LINK and known.exists():
        return Allowed()
    return Denied(_("Ce lien ne concerne pas cette page. Ouvrez celui du courriel que vous avez reçu."))
