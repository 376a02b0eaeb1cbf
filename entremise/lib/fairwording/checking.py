"""The one entry point: read an offer, say what is wrong with its wording, where, why and what to write."""

from collections.abc import Collection, Mapping
from typing import Final

from entremise.lib.fairwording import amounts, hints, languages, placements, titles, trials
from entremise.lib.fairwording.amounts import LowPay, OfferFacts
from entremise.lib.fairwording.codes import Code, Severity
from entremise.lib.fairwording.findings import Finding
from entremise.lib.fairwording.learned import likenesses
from entremise.lib.fairwording.matching import Wording, wordings
from entremise.lib.fairwording.parameters import LegalParameters
from entremise.lib.fairwording.patterns import Index, compile_table
from entremise.lib.fairwording.reading import Reading, read
from entremise.lib.fairwording.tables import FAMILIES
from entremise.lib.fairwording.tables.sex import ROLES
from entremise.lib.fairwording.words import word_set
from entremise.lib.identifiers import gettext_noop as _
from entremise.lib.text import euros

_LONGEST_TITLE: Final = 500
_ORDER: Final = {Severity.BLOCKING: 0, Severity.WARNING: 1, Severity.ADVICE: 2}
_ROLES: Final = Index.of(compile_table(ROLES))
_LOW_PAY: Final = {
    "hour": _("Ce salaire est sous le minimum légal : %(minimum)s € brut de l’heure."),
    "day": _("Ce salaire est sous le minimum légal : %(minimum)s € brut pour cette journée de travail."),
    "week": _("Ce salaire est sous le minimum légal : %(minimum)s € brut par semaine pour cette durée de travail."),
    "month": _("Ce salaire est sous le minimum légal : %(minimum)s € brut par mois pour cette durée de travail."),
    "year": _("Ce salaire est sous le minimum légal : %(minimum)s € brut par an pour cette durée de travail."),
}
_LOW_GRATIFICATION: Final = {
    "hour": _("Un stage de plus de deux mois est gratifié d’au moins %(minimum)s € par heure de présence."),
    "month": _("Un stage de plus de deux mois est gratifié d’au moins %(minimum)s € par mois pour cette durée."),
}
_PayRule = tuple[str, Mapping[str, str], str]  # its article, what it says for each period, what to write
_WAGE_RULE: Final[_PayRule] = (
    "L. 3231-2",
    _LOW_PAY,
    _("Indiquez un salaire au moins égal au minimum légal et à celui de votre convention collective."),
)
_PLACEMENT_RULE: Final[_PayRule] = (
    "L. 124-6 du code de l’éducation",
    _LOW_GRATIFICATION,
    _("Indiquez une gratification au moins égale au minimum légal."),
)
_FEMALE_TITLE: Final = _("Ce titre ne s’adresse qu’aux femmes ; une offre est ouverte aux femmes et aux hommes.")
_MALE_TITLE: Final = _("Ce titre ne s’adresse qu’aux hommes ; une offre est ouverte aux femmes et aux hommes.")


def check(title: str, description: str, facts: OfferFacts, parameters: LegalParameters) -> list[Finding]:
    """Return what is to be changed or looked at in an offer, the gravest first, then in the order of the text."""
    head, body = read(title, _LONGEST_TITLE), read(description)
    found = [
        *_worded(head, body, "title"),
        *_worded(body, head, "description"),
        *_title(head, body),
        *_named_jobs(body, head),
        *_pay(head, body, facts, parameters),
        *_trials(body, head, facts),
        *_numbers(head, "title"),
        *_numbers(body, "description"),
        *_foreign(head, body),
    ]
    found += _suspected(body, found)
    if description.strip():
        found += hints.hints(head, body, facts, length=max(len(title), len(description)))
    return sorted(found, key=lambda one: (_ORDER[one.severity], one.field != "title", one.start, one.end))


def _worded(reading: Reading, other: Reading, field: str) -> list[Finding]:
    return [_finding(wording, reading, field) for wording in wordings(reading, other)]


_UNSURE: Final = _("Nous n’en sommes pas certains : si cette phrase est permise, dites pourquoi.")
_FIRST_OF: Final = {family.code: family for family in reversed(FAMILIES)}


def _suspected(body: Reading, found: Collection[Finding]) -> list[Finding]:
    """Return the sentences that look like forbidden ones, where nothing else was seen."""
    places = [(one.start, one.end) for one in found if one.field == "description"]
    suspected = []
    for one in likenesses(body):
        start, end, family = body.starts[one.start], body.ends[one.end - 1], _FIRST_OF[one.code]
        if not any(first < end and start < last for first, last in places):
            found_here = (one.code, Severity.WARNING, family.article, "description", start, end, family.explanation)
            suspected.append(Finding(*found_here, _UNSURE, is_sure=False))
    return suspected


def _finding(wording: Wording, reading: Reading, field: str) -> Finding:
    family = wording.family
    return Finding(
        family.code,
        family.severity,
        family.article,
        field,
        reading.starts[wording.start],
        reading.ends[wording.end - 1],
        family.explanation,
        family.suggestion,
    )


def _has_role(*readings: Reading) -> bool:
    """Say whether the offer is for a role, a voice or a model, which may name a sex (R. 1142-1)."""
    return any(next(iter(_ROLES.hits(reading)), None) is not None for reading in readings)


def _title(head: Reading, body: Reading) -> list[Finding]:
    fault = titles.fault_of(head)
    if fault is None or _has_role(head, body):
        return []
    is_feminine = fault.fault is titles.TitleFault.FEMININE
    return [
        Finding(
            Code.SEX if fault.is_named else Code.GENDERED_TITLE,
            Severity.BLOCKING if is_feminine or fault.is_named else Severity.WARNING,
            "L. 1142-1",
            "title",
            head.starts[fault.token],
            head.ends[fault.token],
            _FEMALE_TITLE if is_feminine else _MALE_TITLE,
            _("Ajoutez « H/F » ou l’autre forme du métier."),
        )
    ]


def _named_jobs(body: Reading, head: Reading) -> list[Finding]:
    """Return the job names of the description that call for women only: « recherchons une vendeuse »."""
    if titles.is_open(body) or _has_role(head, body):
        return []
    found = []
    for at, word in enumerate(body.words):
        if titles.feminine_job(word) is not None and _calls(body, at) and not _has_masculine(body, at):
            found.append(
                Finding(
                    Code.GENDERED_TITLE,
                    Severity.BLOCKING,
                    "L. 1142-1",
                    "description",
                    body.starts[at],
                    body.ends[at],
                    _FEMALE_TITLE,
                    _("Ajoutez « H/F » ou l’autre forme du métier."),
                )
            )
    return found


_CALLS_BEFORE: Final = word_set(
    """recherche recherchons recherchent cherche cherchons recrute recrutons embauche embauchons souhaitons
    voulons besoin poste etes devenez deviendrez serez emploi futures future recruter rechercher chercher
    embaucher embauchent cherchent recrutent veut voudrait souhaite engage engageons trouver
    accueillir integrer engager rencontrer devenir deviendra"""
)
_CALLS_AFTER: Final = word_set(
    """recherchee recherchees demandee demandees souhaitee souhaitees exigee exigees voulue bienvenue
    bienvenues"""
)
_QUALITIES: Final = word_set("""confirmee experimentee motivee debutante diplomee qualifiee pour""")
_ONE: Final = frozenset({"une", "deux", "future", "futures", "plusieurs"})
_BESIDE: Final = word_set("""avec aupres chez par assister remplacer seconder que comme qu assiste seconde""")
_APPOSED: Final = frozenset({"une", "notre", "sa"})  # « notre perle rare : une assistante »
_LINKS: Final = word_set(
    """une un des d de notre nos 1 # nouvelle nouvelles autre autres la les plusieurs deux trois jeune son sa ses
    leur leurs votre vos future futures prochaine premiere seconde ma mon bonne vraie urgent urgente
    urgemment rapidement vite"""
)


def _calls(body: Reading, at: int) -> bool:
    """Say whether a job name is what the sentence looks for."""
    first, last = body.bounds(at)
    if set(body.words[at + 1 : min(last, at + 4)]) & _CALLS_AFTER or at == first == 0:
        return True
    if at - first <= 1 and set(body.words[at + 1 : min(last, at + 4)]) & _QUALITIES:
        return True
    if at - first > 1 and body.words[at - 1] in _ONE and not _BESIDE & set(body.words[max(first, at - 4) : at - 1]):
        return bool(_CALLS_BEFORE & set(body.words[max(first, at - 10) : at - 1]))
    if at - 1 > first and at - 1 in body.pauses and body.words[at - 1] in _APPOSED:
        return bool(_CALLS_BEFORE & set(body.words[first : at - 1]))
    place = at - 1
    while place >= first and body.words[place] in _LINKS:
        place -= 1
    return place >= first and place >= at - 4 and body.words[place] in _CALLS_BEFORE


def _has_masculine(body: Reading, at: int) -> bool:
    """Say whether the other form of the job is close by."""
    masculine = titles.feminine_job(body.words[at]) or ""
    near = body.words[max(0, at - 4) : at + 5]
    if body.words[max(0, at - 3) : at] in {("un", "ou", "une"), ("une", "ou", "un"), ("un", "/", "une")}:
        return True
    return any(word.rstrip("s") == masculine for word in near) or bool({"h", "homme"} & set(near))


def _pay(head: Reading, body: Reading, facts: OfferFacts, parameters: LegalParameters) -> list[Finding]:
    found = []
    low: LowPay | None
    in_form = amounts.low_pay_in_facts(facts, parameters)
    if in_form is not None:
        found.append(_low_pay(in_form, "description", 0, 0))
    for reading, field in ((head, "title"), (body, "description")):
        for low in amounts.low_pays(reading, facts, parameters):
            found.append(_low_pay(low, field, reading.starts[low.start], reading.ends[low.end - 1]))
    low = placements.low_gratification(body, facts, parameters)
    if low is not None:
        found.append(_low_pay(low, "description", body.starts[low.start], body.ends[low.end - 1], _PLACEMENT_RULE))
    return found


_TRIAL_FIXED: Final = _(
    "En CDD, la période d’essai dure un jour par semaine de contrat : "
    "au plus deux semaines jusqu’à six mois, un mois au-delà."
)
_TRIAL_MISSION: Final = _(
    "En intérim, la période d’essai dure au plus deux jours pour une mission d’un mois, "
    "trois jours jusqu’à deux mois, cinq jours au-delà."
)
_TRIAL_PERMANENT: Final = _(
    "La période d’essai d’un CDI dure au plus deux mois (employés), trois mois (maîtrise) "
    "ou quatre mois (cadres), renouvelable une fois si l’accord de branche le prévoit."
)


def _trials(body: Reading, head: Reading, facts: OfferFacts) -> list[Finding]:
    is_fixed = facts.contract.casefold() == "cdd"
    fixed = trials.too_long_for_a_fixed_term(body, is_fixed_term=is_fixed)
    permanent = trials.too_long_for_a_permanent_one(body, head, is_fixed_term=is_fixed)
    return [
        Finding(
            Code.TRIAL_TOO_LONG,
            Severity.BLOCKING,
            article,
            "description",
            body.starts[first],
            body.ends[last - 1],
            explanation,
            _("Indiquez la durée prévue par la loi et par votre convention collective."),
        )
        for found, article, explanation in (
            (fixed, "L. 1242-10", _TRIAL_FIXED),
            (permanent, "L. 1221-19", _TRIAL_PERMANENT),
            (trials.too_long_for_a_mission(body), "L. 1251-14", _TRIAL_MISSION),
        )
        for first, last in found
    ]


def _low_pay(low: LowPay, field: str, start: int, end: int, rule: _PayRule = _WAGE_RULE) -> Finding:
    article, explanations, suggestion = rule
    return Finding(
        Code.PAY_BELOW_MINIMUM,
        Severity.BLOCKING,
        article,
        field,
        start,
        end,
        explanations[low.period],
        suggestion,
        {"minimum": euros(low.minimum_cents)},
    )


def _numbers(reading: Reading, field: str) -> list[Finding]:
    return [
        Finding(
            Code.PREMIUM_NUMBER,
            Severity.BLOCKING,
            "L. 5331-1, L. 5321-3",
            field,
            *reading.place(start, end),
            _("Ce numéro est surtaxé : postuler doit rester gratuit."),
            _("Donnez un numéro ordinaire ou une adresse électronique."),
        )
        for start, end in amounts.premium_numbers(reading)
    ]


def _foreign(head: Reading, body: Reading) -> list[Finding]:
    found = [
        _not_french(body.starts[first], body.ends[last - 1], "description")
        for first, last in languages.foreign_sentences(body)
    ]
    if languages.is_foreign_title(head) or languages.foreign_sentences(head):
        found.append(_not_french(head.starts[0], head.ends[-1], "title"))
    return found


def _not_french(start: int, end: int, field: str) -> Finding:
    return Finding(
        Code.FOREIGN_TEXT,
        Severity.WARNING,
        "L. 5331-4",
        field,
        start,
        end,
        _("Ce passage n’est pas en français : la loi demande une offre rédigée en français."),
        _("Traduisez-le ; vous pouvez garder le texte étranger à côté."),
    )
