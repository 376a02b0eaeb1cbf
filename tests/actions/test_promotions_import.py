"""The import of old spreadsheets: dry run, errors in plain French, exact states, second import, crash, forgetting."""

import datetime as dt

import pytest
import time_machine
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from entremise.kernel.access import AccessDenied
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.kernel.spreadsheets import SpreadsheetRefused
from entremise.matching.models import PoolEntry
from entremise.people.models import IntermediationAct
from entremise.promotions import actions, jobs, jobs_import, queries_import, rules_import
from entremise.promotions import actions_import as imports
from entremise.promotions.enums import ImportState, PromotionState
from entremise.promotions.models import ImportFile, Promotion
from entremise.territories.models import Commune
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import EstablishmentFactory, siret
from tests.factories.imports import Office, sentences
from tests.factories.people import PersonFactory, identity_of, set_identity
from tests.factories.promotions import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_monday")]
MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_file_is_received_and_its_columns_recognised(office: Office) -> None:
    file = office.receive(office.line())
    assert file.state == ImportState.UPLOADED
    assert queries_import.proposed(file) == {
        "reference": "Réf profil", "siret": "SIRET", "sent_on": "Date", "adviser": "Conseiller", "answer": "Réponse",
        "answered_on": "Date réponse", "outcome": "Suite", "outcome_on": "Date suite", "comment": "Commentaire",
    }  # fmt: skip
    example = queries_import.examples(file, queries_import.proposed(file))[0]
    assert example.told is not None
    assert example.told.reference == office.person.reference


def test_a_dry_run_counts_and_writes_no_promotion(office: Office) -> None:
    file = office.check(office.receive(office.line(), office.line(person="XXXX")))
    assert (file.state, file.line_count, file.created_count, file.error_count) == (ImportState.CHECKED, 2, 1, 1)
    assert office.promotions() == []


def test_facts_are_imported_in_the_state_they_describe_and_no_mail_leaves(office: Office) -> None:
    file = office.bring_in(
        office.line(date="02/03/2026", answer="rdv", answered="14/03/2026", outcome="CDI", outcome_on="01/04/2026"),
        office.line(date="03/03/2026", answer="garde en vivier", answered="20/03/2026", comment="Rappeler en mai"),
        office.line(date="04/03/2026"),
        office.line(date="20/11/2026", answer="sans réponse"),
    )
    assert (file.state, file.created_count, file.error_count) == (ImportState.IMPORTED, 4, 0)
    first, second, third, fourth = office.promotions()
    assert [p.state for p in (first, second, third, fourth)] == ["closed", "answered", "expired", "sent"]
    assert (first.answer, first.outcome, first.outcome_contract) == ("meeting", "hired", "cdi")
    assert (first.answered_at - first.sent_at).days == 12
    assert (second.answer, second.answer_channel, second.outcome_word) == ("kept", "import", "Rappeler en mai")
    assert {p.adviser_id for p in office.promotions()} == {office.adviser.pk}
    assert (first.origin, first.agency, first.establishment) == ("import", office.agency, office.establishment)
    assert not OutboxMessage.objects.exists()
    assert not IntermediationAct.objects.unscoped("a test").exists()


def test_an_imported_promotion_without_answer_is_never_reminded(office: Office) -> None:
    office.bring_in(office.line(date="20/11/2026"))
    assert office.promotions()[0].next_reminder_at is None
    assert office.promotions()[0].expires_at > MONDAY


def test_each_imported_promotion_is_in_the_person_s_journal(office: Office) -> None:
    office.bring_in(office.line())
    line = JournalEntry.objects.get(verb="promotions.imported", subject_type="promotions.promotion")
    assert (line.person_id, line.actor_id) == (office.person.pk, str(office.lead.pk))
    assert line.subject_id == str(office.promotions()[0].pk)


def test_a_second_import_changes_nothing(office: Office) -> None:
    lines = [office.line(answer="refus", answered="20/03/2026"), office.line(person=office.other.reference)]
    office.bring_in(*lines)
    before = [(p.pk, p.state, p.answer) for p in office.promotions()]
    again = office.bring_in(*lines)
    assert (again.created_count, again.updated_count, again.unchanged_count) == (0, 0, 2)
    assert [(p.pk, p.state, p.answer) for p in office.promotions()] == before


def test_a_second_import_brings_what_the_file_learnt_since(office: Office) -> None:
    office.bring_in(office.line())
    again = office.bring_in(office.line(answer="rdv", answered="20/03/2026", outcome="embauche"))
    assert (again.created_count, again.updated_count, again.unchanged_count) == (0, 1, 0)
    (promotion,) = office.promotions()
    assert (promotion.state, promotion.answer, promotion.outcome) == ("closed", "meeting", "hired")


def test_what_the_team_recorded_here_is_kept(office: Office) -> None:
    office.bring_in(office.line(answer="garde en vivier", answered="20/03/2026"))
    (promotion,) = office.promotions()
    actions.record_outcome(promotion, actor=actor_of(office.adviser), outcome="immersion", on=dt.date(2026, 4, 1))
    again = office.bring_in(office.line(answer="refus", answered="20/03/2026"))
    assert (again.updated_count, again.unchanged_count) == (0, 1)
    (promotion,) = office.promotions()
    assert (promotion.state, promotion.answer, promotion.outcome) == ("closed", "kept", "immersion")


def test_a_promotion_made_here_is_not_imported_beside(office: Office) -> None:
    made = world()
    made.send()
    line = office.line(date="23/11/2026", person=made.person.reference, siret=made.first.establishment.siret)
    file = office.bring_in(line)
    assert (file.created_count, file.unchanged_count) == (0, 1)
    assert Promotion.objects.unscoped("a test").count() == 1


def test_wrong_lines_are_said_in_plain_french_with_their_column(office: Office) -> None:
    elsewhere = PersonFactory(elsewhere=True)
    file = office.check(
        office.receive(
            office.line(siret="73282932000075"),
            office.line(siret=siret(4_000_001)),
            office.line(person=elsewhere.reference),
            office.line(adviser="inconnu@emploi.exemple"),
            office.line(answer="bof", date="31/02/2026"),
            office.line(),
            office.line(answer="refus"),
        )
    )
    assert sentences(file) == [
        "2, SIRET : Ce numéro SIRET n’existe pas : un chiffre est sans doute mal recopié.",
        "3, SIRET : Ce SIRET n'est pas dans l'annuaire. "
        "Ajoutez d'abord l'établissement depuis la page « Entreprises ».",
        f"4, Réf profil : Aucun profil de votre territoire n'a la référence « {elsewhere.reference} ».",
        "5, Conseiller : Personne dans vos agences n'a pour adresse ou pour nom « inconnu@emploi.exemple ».",
        "6, Réponse : La réponse « bof » n'est pas comprise. Écrivez par exemple : rencontre, immersion, offre, "
        "vivier, pas en ce moment, refus, sans réponse.",
        "6, Date : La date « 31/02/2026 » n'existe pas dans le calendrier.",
        "8,  : La ligne 7 décrit déjà cette promotion : même personne, même employeur, même jour.",
    ]
    assert (file.created_count, file.error_count) == (1, 6)


def test_the_wrong_lines_come_back_in_a_workbook_that_can_be_corrected_and_sent(office: Office) -> None:
    file = office.check(office.receive(office.line(comment="=HYPERLINK(1)", answer="bof"), office.line()))
    rows = list(load_workbook(queries_import.errors_path(file)).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("Ligne", "Ce qui ne va pas", "Date")
    assert rows[1][0] == 2
    assert "La réponse « bof » n'est pas comprise." in rows[1][1]
    assert rows[1][-1] == "'=HYPERLINK(1)"
    assert len(rows) == 2
    second = office.receive_bytes(queries_import.errors_path(file).read_bytes(), "corrige.xlsx")
    assert queries_import.proposed(second)["answer"] == "Réponse"


def test_people_are_found_by_address_or_telephone_and_places_by_name_and_city(office: Office) -> None:
    set_identity(office.other, phone="+33698765432")
    header = "Date;Mail DE;Tél;Entreprise;Ville;Conseiller"
    file = office.bring_in(
        f"2 mars 2026;{identity_of(office.person).email.upper()};;les jardins de FLORE;Valence;Nadia Ferrand x",
        "3 mars 2026;;06 98 76 54 32;Les Jardins de Flore;VALENCE;",
        header=header,
    )
    assert sentences(file) == [
        "2, Conseiller : Personne dans vos agences n'a pour adresse ou pour nom « Nadia Ferrand x »."
    ]
    (promotion,) = office.promotions()
    assert (promotion.person, promotion.adviser_id) == (office.other, office.lead.pk)


def test_two_places_of_the_same_name_ask_for_the_siret(office: Office) -> None:
    EstablishmentFactory(name="Les Jardins de Flore")
    line = f"2 mars 2026;{office.person.reference};Les Jardins de Flore;Valence"
    file = office.check(office.receive(line, header="Date;Référence;Entreprise;Ville"))
    assert sentences(file) == ["2, Entreprise : Plusieurs établissements portent ce nom à Valence : donnez le SIRET."]


def test_two_people_with_one_telephone_ask_for_the_reference(office: Office) -> None:
    line = f"2 mars 2026;0612345678;{office.establishment.siret}"
    file = office.check(office.receive(line, header="Date;Téléphone;SIRET"))
    assert sentences(file) == [
        "2, Téléphone : Plusieurs profils ont ce téléphone ou cette adresse : donnez la référence du profil."
    ]


def test_a_line_for_another_agency_is_refused(office: Office) -> None:
    AgencyFactory(name="Agence de Romans")
    header = "Date;Référence;SIRET;Agence"
    line = f"2 mars 2026;{office.person.reference};{office.establishment.siret};Agence de Romans"
    file = office.check(office.receive(line, header=header))
    assert sentences(file) == ["2, Agence : « Agence de Romans » n'est pas une de vos agences."]


def test_the_mapping_is_remembered_for_the_next_file(office: Office) -> None:
    header = "Jour;Qui;Lieu"
    lines = [f"2 mars 2026;{office.person.reference};{office.establishment.siret}"]
    office.check(office.receive(*lines, header=header), sent_on="Jour", reference="Qui", siret="Lieu")
    assert queries_import.proposed(office.receive(*lines, header=header)) == {
        "sent_on": "Jour", "reference": "Qui", "siret": "Lieu",
    }  # fmt: skip


def test_a_missing_column_is_refused_and_nothing_starts(office: Office) -> None:
    file = office.receive(office.line())
    with pytest.raises(imports.ImportRefused) as caught:
        imports.map_columns(file, actor=office.actor, mapping={"siret": "SIRET", "sent_on": "Date"})
    assert caught.value.reason == "Il manque une colonne pour lire ce fichier."
    assert "quelle colonne désigne la personne" in caught.value.faults[0].message
    assert office.again(file).state == ImportState.UPLOADED


def test_a_file_with_no_good_line_cannot_be_imported(office: Office) -> None:
    file = office.check(office.receive(office.line(person="rien")))
    with pytest.raises(imports.ImportRefused) as caught:
        imports.start_import(file, actor=office.actor)
    assert caught.value.reason.startswith("Aucune ligne ne peut être importée")


def test_an_import_starts_once(office: Office) -> None:
    file = office.check(office.receive(office.line()))
    imports.start_import(file, actor=office.actor)
    with pytest.raises(imports.ImportRefused) as caught:
        imports.start_import(file, actor=office.actor)
    assert "en cours de traitement" in caught.value.reason


def test_a_killed_import_goes_on_where_it_stopped(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries_import, "BATCH", 2)
    lines = [office.line(date=f"{day:02}/03/2026") for day in range(1, 6)]
    file = office.check(office.receive(*lines))
    imports.start_import(file, actor=office.actor)
    run = queries_import.start_run(office.again(file), office.actor)
    first = next(queries_import.batches(file))
    imports.import_batch(file, actor=office.actor, run=run, start=0, lines=first, refused=frozenset())
    assert office.again(file).done_count == 2
    with pytest.raises(imports.ImportMoved):
        imports.import_batch(file, actor=office.actor, run=run, start=0, lines=first, refused=frozenset())
    jobs_import.run_import(file.pk)
    file = office.again(file)
    assert (file.state, file.done_count, file.created_count) == (ImportState.IMPORTED, 5, 5)
    assert len(office.promotions()) == 5


def test_a_file_that_breaks_in_the_middle_keeps_the_sentence(office: Office) -> None:
    good = [office.line(date=f"{day:02}/03/2026") for day in range(1, 8)]
    file = office.check(office.receive(*good, office.line(comment='"jamais fermé' + "x" * 140_000)))
    assert file.state == ImportState.FAILED
    assert "un guillemet n'est sans doute pas fermé" in file.failure


def test_the_pool_learns_that_people_were_promoted(office: Office) -> None:
    Commune.objects.update(latitude=44.93, longitude=4.89)
    office.bring_in(office.line(date="02/03/2026"))
    assert jobs_import.actions.settle([str(office.person.pk)]) == 1
    entry = PoolEntry.objects.unscoped("a test").get(pk=office.person.pk)
    assert entry.promotion_count == 1
    assert entry.last_promoted_at == office.promotions()[0].sent_at


def test_an_unreadable_file_leaves_nothing_behind(office: Office) -> None:
    with pytest.raises(SpreadsheetRefused):
        office.receive_bytes(b"\xd0\xcf\x11\xe0 vieux classeur", "vieux.xls")
    assert not ImportFile.objects.unscoped("a test").exists()
    assert not [name for name in default_storage.listdir("imports")[1] if name.endswith(".tableau")]


def test_an_adviser_may_not_import(office: Office) -> None:
    with pytest.raises(AccessDenied) as caught:
        imports.receive(office.agency, actor=actor_of(office.adviser), filename="a.csv", content=None)
    assert caught.value.reason == "Votre rôle ne donne pas accès à cette action."


def test_a_file_of_another_agency_is_neither_seen_nor_touched(office: Office) -> None:
    file = office.receive(office.line())
    stranger = actor_of(professional("team_lead"))
    assert not queries_import.files(stranger).exists()
    with pytest.raises(AccessDenied) as caught:
        imports.start_import(file, actor=stranger)
    assert caught.value.reason == "Ce fichier appartient à une autre agence."


def test_a_lead_who_left_no_longer_imports(office: Office) -> None:
    file = office.check(office.receive(office.line()))
    imports.start_import(file, actor=office.actor)
    office.lead.memberships.update(ended_on=dt.date(2026, 11, 22))
    jobs_import.run_import(file.pk)
    kept = queries_import.file_for_job(file.pk)
    assert kept is not None
    assert kept.state == ImportState.FAILED
    assert kept.failure == "Qui a envoyé ce fichier n'a plus le droit de l'importer."
    assert office.promotions() == []


def test_a_file_is_forgotten_after_a_month_and_its_counts_stay(office: Office) -> None:
    file = office.bring_in(office.line(), office.line(person="rien"))
    path, errors = queries_import.path_of(file), queries_import.errors_path(file)
    assert jobs_import.forget_old() == 0
    with time_machine.travel(MONDAY + dt.timedelta(days=rules_import.KEPT_DAYS, minutes=1)):
        assert jobs_import.forget_old() == 1
        assert jobs_import.forget_old() == 0
    assert not path.exists()
    assert not errors.exists()
    file = office.again(file)
    assert (file.created_count, file.error_count, file.errors.count()) == (1, 1, 0)
    with pytest.raises(imports.ImportRefused):
        imports.map_columns(file, actor=office.actor, mapping=file.mapping)


def test_an_import_stays_exact_beside_the_life_of_promotions(office: Office) -> None:
    """What was imported as sent expires by itself, silently."""
    office.bring_in(office.line(date="20/11/2026"))
    with time_machine.travel(MONDAY + dt.timedelta(days=60)):
        assert jobs.run_due() == (0, 1)
    assert office.promotions()[0].state == PromotionState.EXPIRED
    assert not OutboxMessage.objects.exists()
