"""The import of offers: dry run, every refusal, the same file twice, a crash, forgetting; the rules of the form."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Role
from entremise.kernel.models import JournalEntry
from entremise.kernel.spreadsheets import SpreadsheetRefused
from entremise.offers import actions as offers
from entremise.offers import actions_import as actions
from entremise.offers import jobs, queries, queries_import, rules_import
from entremise.offers.models import OfferImport
from entremise.skills import actions as referential
from entremise.skills.models import JobTitle, SkillLabel
from entremise.territories import actions as territories
from entremise.territories.models import Commune
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import EstablishmentFactory
from tests.factories.offer_imports import HEADER, Desk, counts, fates, sentences
from tests.factories.offers import OfferFactory
from tests.factories.passport import JobTitleFactory
from tests.factories.people import occupation
from tests.factories.skills import SkillFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


def needs_of(offer: Any) -> dict[str, int]:
    return {row.skill.label: row.need for row in queries.skills_asked(offer)}


def test_a_dry_run_says_what_each_line_would_do_and_writes_no_offer(desk: Desk) -> None:
    file = desk.check(desk.receive(desk.line(), desk.line(reference="A-2", contract="jadis")))
    assert (file.state, file.line_count, counts(file)) == ("checked", 2, (1, 0, 0, 1))
    assert fates(file) == [(2, "created"), (3, "refused")]
    assert desk.offers() == []
    row = file.lines.get(line_number=2)
    assert (row.title, row.place) == ("Cuisinier de collectivité", "Les Jardins de Flore")


def test_a_line_becomes_an_offer_with_all_it_asks(desk: Desk) -> None:
    SkillFactory(label="Cuisiner, dresser")
    SkillFactory(label="Peser")
    line = desk.line(
        time="temps plein", schedules="week-end, nuit", licences="B", languages="anglais", radius="25 km",
        skills="Cuisiner, dresser (indispensable); peser", description="Une équipe de six.", postcode="26000",
        city="Valence",
    )  # fmt: skip
    Commune.objects.filter(pk=desk.commune.pk).update(postcodes=["26000"])
    file = desk.bring_in(line)
    assert (file.state, counts(file)) == ("imported", (1, 0, 0, 0))
    (offer,) = desk.offers()
    assert (offer.reference, offer.title, offer.state, offer.agency) == (
        "A-1", "Cuisinier de collectivité", "draft", desk.agency,
    )  # fmt: skip
    assert (offer.establishment, offer.occupation, offer.commune) == (
        desk.establishment, desk.occupation, desk.commune,
    )  # fmt: skip
    assert (offer.contract, offer.working_time, offer.radius_km) == ("cdi", "full", 25)
    assert (offer.schedules, offer.licences, offer.languages) == (["night", "weekend"], ["b"], ["en"])
    assert (offer.description, offer.adviser_id) == ("Une équipe de six.", desk.user.pk)
    assert needs_of(offer) == {"Cuisiner, dresser": 3, "Peser": 2}
    assert file.lines.get().offer == offer


def test_each_offer_has_its_own_line_in_the_journal(desk: Desk) -> None:
    desk.bring_in(desk.line(), desk.line(reference="A-2"), opening=True)
    verbs = list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert [verbs.count(f"offers.{name}") for name in ("created", "open", "imported")] == [2, 2, 1]
    told = " ".join(str(line.data) for line in JournalEntry.objects.all())
    assert "Cuisinier" not in told


def test_offers_are_opened_at_once_when_asked(desk: Desk) -> None:
    desk.bring_in(desk.line(), opening=True)
    (offer,) = desk.offers()
    assert (offer.state, offer.opened_at is not None) == ("open", True)


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    desk.bring_in(desk.line(), desk.line(reference="A-2"))
    before = [offer.pk for offer in desk.offers()]
    file = desk.check(desk.receive(desk.line(), desk.line(reference="A-2")))
    assert counts(file) == (0, 0, 2, 0)
    with pytest.raises(actions.ImportRefused, match="Aucune ligne n'apporte de changement"):
        actions.start_import(file, actor=desk.actor)
    assert [offer.pk for offer in desk.offers()] == before


def test_a_line_sent_again_corrects_its_offer(desk: Desk) -> None:
    SkillFactory(label="Peser")
    desk.bring_in(desk.line(skills="Peser"))
    (before,) = desk.offers()
    file = desk.bring_in(desk.line(skills="Peser (utile)", contract="CDD", title="Chef de partie"))
    (offer,) = desk.offers()
    assert counts(file) == (0, 1, 0, 0)
    assert (offer.pk, offer.contract, offer.title, needs_of(offer)) == (
        before.pk,
        "cdd",
        "Chef de partie",
        {"Peser": 1},
    )


def test_a_column_that_the_file_has_not_leaves_what_the_offer_says(desk: Desk) -> None:
    SkillFactory(label="Peser")
    title = JobTitleFactory(label="Cuisinier de collectivité", occupation=desk.occupation)
    desk.bring_in(desk.line(skills="Peser", licences="B", radius="30", description="À garder", time="mi-temps"))
    (before,) = desk.offers()
    short = f"A-1;{desk.establishment.siret};CDD;G1602"
    file = desk.bring_in(short, header="Référence;SIRET;Contrat;Code ROME")
    (offer,) = desk.offers()
    assert counts(file) == (0, 1, 0, 0)
    assert (offer.contract, offer.licences, offer.radius_km, offer.description, offer.working_time) == (
        "cdd", ["b"], 30, "À garder", "part",
    )  # fmt: skip
    assert (offer.title, offer.job_title, offer.commune, needs_of(offer)) == (
        before.title, title, before.commune, {"Peser": 2},
    )  # fmt: skip


def test_an_empty_cell_of_a_column_that_is_there_empties_what_the_offer_says(desk: Desk) -> None:
    SkillFactory(label="Peser")
    desk.bring_in(desk.line(skills="Peser", licences="B", radius="30"))
    desk.bring_in(desk.line())
    (offer,) = desk.offers()
    assert (offer.licences, offer.radius_km, needs_of(offer)) == ([], None, {})


def test_a_draft_already_here_is_opened_when_asked(desk: Desk) -> None:
    desk.bring_in(desk.line())
    assert counts(desk.bring_in(desk.line(), opening=True)) == (0, 1, 0, 0)
    assert [offer.state for offer in desk.offers()] == ["open"]


def test_an_offer_closed_here_stays_closed_whatever_the_file_says(desk: Desk) -> None:
    desk.bring_in(desk.line())
    offers.close(desk.offers()[0], actor=desk.actor, reason="abandoned")
    file = desk.check(desk.receive(desk.line(contract="CDD")), opening=True)
    assert counts(file) == (0, 0, 1, 0)
    assert sentences(file) == ["2 Cette offre est close ici : elle reste telle quelle."]


def test_the_reference_of_another_agency_is_no_double(desk: Desk) -> None:
    OfferFactory(reference="A-1")
    assert counts(desk.bring_in(desk.line())) == (1, 0, 0, 0)


class TestRefusals:
    """Each line that cannot be taken, and the sentence that says why."""

    @pytest.mark.parametrize(
        ("cells", "sentence"),
        [
            ({"siret": "55208131766522"}, "SIRET : Ce SIRET n'est pas dans l'annuaire"),
            ({"siret": "123"}, "SIRET : Un numéro SIRET compte 14 chiffres"),
            ({"rome": "A1101"}, "Code ROME : Le code ROME « A1101 » n'est pas dans le référentiel."),
            ({"rome": "", "title": ""}, "Intitulé du poste : Le poste manque"),
            ({"rome": "", "title": "zzzz"}, "Nous ne connaissons pas le métier « zzzz » sous ce nom"),
            ({"insee": "99999"}, "Code INSEE : Un code commune de l’INSEE compte 5 chiffres"),
            ({"insee": "75999"}, "Code INSEE : Aucune commune n'a le code INSEE « 75999 »."),
            ({"postcode": "01999"}, "Code postal : Aucune commune n'a le code postal « 01999 »."),
            ({"city": "Nulle-Part"}, "Commune : Nous ne connaissons pas la commune « Nulle-Part »"),
            ({"contract": ""}, "Contrat : Le contrat manque."),
            ({"radius": "500"}, "La distance maximale se dit entre 1 et 200 km."),
            ({"reference": ""}, "Référence : La référence manque"),
            ({"skills": "Voler (indispensable)"}, "La compétence « Voler » n'est pas dans le référentiel."),
            ({"title": "x" * 251}, "L'intitulé compte au plus 250 caractères."),
            ({"description": "x" * 5001}, "La description compte au plus 5 000 caractères."),
        ],
    )
    def test_a_line_that_cannot_be_is_refused(self, desk: Desk, cells: dict[str, str], sentence: str) -> None:
        file = desk.check(desk.receive(desk.line(**cells)))
        (said,) = sentences(file)
        assert sentence in said
        assert counts(file) == (0, 0, 0, 1)
        with pytest.raises(actions.ImportRefused, match="Aucune ligne n'apporte de changement"):
            actions.start_import(file, actor=desk.actor)

    def test_a_closed_establishment_recruits_nobody(self, desk: Desk) -> None:
        closed = EstablishmentFactory(closed=True, commune=desk.commune)
        (said,) = sentences(desk.check(desk.receive(desk.line(siret=closed.siret))))
        assert "Cet établissement est fermé : il ne peut plus recruter." in said

    def test_a_draft_of_a_place_that_closed_since_is_not_opened(self, desk: Desk) -> None:
        desk.bring_in(desk.line())
        type(desk.establishment).objects.filter(pk=desk.establishment.pk).update(closed_on=clock.today())
        (said,) = sentences(desk.check(desk.receive(desk.line()), opening=True))
        assert "Cet établissement est fermé : l'offre ne peut pas être ouverte." in said

    def test_a_reference_comes_once_in_a_file(self, desk: Desk) -> None:
        file = desk.bring_in(desk.line(), desk.line(title="Commis"))
        assert counts(file) == (1, 0, 0, 1)
        assert sentences(file) == ["3 Référence : La ligne 2 a déjà cette référence."]
        assert [offer.title for offer in desk.offers()] == ["Cuisinier de collectivité"]

    def test_a_reference_of_another_place_is_another_offer(self, desk: Desk) -> None:
        desk.bring_in(desk.line())
        other = EstablishmentFactory(commune=desk.commune)
        (said,) = sentences(desk.check(desk.receive(desk.line(siret=other.siret))))
        assert "déjà celle d'une offre d'un autre établissement, « Les Jardins de Flore »" in said

    def test_too_many_skills_are_refused(self, desk: Desk) -> None:
        labels = [SkillFactory(label=f"Savoir numéro {number}").label for number in range(31)]
        (said,) = sentences(desk.check(desk.receive(desk.line(skills="|".join(labels)))))
        assert "Une offre demande au plus 30 compétences" in said

    def test_a_skill_nearly_right_is_proposed(self, desk: Desk) -> None:
        SkillFactory(label="Dresser une assiette")
        (said,) = sentences(desk.check(desk.receive(desk.line(skills="Dresser des assiettes"))))
        assert "Vouliez-vous dire « Dresser une assiette » ?" in said

    def test_a_postcode_of_several_communes_asks_for_the_name(self, desk: Desk) -> None:
        Commune.objects.create(
            code="26999", name="St-Vallier", department=desk.commune.department, postcodes=["26240"]
        )
        Commune.objects.create(code="26998", name="Laveyron", department=desk.commune.department, postcodes=["26240"])
        file = desk.check(
            desk.receive(
                desk.line(postcode="26240"), desk.line(reference="A-2", postcode="26240", city="Saint Vallier"),
                desk.line(reference="A-3", postcode="26240", city="Valence"),
            )
        )  # fmt: skip
        assert counts(file) == (1, 0, 0, 2)
        assert "Plusieurs communes ont le code postal « 26240 »" in sentences(file)[0]
        assert "« Valence » n'est pas une commune du code postal 26240." in sentences(file)[1]

    def test_a_title_of_several_occupations_asks_for_the_code(self, desk: Desk) -> None:
        for code in ("G1602", "K1302"):
            JobTitleFactory(label="Aide polyvalent", occupation=occupation(code, code))
        (said,) = sentences(desk.check(desk.receive(desk.line(rome="", title="Aide polyvalent"))))
        assert "se dit dans plusieurs métiers (G1602, K1302) : donnez le code ROME." in said

    def test_everything_wrong_in_a_line_is_said_together(self, desk: Desk) -> None:
        (said,) = sentences(desk.check(desk.receive(desk.line(contract="jadis", licences="avion"))))
        assert "Contrat : " in said
        assert "Permis : " in said


def test_a_job_title_and_a_skill_are_known_by_their_other_names(desk: Desk) -> None:
    territories.load_builtin()
    referential.load_builtin()
    title = JobTitle.objects.filter(label__contains=" / ").select_related("occupation").first()
    assert title is not None
    skill = SkillFactory(label="Découper une volaille")
    SkillLabel.objects.create(skill=skill, language="fr", label="Lever un poulet")
    written = title.label.split(" / ")[1] if len(title.label.split(" / ")[1].split()) > 1 else title.label
    file = desk.check(desk.receive(desk.line(rome="", title=written, skills="lever un poulet", city="valence")))
    assert sentences(file) == []
    file = desk.bring_in(desk.line(rome="", title=written, skills="lever un poulet", city="valence"))
    (offer,) = desk.offers()
    assert (offer.occupation, offer.job_title) == (title.occupation, title)
    assert (needs_of(offer), offer.commune.name) == ({"Découper une volaille": 2}, "Valence")


def test_refused_lines_are_given_back_with_what_is_wrong(desk: Desk) -> None:
    file = desk.check(desk.receive(desk.line(), desk.line(reference="A-2", contract="jadis", title="=1+1")))
    rows = list(load_workbook(queries_import.refused_path(file)).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("Ligne", "Ce qui ne va pas", "Référence", "Intitulé du poste")
    assert (rows[1][0], rows[1][2], rows[1][3]) == (3, "A-2", "'=1+1")
    assert "Le contrat « jadis » n'est pas compris" in rows[1][1]
    again = desk.check(desk.receive_bytes(queries_import.refused_path(file).read_bytes(), "a-corriger.xlsx"))
    assert counts(again) == (0, 0, 0, 1)


def test_a_good_line_refused_at_the_last_moment_is_reported(desk: Desk) -> None:
    file = desk.check(desk.receive(desk.line(), desk.line(reference="A-2")))
    type(desk.establishment).objects.filter(pk=desk.establishment.pk).update(closed_on=clock.today())
    actions.start_import(file, actor=desk.actor)
    jobs.run_import(file.pk)
    file = desk.again(file)
    assert (file.state, counts(file), desk.offers()) == ("imported", (0, 0, 0, 2), [])


def test_an_import_killed_between_two_batches_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries_import, "BATCH", 2)
    lines = [desk.line(reference=f"A-{number}") for number in range(5)] + [desk.line(reference="A-0")]
    file = desk.receive(*lines)
    actions.map_columns(file, actor=desk.actor, mapping=queries_import.proposed(file))
    real = actions.check_batch

    def dying(*args: Any, **facts: Any) -> Any:
        if facts["start"] == 4:
            raise KeyboardInterrupt
        return real(*args, **facts)

    monkeypatch.setattr(actions, "check_batch", dying)
    with pytest.raises(KeyboardInterrupt):
        jobs.run_check(file.pk)
    assert desk.again(file).done_count == 4
    monkeypatch.setattr(actions, "check_batch", real)
    jobs.run_check(file.pk)
    file = desk.again(file)
    assert counts(file) == (5, 0, 0, 1)
    assert sentences(file) == ["7 Référence : La ligne 2 a déjà cette référence."]
    actions.start_import(file, actor=desk.actor)
    jobs.run_import(file.pk)
    jobs.run_import(file.pk)
    assert (counts(desk.again(file)), len(desk.offers())) == ((5, 0, 0, 1), 5)


def test_a_batch_is_done_by_one_worker(desk: Desk) -> None:
    file = desk.receive(desk.line())
    actions.map_columns(file, actor=desk.actor, mapping=queries_import.proposed(file))
    run = queries_import.start_run(desk.again(file), desk.actor)
    (lines,) = queries_import.batches(file)
    actions.check_batch(file, actor=desk.actor, run=run, start=0, lines=lines)
    with pytest.raises(actions.ImportMoved):
        actions.check_batch(file, actor=desk.actor, run=run, start=0, lines=lines)


@pytest.mark.parametrize(
    ("header", "sentence"), [("SIRET;Poste;Contrat", "votre référence"), ("Référence;Poste;Contrat", "le SIRET")]
)
def test_a_missing_column_stops_before_the_check(desk: Desk, header: str, sentence: str) -> None:
    file = desk.receive("1;2;3", header=header)
    with pytest.raises(actions.ImportRefused) as refused:
        actions.map_columns(file, actor=desk.actor, mapping=queries_import.proposed(file))
    assert sentence in refused.value.faults[0].message
    assert desk.again(file).state == "uploaded"


def test_columns_may_be_changed_after_the_check(desk: Desk) -> None:
    file = desk.check(desk.receive(desk.line(description="CDD")))
    chosen = queries_import.proposed(file)
    again = desk.check(file, **{**chosen, "contract": "Description", "description": ""})
    assert counts(again) == (1, 0, 0, 0)
    assert again.lines.count() == 1


def test_the_next_file_of_the_agency_keeps_the_columns(desk: Desk) -> None:
    header = HEADER.replace("Référence", "Clé")
    mapping = queries_import.proposed(desk.receive(desk.line()))
    desk.check(desk.receive(desk.line(), header=header), **{**mapping, "reference": "Clé"})
    assert queries_import.proposed(desk.receive(desk.line(), header=header))["reference"] == "Clé"


def test_a_file_that_cannot_be_read_is_not_kept(desk: Desk) -> None:
    with pytest.raises(SpreadsheetRefused):
        desk.receive_bytes(b"%PDF-1.7\n\0\0")
    assert not OfferImport.objects.unscoped("a test").exists()


def test_a_file_is_thrown_away_after_a_month_with_its_report(desk: Desk) -> None:
    file = desk.bring_in(desk.line(), desk.line(reference="A-2", contract="jadis"))
    path, workbook = file.path, queries_import.refused_path(file)
    assert jobs.forget_old() == 0
    with time_machine.travel(clock.now() + dt.timedelta(days=rules_import.KEPT_DAYS + 1), tick=False):
        assert jobs.forget_old() == 1
        assert jobs.forget_old() == 0
    kept = desk.again(file)
    assert (kept.path, counts(kept), kept.lines.count()) == ("", (1, 0, 0, 1), 0)
    assert not default_storage.exists(path)
    assert not workbook.exists()
    assert len(desk.offers()) == 1
    with pytest.raises(actions.ImportRefused, match="n'est plus conservé"):
        actions.map_columns(kept, actor=desk.actor, mapping=kept.mapping)


def test_who_lost_the_right_imports_nothing(desk: Desk) -> None:
    file = desk.check(desk.receive(desk.line()))
    actions.start_import(file, actor=desk.actor)
    desk.user.memberships.all().delete()
    jobs.run_import(file.pk)
    kept = OfferImport.objects.unscoped("a test").get(pk=file.pk)
    assert (kept.state, kept.failure) == ("failed", "Qui a envoyé ce fichier n'a plus le droit de l'importer.")
    assert desk.offers() == []


@pytest.mark.parametrize("role", [Role.PLACEMENT_ADVISER, Role.ADMIN])
def test_another_role_imports_nothing(desk: Desk, role: Role) -> None:
    desk.actor = actor_of(professional(role, agency=desk.agency))
    with pytest.raises(AccessDenied, match="Votre rôle ne donne pas accès"):
        desk.receive(desk.line())


def test_the_file_of_another_agency_is_neither_seen_nor_touched(desk: Desk) -> None:
    file = desk.check(desk.receive(desk.line()))
    stranger = actor_of(professional(agency=AgencyFactory(name="Une autre agence")))
    with pytest.raises(OfferImport.DoesNotExist):
        queries_import.file(file.pk, stranger)
    for act in (actions.start_import, lambda f, actor: actions.map_columns(f, actor=actor, mapping=f.mapping)):
        with pytest.raises(AccessDenied, match="appartient à une autre agence"):
            act(file, actor=stranger)
    with pytest.raises(AccessDenied, match="appartient à une autre agence"):
        actions.receive(desk.agency, actor=stranger, filename="x.csv", content=None)
