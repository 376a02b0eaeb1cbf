"""Where each one's place is, and the links of its navigation."""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from entremise.kernel.actors import ADVISERS, LEADS, Actor, Role
from entremise.matching.queries_contest import waiting_count


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link of the navigation; `exact` when its page has others below it that are not its own."""

    name: str
    label: Any
    icon: str
    exact: bool = False
    count: int = 0

    @property
    def href(self) -> str:
        """Return the address, empty when this installation does not serve that part."""
        try:
            return reverse(self.name)
        except NoReverseMatch:
            return ""


JOBSEEKER = (
    NavItem("my_home", _("Mon espace"), "home", exact=True),
    NavItem("my_offers", _("Offres"), "briefcase"),
    NavItem("my_job_applications", _("Candidatures"), "inbox"),
    NavItem("my_skills", _("Mes compétences"), "award"),
    NavItem("my_validations", _("Mes demandes"), "mail"),
    NavItem("my_promotions", _("Mes promotions"), "send"),
)
ADVISER = (
    NavItem("desk", _("Ma journée"), "calendar", exact=True),
    NavItem("pool", _("Le vivier"), "users"),
    NavItem("promotions", _("Promotions"), "send"),
    NavItem("adviser_applications", _("Candidatures"), "inbox"),
    NavItem("establishments", _("Entreprises"), "building"),
)
OFFERS = (NavItem("offers", _("Offres"), "briefcase"),)
SPACES = NavItem("spaces", _("Espaces recruteurs"), "key")
CHECKS = (NavItem("validation_checks", _("Vérifications"), "shield-check"),)
DASHBOARD = NavItem("dashboard", _("Tableau de bord"), "chart", exact=True)
MEMBERS = NavItem("members", _("Équipe"), "users")
CONTESTS = NavItem("contests", _("Contestations"), "flag")
PARTNERS = NavItem("offer_partners", _("Partenaires d'offres"), "handshake")
HOURS = NavItem("opening_hours", _("Horaires"), "clock")
REMINDERS = NavItem("manager_reminders", _("Rappels"), "refresh")
MAIL = NavItem("manager_mail", _("Courriels"), "mail")
KEYS = NavItem("badge_keys", _("Clés des badges"), "key")
LOOKS = NavItem("access_security", _("Sécurité des accès"), "shield")
BADGES = NavItem("issuer_home", _("Badges"), "award")
ISSUER = (
    NavItem("issuer_home", _("Accueil"), "home", exact=True),
    NavItem("issuer_badges", _("Nos badges"), "award"),
    NavItem("issuer_awards", _("Badges remis"), "list"),
    NavItem("issuer_events", _("Événements"), "calendar"),
    NavItem("issuer_people", _("Équipe"), "users"),
)
RECRUITER = (
    NavItem("recruiter_home", _("Notre espace"), "home", exact=True),
    NavItem("recruiter_offers", _("Nos offres"), "briefcase"),
    NavItem("recruiter_inboxes", _("Candidatures"), "inbox"),
    NavItem("recruiter_profiles", _("Profils"), "users"),
    NavItem("recruiter_label", _("Notre label"), "reply"),
    NavItem("recruiter_company", _("Notre page"), "building"),
    NavItem("recruiter_team", _("Équipe"), "user"),
)
LEAD = (DASHBOARD, NavItem("imports", _("Imports"), "upload"), PARTNERS, MEMBERS, LOOKS, HOURS, REMINDERS)
ADMIN = (MEMBERS, LOOKS, HOURS, REMINDERS, DASHBOARD, KEYS)


def items_for(actor: Actor) -> list[NavItem]:
    """Return the links of an actor's navigation."""
    return [item for item in _items(actor) if item.href]


def place_of(actor: Actor) -> str:
    """Name the page where an actor's work starts."""
    if actor.has(Role.JOBSEEKER):
        return "my_home"
    if actor.has(Role.RECRUITER):
        return "recruiter_home"
    if not actor.second_factor:
        return "second_factor_needed"
    if actor.has(*ADVISERS):
        return "desk"
    if actor.has(*LEADS):
        return "dashboard"
    if actor.has(Role.ADMIN):
        return "members"
    return "issuer_home" if actor.has(Role.ISSUER) else "security"


def _items(actor: Actor) -> list[NavItem]:
    if actor.has(Role.JOBSEEKER, Role.RECRUITER):
        return list(JOBSEEKER if actor.has(Role.JOBSEEKER) else RECRUITER)
    if not actor.second_factor:
        return []
    items: list[NavItem] = []
    if actor.has(*ADVISERS, *LEADS):
        items += ADVISER
    if actor.has(Role.BUSINESS_ADVISER, *LEADS):
        items += [*OFFERS, SPACES]  # how many wait is on the day's desk
    if actor.has(*ADVISERS):
        items += CHECKS
    if actor.has(*LEADS):
        items += [*LEAD, replace(CONTESTS, count=waiting_count(actor))]
        items += [MAIL, KEYS] if actor.has(Role.DIRECTOR) else []
    elif actor.has(Role.ADMIN):
        items += ADMIN
    if actor.has(Role.BUSINESS_ADVISER, *LEADS):
        items += [BADGES]
    elif actor.has(Role.ISSUER):
        items += ISSUER
    return items
