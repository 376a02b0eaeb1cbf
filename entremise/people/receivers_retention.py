"""How long people's files are kept: unused accounts are erased after a warning, old decisions and facts forgotten."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Greatest

from entremise.accounts.models import Invitation
from entremise.kernel import clock
from entremise.kernel.actors import job_actor
from entremise.kernel.retention import Class, days_before, declare
from entremise.people import actions_rights
from entremise.people.models import Consent, IntermediationAct, Person
from entremise.people.models_rights import RetentionRun
from entremise.people.rules import months_after
from entremise.people.rules_rights import INACTIVE_MONTHS, WARNED_DAYS, is_erased_on, is_warned_on

WHY = "the platform's own retention job"
ACTOR = "people.retention"
PROOF_DAYS = 5 * 365  # civil limitation: five years
INVITATION_DAYS = 365
RUN_DAYS = 3 * 365


def _unused(now: dt.datetime, *, margin_days: int) -> QuerySet[Any]:
    """Return the profiles that nobody used for nearly two years, with when somebody last did."""
    since = months_after((now + dt.timedelta(days=margin_days)).date(), -INACTIVE_MONTHS)
    people: Any = Person.objects.unscoped(WHY).exclude(reference__startswith="~")
    seen = people.annotate(seen_at=Greatest("user__last_login", "confirmed_at", "created_at"))
    return seen.filter(seen_at__date__lte=since).select_related("user", "inactivity_warning")  # type: ignore[no-any-return]


def _warned_at(person: Person) -> dt.datetime | None:
    warning = getattr(person, "inactivity_warning", None)
    return warning.sent_at if warning else None


def to_warn(now: dt.datetime) -> QuerySet[Any]:
    """Return whom to tell today that her account will be erased: once, unless she came back since."""
    found = [
        one.pk
        for one in _unused(now, margin_days=WARNED_DAYS)
        if is_warned_on(one.seen_at, now) and ((told := _warned_at(one)) is None or told < one.seen_at)
    ]
    return Person.objects.unscoped(WHY).filter(pk__in=found)


def to_erase(now: dt.datetime) -> QuerySet[Any]:
    """Return whose account is erased today: unused for two years, told a month ago."""
    found = [one.pk for one in _unused(now, margin_days=0) if is_erased_on(one.seen_at, _warned_at(one), now)]
    return Person.objects.unscoped(WHY).filter(pk__in=found)


def _warn(rows: QuerySet[Any]) -> int:
    erased_on = clock.today() + dt.timedelta(days=WARNED_DAYS)
    for person in rows.select_related("user"):
        actions_rights.warn_of_erasure(person, actor=job_actor(ACTOR), erased_on=erased_on)
    return len(rows)


def _erase(rows: QuerySet[Any]) -> int:
    people = list(rows)
    for person in people:
        actions_rights.erase(person, actor=job_actor(ACTOR))
    return len(people)


declare(
    Class(
        "accounts.invitations",
        "Invitations de professionnels acceptées ou annulées",
        "Intérêt légitime : gérer les accès",
        "1 an",
        "l'invitation",
        "effacées",
        rows=lambda now: Invitation.objects.filter(created_at__lt=days_before(now, INVITATION_DAYS)).exclude(
            accepted_at=None, revoked_at=None
        ),
    ),
    Class(
        "people.acts",
        "Actes d'intermédiation : des dates et des codes",
        "Mission d'intérêt public : mesurer ce que la plateforme apporte",
        "5 ans",
        "l'acte",
        "effacés",
        rows=lambda now: IntermediationAct.objects.unscoped(WHY).filter(at__lt=days_before(now, PROOF_DAYS)),
    ),
    Class(
        "people.consents",
        "Accords retirés ou remplacés",
        "Obligation légale : prouver qu'un accord avait été donné",
        "5 ans, ou jusqu'à l'effacement du compte",
        "le retrait",
        "effacés",
        rows=lambda now: Consent.objects.unscoped(WHY).filter(withdrawn_at__lt=days_before(now, PROOF_DAYS)),
    ),
    Class(
        "people.files",
        "Compte, identité, profil, expériences, compétences, preuves, demandes",
        "Mission d'intérêt public ; accord de la personne pour être présentée à des employeurs",
        f"{INACTIVE_MONTHS} mois",
        "la dernière connexion ou la dernière confirmation du profil",
        f"la personne est prévenue {WARNED_DAYS} jours avant, puis tout est effacé",
        rows=to_erase,
        let_go=_erase,
    ),
    Class(
        "people.files.warning",
        "Avertissement avant l'effacement d'un compte inutilisé",
        "Loyauté : laisser le temps de revenir ou d'emporter ses données",
        f"{INACTIVE_MONTHS} mois moins {WARNED_DAYS} jours",
        "la dernière connexion ou la dernière confirmation du profil",
        "un courriel, ou un SMS à défaut d'adresse ; revenir suffit pour garder le compte",
        rows=to_warn,
        let_go=_warn,
    ),
    Class(
        "people.retention",
        "Passages de ce travail de nuit : des nombres",
        "Obligation légale : rendre compte",
        "3 ans",
        "le passage",
        "effacés",
        rows=lambda now: RetentionRun.objects.filter(ran_at__lt=days_before(now, RUN_DAYS)),
    ),
    Class(
        "people.erasures",
        "Empreintes des comptes effacés",
        "Obligation légale : refaire un effacement après la restauration d'une sauvegarde",
        "aussi longtemps que la base",
        "l'effacement",
        "gardées : elles ne disent rien de personne",
        by="personne",
    ),
)
