"""How each figure of the applications is counted, in words; the tables as lines of a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.indicators.queries_reciprok import Board, Line
from entremise.indicators.rules_reciprok import Criterion
from entremise.kernel import clock
from entremise.reciprok.enums import RefusalReason

PROTECTED = "•"
TABLES = ("secteurs", "bassins", "tailles", "mois", "aider", "refus", "criteres")
DEFINITIONS: dict[str, Any] = {
    "answers": gettext_lazy(
        "Part des candidatures qui ont eu une réponse, parmi celles qui ont été répondues ou closes sans réponse ces "
        "douze derniers mois : le même compte que le label. Le délai médian partage les réponses en deux moitiés. "
        "Une candidature compte dans le mois où elle a été répondue ou close."
    ),
    "helped": gettext_lazy(
        "Établissements sans label où des personnes attendent une réponse aujourd'hui. Le rang est le nombre de "
        "personnes multiplié par l'ancienneté de la plus ancienne candidature."
    ),
    "said": gettext_lazy(
        "Personnes dont la candidature a été refusée ces douze derniers mois, par métier de l'offre et par raison. "
        "Une case de moins de 11 personnes n'est pas montrée."
    ),
    "criteria": gettext_lazy(
        "Poids de chaque critère dans le score de rapprochement, à côté de la part des refus qui donnent la raison "
        "correspondante, parmi ceux qui portent sur la personne. La fourchette dit où se trouve la vraie part, avec "
        "95 % de confiance. Une différence invite à revoir le poids ; elle ne prouve pas qu'il est faux."
    ),
}
CRITERIA = {
    "skills": gettext_lazy("Compétences"),
    "occupation": gettext_lazy("Métier et expérience"),
    "distance": gettext_lazy("Distance"),
    "availability": gettext_lazy("Disponibilité"),
}


def titles() -> dict[str, str]:
    """Return the title of each table, by its name in the address."""
    return {
        "secteurs": _("Réponses par secteur"), "bassins": _("Réponses par bassin d'emploi"),
        "tailles": _("Réponses par taille"), "mois": _("Réponses par mois"),
        "aider": _("Employeurs à aider d'abord"), "refus": _("Raisons des refus par métier"),
        "criteres": _("Critères du score et raisons des refus"),
    }  # fmt: skip


def columns(table: str) -> dict[str, str]:
    """Return the columns of a table: names in the address, headings."""
    if table == "aider":
        return {
            "etablissement": _("Établissement"), "siret": _("SIRET"), "commune": _("Commune"),
            "attendent": _("Personnes qui attendent"), "depuis": _("La plus ancienne"),
            "contact": _("Qui appeler"), "telephone": _("Téléphone"), "conseil": _("Conseil"),
        }  # fmt: skip
    if table == "refus":
        reasons = {str(reason): capfirst(str(reason.label)) for reason in RefusalReason}
        return {"metier": _("Métier"), "total": _("Refus")} | reasons
    if table == "criteres":
        return {
            "critere": _("Critère"), "poids": _("Poids dans le score (%)"), "part": _("Part des refus (%)"),
            "part-min": _("au moins (%)"), "part-max": _("au plus (%)"),
            "pour-cent": _("Refus pour 100 bonnes suites"), "constat": _("Ce que cela dit"),
        }  # fmt: skip
    return {
        "intitule": _("Intitulé"), "comptees": _("Candidatures comptées"), "repondues": _("Répondues"),
        "taux": _("Taux de réponse (%)"), "taux-min": _("au moins (%)"), "taux-max": _("au plus (%)"),
        "delai": _("Délai médian (jours)"),
    }  # fmt: skip


def rows(board: Board, table: str) -> Iterator[list[Any]]:
    """Return the lines of one table, then how it is counted."""
    if table == "aider":
        yield from _helped(board)
        yield [_("Définition"), str(DEFINITIONS["helped"])]
    elif table == "refus":
        yield from _said(board)
        yield [_("Définition"), str(DEFINITIONS["said"])]
    elif table == "criteres":
        yield from (criterion_line(one) for one in board.criteria)
        yield [_("Définition"), str(DEFINITIONS["criteria"])]
    else:
        yield from _answers(answers_of(board, table))
        yield [_("Définition"), str(DEFINITIONS["answers"])]


def answers_of(board: Board, table: str) -> list[Line]:
    """Return one of the four tables of answers."""
    return {"secteurs": board.sectors, "bassins": board.places, "tailles": board.sizes, "mois": board.months}[table]


def advice_state(one: Any) -> str:
    """Say in words what was already proposed to an employer who stays silent."""
    if one is None:
        return _("rien encore")
    if one.done_at:
        return _("conseil donné")
    if one.is_advice_wanted:
        return _("conseil demandé")
    return _("a dit pourquoi") if one.explained_at else _("question posée")


def finding(one: Criterion) -> str:
    """Say in words what the refusals say of a criterion."""
    if one.share is None:
        return _("trop peu de refus pour le dire")
    if one.is_heavier:
        return _("cité plus souvent que son poids")
    return _("cité moins souvent que son poids") if one.is_lighter else _("rien à conclure")


def criterion_line(one: Criterion) -> list[Any]:
    """Return a criterion as a line."""
    share = [_percent(value) for value in (one.share.value, one.share.low, one.share.high)] if one.share else [""] * 3
    per_good = "" if one.per_good is None else round(one.per_good, 1)
    return [str(CRITERIA[one.name]), one.points, *share, per_good, finding(one)]


def _answers(lines: Iterable[Line]) -> Iterator[list[Any]]:
    for line in lines:
        if line.answers is None:
            yield [line.label, *[PROTECTED] * 6]
            continue
        told, found = line.answers, line.answers.rate
        rates = [_percent(value) for value in (found.value, found.low, found.high)] if found else [""] * 3
        days = "" if told.median_days is None else round(told.median_days, 1)
        yield [line.label, told.counted, told.answered, *rates, days]


def _helped(board: Board) -> Iterator[list[Any]]:
    for one in board.helped:
        place = one.establishment
        yield [
            place.name, place.siret, place.commune.name, one.waiting, clock.local(one.oldest_at).date(),
            one.caller.name, one.caller.phone, advice_state(one.silence),
        ]  # fmt: skip


def _said(board: Board) -> Iterator[list[Any]]:
    for one in board.said:
        if one.reasons is None:
            yield [one.label, *[PROTECTED] * (len(RefusalReason) + 1)]
            continue
        cells = [one.reasons.of(reason) for reason in RefusalReason]
        yield [one.label, one.reasons.total, *(PROTECTED if cell is None else cell for cell in cells)]


def _percent(value: float) -> float:
    return round(100 * value, 1)
