"""The built-in referential, then ROME and ESCO beside it: one identity each, nothing lost, bad files refused."""

import datetime as dt
import os
import zipfile
from pathlib import Path

import pytest
import time_machine
from django.db import connection

from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor, ActorKind, Role
from entremise.kernel.models import IndexStamp, JournalEntry
from entremise.kernel.reference_files import SourceRefused
from entremise.skills import actions, queries
from entremise.skills.actions import files
from entremise.skills.enums import MobilityKind, Relation, SkillKind, Source, Weight
from entremise.skills.models import (
    ImportRun,
    JobTitle,
    Mobility,
    Occupation,
    OccupationFamily,
    OccupationSkill,
    Skill,
    SkillLabel,
    SkillMapping,
)
from tests.factories.skills import (
    ROME_TABLES,
    JobTitleFactory,
    OccupationFactory,
    SkillFactory,
    csv_text,
    esco_zip,
    rome_zip,
)

pytestmark = pytest.mark.django_db

SHARED = Path(os.environ.get("ENTREMISE_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"
TABLES = (
    OccupationFamily,
    Occupation,
    JobTitle,
    Skill,
    SkillLabel,
    SkillMapping,
    OccupationSkill,
    Mobility,
    ImportRun,
)


def row_counts() -> list[int]:
    return [table.objects.count() for table in TABLES]


def refusal(path: Path) -> str:
    """Return the sentence of a refusal, after checking that nothing was written."""
    before = row_counts()
    with pytest.raises(SourceRefused) as refused:
        actions.import_rome(path)
    assert row_counts() == before
    assert not JournalEntry.objects.exists()
    return refused.value.reason


# The built-in referential


def test_the_builtin_referential_loads_whole_and_a_second_time_changes_nothing() -> None:
    first, again = actions.load_builtin(), actions.load_builtin()
    assert (first.table("occupations").created, first.table("job_titles").created) == (65, 415)
    assert first.table("skills").created == Skill.objects.count() == 644
    assert again.is_empty
    assert again.unchanged == first.created
    assert Skill.objects.get(external_id="sk-0001").source == Source.BUILTIN
    assert SkillLabel.objects.filter(skill__external_id="sk-0001", label="esprit d'équipe").exists()


def test_a_soft_skill_says_to_which_of_rome_it_corresponds() -> None:
    actions.load_builtin()
    mapping = SkillMapping.objects.get(skill__external_id="sk-0001")
    assert (mapping.system, mapping.code, mapping.relation) == (Source.ROME, "300465", Relation.EXACT)


def test_a_load_is_counted_and_journaled_for_the_platform() -> None:
    report = actions.load_builtin()
    run = ImportRun.objects.get()
    line = JournalEntry.objects.get(verb="skills.imported")
    assert run.created_count == report.created > 0
    assert (line.actor_kind, line.subject_id) == (ActorKind.JOB, str(run.pk))
    assert line.data["tables"]["occupations"] == [65, 0, 0]


def test_a_skill_that_left_the_builtin_files_is_retired_not_deleted(tmp_path: Path) -> None:
    actions.load_builtin()
    gone = SkillFactory(label="Tailler des plumes d'oie")
    actions.load_builtin()
    gone.refresh_from_db()
    assert gone.retired_on is not None


def test_indexes_are_built_again_only_when_something_changed() -> None:
    actions.load_builtin()
    before = dict(IndexStamp.objects.values_list("name", "version"))
    actions.load_builtin()
    assert dict(IndexStamp.objects.values_list("name", "version")) == before
    assert set(queries.INDEXES) <= set(before)


def test_only_an_administrator_may_import(tmp_path: Path) -> None:
    adviser = Actor(ActorKind.USER, "u", frozenset({Role.BUSINESS_ADVISER}), second_factor=True)
    with pytest.raises(AccessDenied, match="Votre rôle ne donne pas accès"):
        actions.import_rome(rome_zip(tmp_path), actor=adviser)
    assert not Occupation.objects.exists()


# ROME


def test_rome_fills_every_table(tmp_path: Path) -> None:
    report = actions.import_rome(rome_zip(tmp_path))
    aide = Occupation.objects.get(rome_code="G1603")
    assert aide.definition == "L'aide. Lave."
    assert aide.family.label == "Hôtellerie-Restauration, Tourisme"
    assert JobTitle.objects.get(external_id="13").occupation == aide
    kinds = dict(Skill.objects.values_list("external_id", "kind"))
    assert kinds == {
        "101": SkillKind.KNOW_HOW,
        "102": SkillKind.KNOW_HOW,
        "103": SkillKind.SOFT_SKILL,
        "201": SkillKind.KNOWLEDGE,
    }
    weights = dict(OccupationSkill.objects.values_list("skill__external_id", "weight"))
    assert weights == {"101": Weight.USUAL, "102": Weight.CORE, "103": Weight.POSSIBLE, "201": Weight.USUAL}
    assert Mobility.objects.get().kind == MobilityKind.POSSIBLE
    assert report.version == "460"


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    path = rome_zip(tmp_path)
    first, again = actions.import_rome(path), actions.import_rome(path)
    assert again.is_empty
    assert again.unchanged == first.created
    assert "Rien n'a changé." in str(again)


def test_a_rehearsal_tells_the_same_figures_and_writes_nothing(tmp_path: Path) -> None:
    path = rome_zip(tmp_path)
    before = row_counts()
    rehearsed = actions.import_rome(path, dry_run=True)
    assert row_counts() == before
    assert not JournalEntry.objects.exists()
    assert rehearsed.tables == actions.import_rome(path).tables


def test_what_rome_no_longer_has_is_retired_and_comes_back_with_it(tmp_path: Path) -> None:
    actions.import_rome(rome_zip(tmp_path))
    skill = Skill.objects.get(external_id="102")
    fewer = {name: [row for row in ROME_TABLES[name] if row["code_ogr"] not in ("12", "102")] for name in
             ("referentiel_appellation", "referentiel_competence", "coherence_item")}  # fmt: skip
    with time_machine.travel(dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC), tick=False):
        report = actions.import_rome(rome_zip(tmp_path, **fewer))
    assert report.retired == 3
    assert JobTitle.objects.get(external_id="12").retired_on == dt.date(2027, 3, 1)
    assert Skill.objects.get(pk=skill.pk).retired_on == dt.date(2027, 3, 1)
    assert not OccupationSkill.objects.filter(skill=skill).exists()
    actions.import_rome(rome_zip(tmp_path))
    assert Skill.objects.get(pk=skill.pk).retired_on is None
    assert OccupationSkill.objects.get(skill=skill).weight == Weight.CORE


def test_a_label_that_rome_corrects_is_changed_and_shown(tmp_path: Path) -> None:
    actions.import_rome(rome_zip(tmp_path))
    corrected = [{**ROME_TABLES["referentiel_competence"][0], "libelle_competence": "Éplucher des légumes"}]
    report = actions.import_rome(
        rome_zip(tmp_path, referentiel_competence=[*corrected, *ROME_TABLES["referentiel_competence"][1:]])
    )
    assert report.changed == 1
    assert "modifié : Eplucher des légumes → Éplucher des légumes" in str(report)


def test_an_archive_without_knowledge_nor_definitions_leaves_them_as_they_are(tmp_path: Path) -> None:
    actions.import_rome(rome_zip(tmp_path))
    report = actions.import_rome(
        rome_zip(tmp_path, without=["referentiel_savoir", "texte", "rubrique_mobilite", "grand_domaine"])
    )
    assert report.is_empty
    assert Skill.objects.get(external_id="201").retired_on is None
    assert Mobility.objects.exists()


def test_files_in_cp1252_keep_their_accents(tmp_path: Path) -> None:
    actions.import_rome(rome_zip(tmp_path, encoding="cp1252"))
    assert Skill.objects.get(external_id="101").label == "Eplucher des légumes"
    assert JobTitle.objects.filter(label="Crêpier / Crêpière").exists()


def test_progress_ends_at_its_total(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    actions.import_rome(rome_zip(tmp_path), progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1] > 0


# One identity


def test_what_people_point_at_stays_when_rome_has_it_too(tmp_path: Path) -> None:
    cook = OccupationFactory()
    title = JobTitleFactory(occupation=cook, label="Crepier / Crepiere")
    skill = SkillFactory(label="Éplucher des légumes")
    report = actions.import_rome(rome_zip(tmp_path))
    assert Occupation.objects.get(rome_code="G1602") == cook
    assert cook.definition == "Prépare les plats et les envoie à l'heure. Tient sa cuisine propre."
    assert JobTitle.objects.filter(occupation=cook).count() == 2
    assert JobTitle.objects.get(pk=title.pk).retired_on is None
    assert not Skill.objects.filter(external_id="101").exists()
    mapping = SkillMapping.objects.get(skill=skill)
    assert (mapping.system, mapping.code, mapping.relation) == (Source.ROME, "101", Relation.EXACT)
    assert OccupationSkill.objects.filter(occupation=cook, skill=skill, weight=Weight.USUAL).exists()
    assert (report.table("occupations").aligned, report.table("skills").aligned) == (1, 1)


def test_a_skill_of_another_kind_with_the_same_label_is_another_skill(tmp_path: Path) -> None:
    SkillFactory(label="Eplucher des légumes", kind=SkillKind.KNOWLEDGE)
    actions.import_rome(rome_zip(tmp_path))
    assert Skill.objects.filter(label="Eplucher des légumes").count() == 2


def test_a_declared_correspondence_gives_the_official_wording_as_another_name(tmp_path: Path) -> None:
    actions.load_builtin()
    team = [{"code_ogr": "300465", "libelle_competence": "Avoir l'esprit d'équipe", "cat_comp": "Savoir-être"}]
    actions.import_rome(rome_zip(tmp_path, referentiel_competence=team))
    assert not Skill.objects.filter(external_id="300465").exists()
    assert SkillLabel.objects.filter(skill__external_id="sk-0001", label="Avoir l'esprit d'équipe").exists()
    assert actions.load_builtin().is_empty


def test_the_builtin_referential_loaded_after_rome_finds_its_place(tmp_path: Path) -> None:
    team = [{"code_ogr": "300465", "libelle_competence": "Avoir l'esprit d'équipe", "cat_comp": "Savoir-être"}]
    actions.import_rome(rome_zip(tmp_path, referentiel_competence=team, coherence_item=ROME_TABLES["coherence_item"]))
    actions.load_builtin()
    official = Skill.objects.get(external_id="300465")
    assert not Skill.objects.filter(external_id="sk-0001").exists()
    assert SkillMapping.objects.filter(skill=official, system=Source.BUILTIN, code="sk-0001").exists()
    assert OccupationSkill.objects.filter(skill=official).count() > 5
    assert Occupation.objects.get(rome_code="G1602").source == Source.ROME
    assert actions.load_builtin().is_empty
    assert actions.import_rome(
        rome_zip(tmp_path, referentiel_competence=team, coherence_item=ROME_TABLES["coherence_item"])
    ).is_empty


# ESCO

GRAPE = {"conceptUri": "esco:1", "preferredLabel": "éplucher des légumes", "altLabels": "peler des légumes"}
CREPE = {"conceptUri": "esco:o1", "preferredLabel": "crêpier/crêpière", "altLabels": "galettier\ngalettière"}


def test_esco_maps_what_is_known_and_adds_the_rest(tmp_path: Path) -> None:
    skill = SkillFactory(label="Éplucher des légumes")
    wine = {"conceptUri": "esco:2", "preferredLabel": "œnologie", "altLabels": ""}
    actions.import_esco(esco_zip(tmp_path, [GRAPE, wine]))
    assert SkillMapping.objects.get(skill=skill).code == "esco:1"
    assert [label.label for label in skill.labels.all()] == ["Peler des légumes"]
    assert Skill.objects.get(external_id="esco:2").kind == SkillKind.KNOWLEDGE
    assert actions.import_esco(esco_zip(tmp_path, [GRAPE, wine])).is_empty


def test_the_type_given_by_esco_wins_over_what_the_label_looks_like(tmp_path: Path) -> None:
    typed = {**GRAPE, "skillType": "knowledge"}
    actions.import_esco(esco_zip(tmp_path, [typed]))
    assert Skill.objects.get().kind == SkillKind.KNOWLEDGE
    actions.import_esco(esco_zip(tmp_path, [GRAPE]))
    assert Skill.objects.get().kind == SkillKind.KNOWLEDGE


def test_an_esco_occupation_is_a_job_title_only_when_its_name_is_known_once(tmp_path: Path) -> None:
    cook = OccupationFactory()
    JobTitleFactory(occupation=cook, label="Crêpier / Crêpière")
    unknown = {"conceptUri": "esco:o2", "preferredLabel": "cosmonaute", "altLabels": ""}
    report = actions.import_esco(esco_zip(tmp_path, [GRAPE], [CREPE, unknown]))
    title = JobTitle.objects.get(source=Source.ESCO)
    assert (title.occupation, title.synonyms) == (cook, "galettier|galettière")
    assert report.table("job_titles").ignored == 1
    JobTitleFactory(occupation=OccupationFactory(rome_code="G1603"), label="Crêpier / Crêpière")
    assert actions.import_esco(esco_zip(tmp_path, [GRAPE], [CREPE])).table("job_titles").retired == 1


# Bad files


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rome.zip"
    path.write_text("code_rome;libelle\n")
    assert (
        refusal(path) == "« rome.zip » n'est pas une archive zip : donnez l'archive officielle, telle que téléchargée."
    )


def test_an_archive_cut_short_is_refused(tmp_path: Path) -> None:
    path = rome_zip(tmp_path)
    path.write_bytes(path.read_bytes()[:-400])
    assert "archive" in refusal(path)


def test_an_archive_with_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = rome_zip(tmp_path)
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("unix_referentiel_competence_v460_utf8.csv")
    start = member.header_offset + 30 + len(member.filename)
    raw[start : start + 20] = b"\0" * 20
    path.write_bytes(bytes(raw))
    assert refusal(path) == "Le fichier « rome.zip » est abîmé ou incomplet : téléchargez-le de nouveau."


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = rome_zip(tmp_path)
    monkeypatch.setattr(files, "MAX_UNPACKED_BYTES", 1000)
    assert refusal(path) == (
        "« rome.zip » prendrait trop de place une fois ouverte : ce n'est pas l'archive attendue."
    )


@pytest.mark.parametrize("table", ["referentiel_code_rome", "referentiel_appellation", "referentiel_competence"])
def test_an_archive_without_an_indispensable_table_is_refused(tmp_path: Path, table: str) -> None:
    assert refusal(rome_zip(tmp_path, without=[table])) == (
        f"Il manque le fichier « {table} » dans l'archive « rome.zip »."
    )


def test_a_table_without_its_column_is_refused(tmp_path: Path) -> None:
    titles = [{"code_ogr": "11", "code_rome": "G1602", "libelle": "Cuisinier"}]
    assert refusal(rome_zip(tmp_path, referentiel_appellation=titles)) == (
        "Il manque la colonne « libelle_appellation_long » dans « unix_referentiel_appellation_v460_utf8.csv » : "
        "ce n'est pas le fichier attendu."
    )


def test_a_label_that_is_a_whole_text_is_refused(tmp_path: Path) -> None:
    skills = [{"code_ogr": "101", "libelle_competence": "Cuire " * 80, "cat_comp": "Savoir-faire"}]
    assert refusal(rome_zip(tmp_path, referentiel_competence=skills)) == (
        "Le libellé de « 101 » dépasse 400 caractères : ce n'est pas le fichier attendu."
    )


def test_occupations_without_their_family_are_refused(tmp_path: Path) -> None:
    assert refusal(rome_zip(tmp_path, without=["grand_domaine"])) == (
        "La famille de métiers « G » est inconnue : il manque le fichier des grands domaines."
    )


def test_a_file_in_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rome.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, rows in ROME_TABLES.items():
            complete = [{"libelle_appellation_court": "", **row} for row in rows]
            archive.writestr(f"unix_{name}_v460_utf8.csv", csv_text(complete).encode("cp1252") + b'"\x81\x8d"\n')
    assert "illisibles : enregistrez-le en UTF-8." in refusal(path)


def test_an_archive_in_json_says_which_one_to_take(tmp_path: Path) -> None:
    path = tmp_path / "rome.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("unix_referentiel_code_rome_v461.json", "[]")
    assert refusal(path) == "Cette archive est au format JSON : prenez l'archive CSV de la même version."


def test_a_later_release_in_csv_with_more_files_and_columns_is_read_the_same(tmp_path: Path) -> None:
    occupations = [{**row, "code_rome_parent": row["code_rome"]} for row in ROME_TABLES["referentiel_code_rome"]]
    path = rome_zip(tmp_path, release=461, referentiel_code_rome=occupations)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("version.txt", "Numero de version : 461")
    report = actions.import_rome(path)
    assert report.version == ImportRun.objects.get().version == "461"
    assert report.table("occupations").created == 2
    assert report.table("job_titles").created == 3
    assert actions.import_rome(rome_zip(tmp_path, release=462)).is_empty


def test_lines_without_a_label_or_with_an_impossible_code_are_left_out_and_counted(tmp_path: Path) -> None:
    occupations = [*ROME_TABLES["referentiel_code_rome"], {"code_rome": "?", "libelle_rome": "Rien"}]
    titles = [*ROME_TABLES["referentiel_appellation"], {**ROME_TABLES["referentiel_appellation"][0], "code_ogr": "14",
              "code_rome": "Z9999"}]  # fmt: skip
    report = actions.import_rome(rome_zip(tmp_path, referentiel_code_rome=occupations, referentiel_appellation=titles))
    assert report.table("unread").ignored == 1
    assert report.table("job_titles").ignored == 1
    assert Occupation.objects.count() == 2


# The real files


@pytest.mark.skipif(not (SHARED / "rome_v460_csv.zip").exists(), reason="the official files are not here")
@pytest.mark.nightly
def test_the_official_files_load_beside_the_builtin_referential() -> None:
    actions.load_builtin()
    rome = actions.import_rome(SHARED / "rome_v460_csv.zip")
    actions.import_esco(SHARED / "esco_v10_fr_csv.zip")
    assert Occupation.objects.count() == 1584
    assert rome.table("job_titles").created + rome.table("job_titles").aligned == 13120
    assert rome.table("skills").created + rome.table("skills").aligned == 18317 + 15354
    assert actions.import_rome(SHARED / "rome_v460_csv.zip").is_empty
    assert actions.load_builtin().is_empty
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM skills_skill WHERE label LIKE '%%''''%%' OR label <> trim(label)")
        assert cursor.fetchone() == (0,)
