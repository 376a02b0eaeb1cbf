"""Offers as lines of a file, for the advisers' lists and for a recruiter's own."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from entremise.kernel import clock
from entremise.offers.models import Offer

OF_ADVISERS = frozenset({"par", "voie"})  # how the agency shares its work is no matter of a recruiter


def offer_columns(*, for_recruiter: bool = False) -> Mapping[str, str]:
    """Return the columns of a list of offers: names in the address, headings."""
    columns = {
        "poste": _("Poste"), "reference": _("Référence"), "etablissement": _("Établissement"), "siret": _("SIRET"),
        "commune": _("Commune"), "metier": _("Métier"), "contrat": _("Contrat"), "temps": _("Temps de travail"),
        "postes": _("Nombre de postes"), "salaire-de": _("Salaire brut, à partir de (€)"),
        "salaire-a": _("jusqu'à (€)"), "compte": _("Compté"), "etat": _("État"), "voie": _("Arrivée"),
        "par": _("Suivie par"), "creee": _("Créée le"), "publiee": _("Publiée le"), "visible": _("Visible jusqu'au"),
        "close": _("Close le"), "pourquoi": _("Pourquoi"),
    }  # fmt: skip
    return {name: label for name, label in columns.items() if not (for_recruiter and name in OF_ADVISERS)}


def offer_line(row: Offer, *, for_recruiter: bool = False) -> list[Any]:
    """Return an offer in the order of the columns."""
    line = {
        "poste": row.title, "reference": row.reference, "etablissement": row.establishment.name,
        "siret": row.establishment.siret, "commune": row.commune.name, "metier": row.occupation.label,
        "contrat": row.get_contract_display(), "temps": row.get_working_time_display(), "postes": row.position_count,
        "salaire-de": _amount(row.pay_min_cents), "salaire-a": _amount(row.pay_max_cents),
        "compte": row.get_pay_period_display(), "etat": row.get_state_display(), "voie": row.get_channel_display(),
        "par": row.adviser.full_name if row.adviser else "", "creee": _day(row.created_at),
        "publiee": _day(row.opened_at), "visible": row.expires_on or "", "close": _day(row.closed_at),
        "pourquoi": row.get_close_reason_display(),
    }  # fmt: skip
    return [line[name] for name in offer_columns(for_recruiter=for_recruiter)]


def waiting_columns() -> Mapping[str, str]:
    """Return the columns of the offers that wait for an adviser."""
    return {
        "poste": _("Poste"), "etablissement": _("Établissement"), "siret": _("SIRET"), "commune": _("Commune"),
        "contrat": _("Contrat"), "remise": _("Remise le"), "alertes": _("Alertes à décider"),
        "espace": _("Espace recruteur"),
    }  # fmt: skip


def waiting_line(row: Offer, alert_count: int) -> list[Any]:
    """Return an offer that waits, with how many alerts are to be decided."""
    return [
        row.title, row.establishment.name, row.establishment.siret, row.commune.name, row.get_contract_display(),
        _day(row.submitted_at), alert_count, row.space.get_state_display() if row.space else "",
    ]  # fmt: skip


def _amount(cents: int | None) -> Any:
    return "" if cents is None else cents / 100


def _day(moment: Any) -> Any:
    return clock.local(moment).date() if moment else ""
