"""Who may look at and change what is known of employers."""

from typing import Any

from django.utils.translation import gettext as _

from entremise.kernel import access
from entremise.kernel.access import Allowed, Decision, Denied
from entremise.kernel.actors import ADVISERS, LEADS, Actor, Role

access.register("employers.view", ADVISERS | LEADS)
access.register("employers.suggest", ADVISERS | LEADS | {Role.JOBSEEKER, Role.ADMIN, Role.MODERATOR})
access.register("employers.add", ADVISERS | LEADS | {Role.JOBSEEKER, Role.RECRUITER})
access.register("employers.import", {Role.ADMIN})


def _is_in_territory(actor: Actor, establishment: Any) -> Decision:
    if establishment.commune.department_id in actor.departments:
        return Allowed()
    return Denied(_("Cet établissement relève d'un autre territoire que le vôtre."))


@access.policy("employers.contact_save", ADVISERS | LEADS)
def _may_save_contact(actor: Actor, establishment: Any) -> Decision:
    return _is_in_territory(actor, establishment)


@access.policy("employers.contact_log", ADVISERS | LEADS)
def _may_log_contact(actor: Actor, establishment: Any) -> Decision:
    return _is_in_territory(actor, establishment)


@access.policy("employers.close", ADVISERS | LEADS)
def _may_close(actor: Actor, establishment: Any) -> Decision:
    return _is_in_territory(actor, establishment)


@access.policy("employers.service_note", ADVISERS | LEADS)
def _may_note_service(actor: Actor, establishment: Any) -> Decision:
    return _is_in_territory(actor, establishment)


@access.policy("employers.forecast_note", ADVISERS | LEADS)
def _may_note_forecast(actor: Actor, establishment: Any) -> Decision:
    return _is_in_territory(actor, establishment)


@access.policy("employers.satisfaction_note", ADVISERS | LEADS)
def _may_note_satisfaction(actor: Actor, establishment: Any) -> Decision:
    return _is_in_territory(actor, establishment)


@access.policy("employers.oppose", ADVISERS | LEADS | {Role.EMPLOYER_CONTACT})
def _may_oppose(actor: Actor, contact: Any) -> Decision:
    if actor.has(Role.EMPLOYER_CONTACT):  # the domain that gave the link has checked what it leads to
        return Allowed()
    return _is_in_territory(actor, contact.establishment)
