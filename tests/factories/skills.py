"""A small referential for the tests: rows, and the official files that a test writes in the shape of the real ones."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import factory

from entremise.skills.enums import SkillKind, Source
from entremise.skills.models import JobTitle, Occupation, OccupationFamily, Skill

COOK = "G1602"


class OccupationFamilyFactory(factory.django.DjangoModelFactory):
    """A family of occupations."""

    class Meta:
        model = OccupationFamily
        django_get_or_create = ("letter",)

    letter = "G"
    label = "Cuisine, accueil et loisirs"


class OccupationFactory(factory.django.DjangoModelFactory):
    """An occupation of our own referential."""

    class Meta:
        model = Occupation
        django_get_or_create = ("rome_code",)

    rome_code = COOK
    label = "Cuisinier / Cuisinière"
    definition = "Prépare les plats et les envoie à l'heure. Tient sa cuisine propre."
    family = factory.SubFactory(
        OccupationFamilyFactory, letter=factory.LazyAttribute(lambda o: o.factory_parent.rome_code[0])
    )
    source = Source.BUILTIN


class JobTitleFactory(factory.django.DjangoModelFactory):
    """A job title of our own referential."""

    class Meta:
        model = JobTitle

    occupation = factory.SubFactory(OccupationFactory)
    external_id = factory.Sequence(lambda number: f"jt-test-{number}")
    source = Source.BUILTIN
    label = "Second / Seconde de cuisine"


class SkillFactory(factory.django.DjangoModelFactory):
    """A skill of our own referential."""

    class Meta:
        model = Skill

    kind = SkillKind.KNOW_HOW
    external_id = factory.Sequence(lambda number: f"sk-test-{number}")
    source = Source.BUILTIN
    label = factory.Sequence(lambda number: f"Préparer la recette numéro {number}")


Table = Sequence[Mapping[str, str]]

ROME_TABLES: dict[str, Table] = {
    "grand_domaine": [{"code_grand_domaine": "G", "libelle_grand_domaine": "Hôtellerie-Restauration, Tourisme"}],
    "referentiel_code_rome": [
        {"code_rome": "G1602", "libelle_rome": "Cuisinier / Cuisinière"},
        {"code_rome": "G1603", "libelle_rome": "Personnel polyvalent de restauration"},
    ],
    "texte": [
        {"code_rome": "G1603", "libelle_type_texte": "definition", "position_phrase": "2", "libelle_texte": "Lave."},
        {
            "code_rome": "G1603",
            "libelle_type_texte": "definition",
            "position_phrase": "1",
            "libelle_texte": "L''aide.",
        },
        {"code_rome": "G1603", "libelle_type_texte": "acces_metier", "position_phrase": "1", "libelle_texte": "CAP."},
    ],
    "referentiel_appellation": [
        {"code_ogr": "11", "libelle_appellation_long": "Cuisinier / Cuisinière", "code_rome": "G1602"},
        {"code_ogr": "12", "libelle_appellation_long": "Crêpier / Crêpière", "code_rome": "G1602"},
        {"code_ogr": "13", "libelle_appellation_long": "Plongeur / Plongeuse", "code_rome": "G1603"},
    ],
    "referentiel_competence": [
        {"code_ogr": "101", "libelle_competence": "Eplucher des légumes", "cat_comp": "Savoir-faire"},
        {"code_ogr": "102", "libelle_competence": "Dresser une assiette", "cat_comp": "Savoir-faire"},
        {"code_ogr": "103", "libelle_competence": "Avoir l'esprit d'équipe", "cat_comp": "Savoir-être professionnel"},
    ],
    "referentiel_savoir": [{"code_ogr_savoir": "201", "libelle_savoir": "Règles d'hygiène"}],
    "coherence_item": [
        {"code_rome": "G1602", "code_ogr": "101", "coeur_metier": ""},
        {"code_rome": "G1602", "code_ogr": "102", "coeur_metier": "Principale"},
        {"code_rome": "G1602", "code_ogr": "103", "coeur_metier": "Émergente"},
        {"code_rome": "G1603", "code_ogr": "201", "coeur_metier": ""},
        {"code_rome": "G1603", "code_ogr": "999", "coeur_metier": ""},  # a working condition
    ],
    "rubrique_mobilite": [{"code_rome": "G1602", "code_rome_cible": "G1603", "numero_ordre": "6"}],
}
_SHORT = "libelle_appellation_court"


def rome_zip(
    folder: Path, *, without: Iterable[str] = (), encoding: str = "utf-8", release: int = 460, **changes: Table
) -> Path:
    """Write an archive like that of ROME, with some tables left out or replaced."""
    tables = {name: rows for name, rows in {**ROME_TABLES, **changes}.items() if name not in set(without)}
    path = folder / "rome.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            complete = [{_SHORT: "", **row} for row in rows] if name == "referentiel_appellation" else rows
            archive.writestr(f"unix_{name}_v{release}_utf8.csv", csv_text(complete).encode(encoding))
    return path


def esco_zip(folder: Path, skills: Table, occupations: Table = ()) -> Path:
    """Write an archive like that of ESCO."""
    path = folder / "esco.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("skills_fr.csv", csv_text(skills))
        if occupations:
            archive.writestr("occupations_fr.csv", csv_text(occupations))
    return path


def csv_text(rows: Table) -> str:
    """Write rows as the official exports do: every cell quoted, commas."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
