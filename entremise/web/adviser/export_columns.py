"""The columns that the advisers' lists may have in a file: names in the address, headings."""

from django.utils.translation import gettext as _


def promotion_columns() -> dict[str, str]:
    """Return the columns of the promotions: names in the address, headings."""
    return {
        "profil": _("Profil"), "etablissement": _("Établissement"), "siret": _("SIRET"), "contact": _("Contact"),
        "agence": _("Agence"), "par": _("Promu par"), "envoi": _("Envoyée le"), "etat": _("État"),
        "reponse": _("Réponse"), "reponse-le": _("Répondue le"), "suite": _("Suite"), "suite-le": _("Suite le"),
        "provenance": _("Provenance"),
    }  # fmt: skip


def pool_columns() -> dict[str, str]:
    """Return the columns of the pool."""
    return {
        "profil": _("Profil"), "metier": _("Métier recherché"), "commune": _("Commune"),
        "mobilite": _("Mobilité (km)"), "disponible": _("Disponible le"), "validees": _("Compétences validées"),
        "competences": _("Compétences"), "promotion": _("Dernière promotion"),
        "points": _("Correspondance (points)"),
    }  # fmt: skip


def establishment_columns() -> dict[str, str]:
    """Return the columns of the establishments."""
    return {
        "etablissement": _("Établissement"), "siret": _("SIRET"), "activite": _("Activité"),
        "adresse": _("Adresse"), "commune": _("Commune"), "ferme": _("Fermé le"),
    }  # fmt: skip


def timeline_columns() -> dict[str, str]:
    """Return the columns of an establishment's timeline."""
    return {
        "date": _("Date"), "quoi": _("Quoi"), "qui": _("Qui"), "precision": _("Précision"),
        "mots": _("Ce qui s'est dit"),
    }  # fmt: skip
