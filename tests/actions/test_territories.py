"""The built-in places, the official files, and what can be asked of them."""

import csv
import gzip
import json
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor, ActorKind, Role
from entremise.kernel.models import IndexStamp, JournalEntry
from entremise.kernel.reference_files import SourceRefused
from entremise.lib.geo import Point
from entremise.lib.workcalendar import HolidayArea
from entremise.territories import actions, queries
from entremise.territories.models import Commune, Department, EmploymentZone, NafCode, Region

pytestmark = pytest.mark.django_db

SHARED = Path(os.environ.get("ENTREMISE_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"
REGIONS = [{"code": "84", "chefLieu": "69123", "nom": "Auvergne-Rhône-Alpes"}]
DEPARTMENTS = [
    {"code": "26", "region": "84", "chefLieu": "26362", "nom": "Drôme"},
    {"code": "69", "region": "84", "chefLieu": "69123", "nom": "Rhône"},
]


def commune_row(code: str, name: str, **facts: Any) -> dict[str, Any]:
    row = {"code": code, "nom": name, "departement": code[:2], "type": "commune-actuelle", "population": 1000}
    return {**row, "codesPostaux": [code[:2] + "000"], **facts}


VALENCE = commune_row("26362", "Valence", population=64458)
LYON = commune_row("69123", "Lyon", population=520000)


def etalab_zip(folder: Path, communes: Sequence[dict[str, Any]], *, name: str = "etalab.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("communes.json", json.dumps(communes, ensure_ascii=False))
        archive.writestr("departements.json", json.dumps(DEPARTMENTS, ensure_ascii=False))
        archive.writestr("regions.json", json.dumps(REGIONS, ensure_ascii=False))
    return path


def laposte_csv(folder: Path, lines: Sequence[str], *, header: str = "", encoding: str = "utf-8") -> Path:
    path = folder / "hexasmal.csv"
    first = header or "Code_commune_INSEE;Nom_commune;Code_postal;Libelle_acheminement;Ligne_5;coordonnees_gps"
    path.write_text("\n".join([first, *lines]) + "\n", encoding=encoding)
    return path


def test_the_builtin_extract_loads_once_and_holds_together() -> None:
    first = actions.load_builtin()
    again = actions.load_builtin()
    assert first.created == Region.objects.count() + Department.objects.count() + EmploymentZone.objects.count() + (
        Commune.objects.count() + NafCode.objects.count()
    )
    assert (again.created, again.changed, again.retired) == (0, 0, 0)
    assert again.unchanged == first.created
    assert Department.objects.count() == 109
    assert NafCode.objects.get(pk="47.11F").section == "G"
    assert Commune.objects.get(pk="26362").zone.name == "Bassin de Valence"


def test_the_builtin_extract_has_every_town_above_five_thousand_and_the_small_ones_of_three_departments() -> None:
    actions.load_builtin()
    assert Commune.objects.filter(population__gt=5000).count() > 2200
    for department in ("07", "26", "38"):
        assert Commune.objects.filter(department=department, population__lt=1500).count() > 5
    assert not Commune.objects.filter(department__in=["07", "26", "38"], latitude=None).exists()


def test_loading_the_builtin_extract_leaves_a_newer_official_name_alone(tmp_path: Path) -> None:
    actions.load_builtin()
    Commune.objects.filter(pk="26362").update(name="Valence-sur-Rhône")
    actions.load_builtin()
    assert Commune.objects.get(pk="26362").name == "Valence-sur-Rhône"


def test_importing_the_official_files_writes_names_places_and_postcodes(tmp_path: Path) -> None:
    points = laposte_csv(
        tmp_path,
        [
            "26362;VALENCE;26000;VALENCE;;44.92298, 4.91444",
            "69381;LYON 01;69001;LYON;;45.77, 4.83",
            "69382;LYON 02;69002;LYON;;45.75, 4.83",
            "26001;NULLE PART;26999;NULLE PART;;",
        ],
    )
    report = actions.import_communes(etalab_zip(tmp_path, [VALENCE, LYON]), coordinates=points)
    valence, lyon = Commune.objects.get(pk="26362"), Commune.objects.get(pk="69123")
    assert report.created == 1 + 2 + 2
    assert (valence.latitude, valence.longitude, valence.population) == (44.923, 4.9144, 64458)
    assert valence.postcodes == ["26000"]
    assert (lyon.latitude, lyon.longitude) == (45.76, 4.83)  # the middle of its arrondissements


def test_an_import_says_what_changed_and_the_second_one_changes_nothing(tmp_path: Path) -> None:
    source = etalab_zip(tmp_path, [VALENCE, LYON])
    actions.import_communes(source)
    again = actions.import_communes(source)
    assert (again.created, again.changed, again.retired, again.unchanged) == (0, 0, 0, 5)
    renamed = etalab_zip(tmp_path, [commune_row("26362", "Valence-la-Neuve"), LYON], name="new.zip")
    report = actions.import_communes(renamed)
    assert (report.created, report.changed) == (0, 1)
    assert report.examples == ("26362",)
    assert "modifiées : 1" in str(report)


def test_a_dry_run_reports_the_same_figures_and_writes_nothing(tmp_path: Path) -> None:
    report = actions.import_communes(etalab_zip(tmp_path, [VALENCE, LYON]), dry_run=True)
    assert (report.created, report.dry_run) == (5, True)
    assert not Commune.objects.exists()
    assert not IndexStamp.objects.exists()


def test_a_commune_that_disappears_is_retired_and_comes_back_if_it_returns(tmp_path: Path) -> None:
    both = etalab_zip(tmp_path, [VALENCE, commune_row("26001", "Aix-en-Diois"), LYON])
    actions.import_communes(both)
    without = etalab_zip(tmp_path, [VALENCE, LYON], name="without.zip")
    assert actions.import_communes(without).retired == 1
    assert Commune.objects.get(pk="26001").retired_on is not None
    with pytest.raises(queries.UnknownCommune):
        queries.commune("26001")
    actions.import_communes(both)
    assert queries.commune("26001").retired_on is None


def test_a_file_about_one_department_retires_nothing_elsewhere(tmp_path: Path) -> None:
    actions.import_communes(etalab_zip(tmp_path, [VALENCE, LYON]))
    assert actions.import_communes(etalab_zip(tmp_path, [VALENCE], name="26.zip")).retired == 0
    assert Commune.objects.get(pk="69123").retired_on is None


def test_delegated_communes_and_arrondissements_are_not_communes(tmp_path: Path) -> None:
    rows = [VALENCE, commune_row("26002", "Ancienne", type="commune-deleguee")]
    actions.import_communes(etalab_zip(tmp_path, rows))
    assert list(Commune.objects.values_list("code", flat=True)) == ["26362"]


def test_coordinates_alone_complete_what_is_known(tmp_path: Path) -> None:
    actions.import_communes(etalab_zip(tmp_path, [VALENCE]))
    newer = "#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5;_geopoint"
    points = laposte_csv(tmp_path, ["26362;VALENCE;26000;VALENCE;;44.9, 4.9"], header=newer, encoding="cp1252")
    report = actions.import_communes(points)
    assert (report.created, report.changed) == (0, 1)
    assert Commune.objects.get(pk="26362").population == 64458
    assert Commune.objects.get(pk="26362").latitude == 44.9


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("abime.zip", b"PK\x03\x04 not a zip", "abîmé ou incomplet"),
        ("vide.csv", b"", "ne contient ni la liste des communes"),
        ("autre.csv", b"a;b\n1;2\n", "ne contient ni la liste des communes"),
        ("casse.json", b'[{"code": ', "n’est pas un JSON lisible"),
        ("coupe.csv.gz", gzip.compress(bytes(range(256)) * 9, mtime=0)[:90], "abîmé ou incomplet"),
    ],
    ids=["zip", "empty", "other", "json", "gz"],
)
def test_a_file_that_cannot_be_used_is_refused_in_plain_french(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceRefused) as refusal:
        actions.import_communes(path)
    assert sentence in refusal.value.reason
    assert not Commune.objects.exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match=r"« absent\.zip » est introuvable"):
        actions.import_communes(tmp_path / "absent.zip")


def test_communes_of_an_unknown_department_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    source = etalab_zip(tmp_path, [VALENCE, commune_row("99001", "Ailleurs")])
    with pytest.raises(SourceRefused, match=r"départements inconnus \(99\)"):
        actions.import_communes(source)
    assert not Commune.objects.exists()
    assert not Region.objects.exists()


def test_an_adviser_may_not_import(tmp_path: Path) -> None:
    adviser = Actor(ActorKind.USER, "a", frozenset({Role.BUSINESS_ADVISER}), second_factor=True)
    with pytest.raises(AccessDenied, match="Votre rôle ne donne pas accès à cette action"):
        actions.import_communes(etalab_zip(tmp_path, [VALENCE]), actor=adviser)


def test_an_import_leaves_one_line_in_the_journal(tmp_path: Path) -> None:
    actions.import_communes(etalab_zip(tmp_path, [VALENCE]))
    line = JournalEntry.objects.get(verb="territories.communes_imported")
    assert (line.data["created"], line.data["dry_run"]) == (4, False)


@pytest.mark.nightly
@pytest.mark.skipif(not SHARED.exists(), reason="the official files are not beside the checkout (ENTREMISE_SHARED)")
def test_the_whole_country_imports_over_the_extract_and_again_without_a_change() -> None:
    actions.load_builtin()
    source, points = SHARED / "communes_etalab_2026.zip", SHARED / "laposte_hexasmal.csv.gz"
    report = actions.import_communes(source, coordinates=points)
    assert Commune.objects.filter(retired_on=None).count() == 34969
    assert report.changed < 60  # the extract says the same, with the same rounding
    again = actions.import_communes(source, coordinates=points)
    assert again.is_empty
    assert queries.suggested_communes("romans sur isere")[0].name == "Romans-sur-Isère"


@pytest.mark.skipif(not SHARED.exists(), reason="the official files are not beside the checkout (ENTREMISE_SHARED)")
def test_the_official_naf_imports_from_its_archive() -> None:
    report = actions.import_naf(SHARED / "naf_rev2.zip")
    assert report.created == 732
    assert actions.import_naf(SHARED / "naf_rev2.zip").is_empty


@pytest.mark.parametrize("extension", ["csv", "json"])
def test_naf_is_read_from_csv_and_json_without_its_upper_levels(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"naf.{extension}"
    rows = [{"id": "56", "label": "Restauration"}, {"id": "56.10A", "label": "Restauration traditionnelle"}]
    if extension == "json":
        path.write_text(json.dumps(rows), encoding="utf-8")
    else:
        with path.open("w", encoding="cp1252", newline="") as stream:
            writer = csv.writer(stream, delimiter=";")
            writer.writerows([["CODE", "LIBELLÉ"], *[list(row.values()) for row in rows]])
    assert actions.import_naf(path).created == 1
    assert NafCode.objects.get().section == "I"


def test_a_file_without_naf_codes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "naf.csv"
    path.write_text("CODE;LIBELLE\nabc;rien\n", encoding="utf-8")
    with pytest.raises(SourceRefused, match="ne contient aucun code NAF"):
        actions.import_naf(path)


TYPED = {
    "valence": "Valence",
    "Valance": "Valence",
    "26000": "Valence",
    "26362": "Valence",
    "valence 26": "Valence",
    "valence drome": "Valence",
    "bourg les valence": "Bourg-lès-Valence",
    "bourg de peage": "Bourg-de-Péage",
    "st etienne": "Saint-Étienne",
    "ste foy les lyon": "Sainte-Foy-lès-Lyon",
    "la roche sur yon": "La Roche-sur-Yon",
    "grenob": "Grenoble",
    "l'isle d'abeau": "L'Isle-d'Abeau",
    "97105": "Basse-Terre",
    "2A004": "Ajaccio",
}


def test_a_commune_is_found_as_people_type_it() -> None:
    actions.load_builtin()
    assert {typed: queries.suggested_communes(typed)[0].name for typed in TYPED} == TYPED


def test_a_new_commune_is_suggested_as_soon_as_it_is_imported(tmp_path: Path) -> None:
    actions.import_communes(etalab_zip(tmp_path, [VALENCE]))
    assert [c.name for c in queries.suggested_communes("lyon")] == []
    actions.import_communes(etalab_zip(tmp_path, [VALENCE, LYON], name="new.zip"))
    assert [c.name for c in queries.suggested_communes("lyon")] == ["Lyon"]


def test_suggestions_cost_two_queries(django_assert_num_queries: Any) -> None:
    actions.load_builtin()
    queries.suggested_communes("valence")
    with django_assert_num_queries(2):
        queries.suggested_communes("grenoble")


def test_an_unknown_commune_is_refused_with_a_sentence() -> None:
    actions.load_builtin()
    for code in ("99999", "abc", "", "26999", "20004"):
        with pytest.raises(queries.UnknownCommune) as refusal:
            queries.commune(code)
        assert refusal.value.reason == f"Nous ne connaissons pas la commune « {code} » : choisissez-la dans la liste."


def test_an_arrondissement_leads_to_its_commune() -> None:
    actions.load_builtin()
    assert queries.commune("69381").name == "Lyon"


def test_communes_within_a_radius_come_nearest_first_and_none_is_further() -> None:
    actions.load_builtin()
    valence = queries.commune("26362")
    near = queries.communes_within(valence, 10)
    assert near[0].commune == valence
    assert [one.km for one in near] == sorted(one.km for one in near)
    assert all(one.km <= 10 for one in near)
    assert {"Bourg-lès-Valence", "Guilherand-Granges"} <= {one.commune.name for one in near}
    assert "26281" not in queries.commune_codes_within(valence, 10)  # Romans-sur-Isère is 16 km away
    assert "26281" in queries.commune_codes_within(valence, 20)
    assert queries.communes_within(Point(44.9333, 4.8917), 3)


def test_a_commune_without_coordinates_is_near_itself_alone() -> None:
    actions.load_builtin()
    noumea = queries.commune("98818")
    assert [one.commune for one in queries.communes_within(noumea, 50)] == [noumea]
    assert queries.distance_between(noumea, queries.commune("26362")) is None


def test_zones_and_departments_are_listed_by_territory() -> None:
    actions.load_builtin()
    assert [zone.name for zone in queries.zones(["26"])] == ["Bassin de Die", "Bassin de Nyons", "Bassin de Valence"]
    assert [department.name for department in queries.departments(["07", "26"])] == ["Ardèche", "Drôme"]
    assert queries.communes_of_zone("263").filter(name="Valence").exists()


def test_a_department_has_its_own_calendar() -> None:
    actions.load_builtin()
    calendars = {row.code: queries.calendar_for(row) for row in queries.departments(["26", "67", "974", "988"])}
    assert {code: (calendar.area, calendar.timezone.key) for code, calendar in calendars.items()} == {
        "26": (HolidayArea.METROPOLE, "Europe/Paris"),
        "67": (HolidayArea.ALSACE_MOSELLE, "Europe/Paris"),
        "974": (HolidayArea.REUNION, "Indian/Reunion"),
        "988": (HolidayArea.NOUVELLE_CALEDONIE, "Pacific/Noumea"),
    }


def test_an_activity_is_found_by_its_label_or_its_code() -> None:
    actions.load_builtin()
    assert queries.suggested_activities("restauration traditionelle")[0].code == "56.10A"
    assert queries.suggested_activities("4711F")[0].code == "47.11F"
