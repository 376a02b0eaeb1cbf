"""Read the official CSV files of ROME 4.0 (France Travail, Licence Ouverte), as released since v446.

Each release is also published in JSON, refused in `files.Files` with the way to the CSV. A reader of it is one more
function `read(files) -> Referential`, chosen in `skills.actions.import_rome` by the ending of `files.names`; what is
known of that format, and why it says less than the CSV, is in `docs/domains/rome-json.md`.
"""

from collections import defaultdict
from collections.abc import Iterator

from entremise.skills import rules
from entremise.skills.actions.files import Files, fitting
from entremise.skills.actions.rows import JobTitleRow, LinkRow, MobilityRow, OccupationRow, Referential, SkillRow
from entremise.skills.enums import SkillKind, Source

_DEFINITION = "definition"


def read(files: Files) -> Referential:
    """Return the rows of ROME; only occupations, job titles and competences are indispensable."""
    referential = Referential(Source.ROME, files.find("referentiel_code_rome")[1])
    referential.families = {
        row["code_grand_domaine"]: row["libelle_grand_domaine"]
        for row in files.rows("grand_domaine", "code_grand_domaine", "libelle_grand_domaine")
    }
    referential.occupations = _occupations(files, referential)
    referential.job_titles = _job_titles(files, referential)
    referential.skills = [*_competences(files, referential), *_knowledge(files, referential)]
    referential.kinds = [SkillKind.KNOW_HOW, SkillKind.SOFT_SKILL]
    if files.find("referentiel_savoir")[0]:
        referential.kinds.append(SkillKind.KNOWLEDGE)
    if files.find("coherence_item")[0]:
        referential.links = list(_links(files, referential))
    if files.find("rubrique_mobilite")[0]:
        referential.mobilities = list(_mobilities(files, referential))
    return referential


def _occupations(files: Files, referential: Referential) -> list[OccupationRow]:
    definitions = _definitions(files)
    has_definitions = bool(files.find("texte")[0])
    found = []
    for row in files.rows("referentiel_code_rome", "code_rome", "libelle_rome", needed=True):
        code, label = row["code_rome"], fitting(row["libelle_rome"], 200, row["code_rome"])
        if not rules.is_rome_code(code) or not label:
            referential.unread_count += 1
            continue
        found.append(OccupationRow(code, label, definitions.get(code, "") if has_definitions else None))
    return found


def _definitions(files: Files) -> dict[str, str]:
    """Put together the sentences of each definition, which come one a line."""
    sentences: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in files.rows("texte", "code_rome", "libelle_type_texte", "position_phrase", "libelle_texte"):
        if row["libelle_type_texte"] == _DEFINITION and row["position_phrase"].isdigit():
            sentences[row["code_rome"]].append((int(row["position_phrase"]), row["libelle_texte"]))
    return {code: " ".join(text for _place, text in sorted(found)) for code, found in sentences.items()}


def _job_titles(files: Files, referential: Referential) -> list[JobTitleRow]:
    found = []
    columns = ("code_ogr", "code_rome", "libelle_appellation_long", "libelle_appellation_court")
    for row in files.rows("referentiel_appellation", *columns, needed=True):
        code, label, short = row["code_ogr"], row["libelle_appellation_long"], row["libelle_appellation_court"]
        if not code or not label:
            referential.unread_count += 1
            continue
        # "Accompagnateur(trice) voyages" is an abbreviation for small screens, not another name.
        synonyms = (short,) if short and short != label and "(" not in short else ()
        found.append(JobTitleRow(code, row["code_rome"], fitting(label, 250, code), synonyms))
    return found


def _competences(files: Files, referential: Referential) -> Iterator[SkillRow]:
    for row in files.rows("referentiel_competence", "code_ogr", "libelle_competence", "cat_comp", needed=True):
        kind = rules.rome_kind(row["cat_comp"])
        yield from _skill(row["code_ogr"], row["libelle_competence"], kind, referential)


def _knowledge(files: Files, referential: Referential) -> Iterator[SkillRow]:
    for row in files.rows("referentiel_savoir", "code_ogr_savoir", "libelle_savoir"):
        yield from _skill(row["code_ogr_savoir"], row["libelle_savoir"], SkillKind.KNOWLEDGE, referential)


def _skill(code: str, label: str, kind: SkillKind, referential: Referential) -> Iterator[SkillRow]:
    if code and label:
        yield SkillRow(code, kind, fitting(label, 400, code), rules.badge_family(kind))
    else:
        referential.unread_count += 1


def _links(files: Files, referential: Referential) -> Iterator[LinkRow]:
    """Return what occupations call for; the same table also gives working conditions, which are no skills."""
    known = {row.external_id for row in referential.skills or ()}
    for row in files.rows("coherence_item", "code_rome", "code_ogr", "coeur_metier"):
        if row["code_ogr"] in known:
            yield LinkRow(row["code_rome"], row["code_ogr"], rules.weight_of(row["coeur_metier"]))


def _mobilities(files: Files, referential: Referential) -> Iterator[MobilityRow]:
    for row in files.rows("rubrique_mobilite", "code_rome", "code_rome_cible", "numero_ordre"):
        if row["numero_ordre"].isdigit():
            kind = rules.mobility_kind(int(row["numero_ordre"]))
            yield MobilityRow(row["code_rome"], row["code_rome_cible"], kind)
        else:
            referential.unread_count += 1
