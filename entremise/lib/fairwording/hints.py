"""Advice: what a reader needs and the offer does not say. Never a fault, never counted in the measure."""

from typing import Final

from entremise.lib.fairwording.amounts import OfferFacts
from entremise.lib.fairwording.codes import Code, Severity
from entremise.lib.fairwording.findings import Finding
from entremise.lib.fairwording.patterns import Index, compile_table
from entremise.lib.fairwording.reading import LONGEST_READ, Reading
from entremise.lib.fairwording.words import word_set
from entremise.lib.identifiers import gettext_noop as _

_TABLES: Final[dict[str, str]] = {
    Code.MISSING_CONTRACT: """
        cdi|cdd|interim|interimaire|apprenti*|alternance|stage|contrat|saisonnier|vacataire|titulaire|professionnalisation
    """,
    Code.MISSING_START: """
        des que|maintenant|aujourd
        a partir du|de|d
        poste a pourvoir
        pourvoir ..2 immediatement|rapidement|urgent
        debut|demarrage|prise de|le|debut|poste
        immediat|immediate|immediatement|asap
        janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre
    """,
    Code.MISSING_HOURS: """
        # h|heures
        temps plein|complet|partiel
        mi temps
        horaires|planning|forfait
    """,
    Code.MISSING_PAY: """
        # euros|k|ke|brut|net
        smic
        convention collective
        grille|indice|coefficient
    """,
    Code.VAGUE_PAY: """
        salaire|remuneration|paie ..2 selon|negociable|competitif|attractif|motivant|definir|suivant
    """,
    Code.DRIVING_LICENCE: """
        permis =b|de|conduire ..3 @req
        permis ..1 @req
    """,
    "reasons for a licence": """
        deplace*|livr*|conduire|conduite|chauffeur|conducteur|tournee|clientele|chantier|itineran*|domicile|vehicule|secteur
        visite|intervention|ambulan*|taxi|transport|agence|sites|route|desservi|commun|commerc*|depann*
    """,
    Code.TEAM_AGE: """
        equipe ..1 =jeune|=jeunes
        ambiance ..1 =jeune
    """,
    Code.FOREIGN_TERM: """
        sales manager|representative
        office|store|shop|product|project manager
        account|customer|happiness|talent|business manager|developer|officer
        key account
        team leader|lead
        head of
        senior|junior developer
    """,
}
_INDEX: Final = Index.of(pattern for name, table in _TABLES.items() for pattern in compile_table(table, name))
_SENTENCES: Final[dict[Code, tuple[str, str]]] = {
    Code.MISSING_CONTRACT: (
        _("Le type de contrat n’apparaît pas : c’est la première chose que l’on cherche."),
        _("Indiquez CDI, CDD (avec sa durée), intérim ou alternance."),
    ),
    Code.MISSING_PLACE: (
        _("Le lieu de travail n’est pas indiqué."),
        _("Indiquez la commune, et l’accès en transports si vous le connaissez."),
    ),
    Code.MISSING_START: (
        _("La date de début n’est pas indiquée."),
        _("Indiquez une date, ou « dès que possible »."),
    ),
    Code.MISSING_HOURS: (
        _("Ni la durée du travail ni les horaires ne sont indiqués."),
        _("Indiquez le nombre d’heures par semaine et les jours travaillés."),
    ),
    Code.MISSING_PAY: (
        _("Le salaire n’est pas indiqué : une offre qui le donne reçoit plus de réponses."),
        _("Indiquez une fourchette brute, par heure ou par mois."),
    ),
    Code.VAGUE_PAY: (
        _("« Selon profil » ne dit rien du salaire."),
        _("Donnez au moins un minimum, par exemple « à partir de 2 000 € brut par mois »."),
    ),
    Code.TITLE_TOO_VAGUE: (
        _("Ce titre ne dit pas le métier."),
        _("Écrivez le nom du métier, par exemple « Préparateur ou préparatrice de commandes »."),
    ),
    Code.DRIVING_LICENCE: (
        _("Le permis est demandé, mais le texte ne dit pas pourquoi : des personnes renonceront à postuler."),
        _("Dites l’usage du véhicule, ou écrivez « accessible en transports »."),
    ),
    Code.FOREIGN_TERM: (
        _("Ce nom de métier est en anglais ; un nom français serait compris de tous."),
        _("Écrivez le nom français du métier, et l’anglais entre parenthèses si c’est l’usage."),
    ),
    Code.TEAM_AGE: (
        _("Parler de l’âge de l’équipe peut décourager des personnes plus âgées."),
        _("Décrivez plutôt l’ambiance : « équipe soudée et dynamique »."),
    ),
    Code.TEXT_TOO_LONG: (
        _("Ce texte est si long qu’il n’a été lu qu’en partie."),
        _("Raccourcissez-le : 5 000 caractères suffisent."),
    ),
}
_VAGUE_TITLES: Final = word_set(
    """employe poste offre emploi job travail agent personnel urgent recrutement h f e cdi cdd polyvalent
    annonce"""
)


_Stretches = dict[object, list[tuple[int, int]]]


def hints(title: Reading, description: Reading, facts: OfferFacts, *, length: int) -> list[Finding]:
    """Return the advice on an offer that has a description."""
    in_title, in_text = _stretches(title), _stretches(description)
    found = [
        *_missing({*in_title, *in_text}, facts),
        *_in_description(description, in_text),
        *_in_title(title, in_title),
    ]
    if length > LONGEST_READ:
        found.append(_advice(Code.TEXT_TOO_LONG, "description"))
    return found


def _stretches(reading: Reading) -> _Stretches:
    found: _Stretches = {}
    for hit in _INDEX.hits(reading):
        found.setdefault(hit.pattern.owner, []).append((hit.start, hit.end))
    return found


def _missing(said: set[object], facts: OfferFacts) -> list[Finding]:
    known = {
        Code.MISSING_CONTRACT: bool(facts.contract),
        Code.MISSING_START: facts.starts_on is not None,
        Code.MISSING_HOURS: facts.hours is not None or bool(facts.working_time),
        Code.MISSING_PAY: facts.pay_min_cents is not None or facts.pay_max_cents is not None,
        Code.MISSING_PLACE: bool(facts.place),
    }
    return [_advice(code, "description") for code, is_known in known.items() if not is_known and code not in said]


def _in_description(reading: Reading, said: _Stretches) -> list[Finding]:
    codes = [Code.TEAM_AGE]
    if Code.MISSING_PAY not in said:
        codes.append(Code.VAGUE_PAY)
    if "reasons for a licence" not in said:
        codes.append(Code.DRIVING_LICENCE)
    return [_stretch(code, "description", reading, *place) for code in codes for place in said.get(code, ())[:1]]


def _in_title(reading: Reading, said: _Stretches) -> list[Finding]:
    found = [_stretch(Code.FOREIGN_TERM, "title", reading, *place) for place in said.get(Code.FOREIGN_TERM, ())]
    if len(reading) and all(word in _VAGUE_TITLES or word in {"/", "#"} for word in reading.words):
        found.append(_stretch(Code.TITLE_TOO_VAGUE, "title", reading, 0, len(reading)))
    return found


def _advice(code: Code, field: str, start: int = 0, end: int = 0) -> Finding:
    explanation, suggestion = _SENTENCES[code]
    return Finding(code, Severity.ADVICE, "", field, start, end, explanation, suggestion)


def _stretch(code: Code, field: str, reading: Reading, first: int, last: int) -> Finding:
    return _advice(code, field, reading.starts[first], reading.ends[last - 1])
