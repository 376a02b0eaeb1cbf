"""Profiles, identities, wishes, consents and the looks at a file."""

import datetime as dt
from uuid import UUID

import pytest
import time_machine
from django.db import IntegrityError

from entremise.accounts import actions as accounts
from entremise.accounts.links import PASSWORD_RESET
from entremise.accounts.models import Agency, Membership, Organisation, User
from entremise.accounts.rules import parse_identifier
from entremise.kernel import clock, journal, links, notices
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor, ActorKind, Role, job_actor, link_actor
from entremise.kernel.erasure import Rows, declarations
from entremise.kernel.models import JournalEntry, MailLink, OutboxMessage
from entremise.lib.uuid7 import uuid7
from entremise.people import actions, queries
from entremise.people.access import RevealRefused
from entremise.people.actions import ConsentRefused, ProfileRefused
from entremise.people.enums import ActKind, Verb, Visibility
from entremise.people.models import Consent, ConsentText, IntermediationAct, Person
from entremise.people.receivers import erase
from tests.factories.employers import commune
from tests.factories.people import JobseekerFactory, PersonFactory, consent, identity_of, occupation, owner
from tests.factories.sms import described

pytestmark = pytest.mark.django_db
JOB = job_actor("tests")


def fresh(person: Person) -> Person:
    return Person.objects.unscoped("test").get(pk=person.pk)


def agency(
    name: str = "Agence de Valence",
    *,
    code: str = "26362",
    department: str = "26",
    kind: str = "employment_service",
    place: str = "Valence",
    latitude: float = 44.93,
) -> Agency:
    where = commune(code, place, department)
    where.latitude = latitude
    where.save()
    organisation, _ = Organisation.objects.get_or_create(kind=kind, name=f"Service {kind}")
    return Agency.objects.create(organisation=organisation, name=name, commune=where, department=where.department)


def professional(
    role: Role = Role.BUSINESS_ADVISER, at: Agency | None = None, department: str = "26", **names: str
) -> Actor:
    at = at or agency(f"Agence {uuid7()}")
    user = User.objects.create_user(
        email=f"pro-{uuid7().hex}@example.org", **{"first_name": "Claire", "last_name": "Martin", **names}
    )
    Membership.objects.create(user=user, agency=at, role=role)
    return Actor(
        ActorKind.USER,
        str(user.pk),
        frozenset({role}),
        frozenset({department}),
        frozenset({at.pk}),
        at.organisation_id,
        True,
    )


class Noticed:
    """Counts what a hook said."""

    def __init__(self, hook: object, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ids: list[object] = []
        monkeypatch.setattr(hook, "_receivers", [*hook._receivers, self.ids.append])


def test_a_new_account_opens_a_profile_with_a_reference_and_its_contact() -> None:
    user = JobseekerFactory(email="awa@example.org")
    person = actions.open_profile(user, actor=Actor(ActorKind.USER, str(user.pk), frozenset({Role.JOBSEEKER})))
    assert queries.person_with_reference(person.reference, JOB) == person
    assert identity_of(person).email == "awa@example.org"
    assert journal.history(person).get().verb == Verb.PROFILE_CREATED


def test_an_account_has_one_profile_only() -> None:
    person = PersonFactory()
    with pytest.raises(ProfileRefused, match="déjà un profil"):
        actions.open_profile(person.user, actor=owner(person))


def test_nobody_opens_the_profile_of_somebody_else() -> None:
    other = PersonFactory()
    with pytest.raises(AccessDenied, match="n'est pas le vôtre"):
        actions.open_profile(JobseekerFactory(), actor=owner(other))


def test_a_name_and_a_phone_are_written_well() -> None:
    person = PersonFactory()
    identity = actions.set_identity(
        person,
        actor=owner(person),
        first_name=" Awa ",
        last_name="Diallo",
        email="Awa@Example.org",
        phone="06 12 34 56 78",
    )
    assert (identity.first_name, identity.email, identity.phone) == ("Awa", "awa@example.org", "+33612345678")


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [({"phone": "06 12"}, "phone", "trop court"), ({"email": "awa"}, "email", "adresse")],
)
def test_a_contact_that_cannot_work_is_refused_at_its_field(facts: dict[str, str], field: str, sentence: str) -> None:
    person = PersonFactory()
    with pytest.raises(ProfileRefused) as refusal:
        actions.set_identity(person, actor=owner(person), first_name="Awa", last_name="Diallo", **facts)
    assert refusal.value.field == field
    assert sentence in refusal.value.reason


def test_the_journal_never_holds_a_name() -> None:
    person = PersonFactory()
    actions.set_identity(person, actor=owner(person), first_name="Zéphyrine", last_name="Qwertz", phone="0612345678")
    for entry in JournalEntry.objects.all():
        assert "phyrine" not in str(vars(entry))
        assert "612345678" not in str(vars(entry))


def test_a_person_follows_her_commune_to_its_department_and_nearest_agency() -> None:
    near = agency("Agence proche", code="38185", department="38", place="Grenoble", latitude=45.19)
    agency("Agence lointaine", code="38544", department="38", place="Vienne", latitude=45.52)
    agency("Mission locale", code="38185", department="38", place="Grenoble", latitude=45.19, kind="mission_locale")
    person = PersonFactory(department=None, commune=None)
    actions.change_profile(person, actor=owner(person), commune=commune("38185", "Grenoble", "38"))
    moved = fresh(person)
    assert (moved.department_id, moved.agency) == ("38", near)


def test_a_move_inside_the_department_keeps_the_agency() -> None:
    mine, _nearer = agency("La mienne"), agency("Une autre", code="26281", place="Romans")
    person = PersonFactory(agency=mine)
    actions.change_profile(person, actor=owner(person), commune=commune("26281", "Romans"))
    assert fresh(person).agency == mine


@pytest.mark.parametrize("km", [-1, 201, 40_000])
def test_a_mobility_out_of_bounds_is_refused(km: int) -> None:
    person = PersonFactory()
    with pytest.raises(ProfileRefused, match="entre 0 et 200 km"):
        actions.change_profile(person, actor=owner(person), mobility_km=km)
    assert fresh(person).mobility_km == 20


@pytest.mark.parametrize("km", [0, 200])
def test_the_bounds_of_mobility_are_accepted(km: int) -> None:
    person = PersonFactory()
    actions.change_profile(person, actor=owner(person), mobility_km=km)
    assert fresh(person).mobility_km == km


def test_a_contract_that_does_not_exist_is_refused_at_its_field() -> None:
    person = PersonFactory()
    with pytest.raises(ProfileRefused) as refusal:
        actions.change_profile(person, actor=owner(person), contracts=["cdi", "stage secret"])
    assert refusal.value.field == "contracts"


def test_saving_her_wishes_confirms_the_profile_and_tells_search(monkeypatch: pytest.MonkeyPatch) -> None:
    person = PersonFactory(stale=True)
    heard = Noticed(notices.profile_changed, monkeypatch)
    actions.change_profile(person, actor=owner(person), working_time="part")
    assert queries.is_fresh(fresh(person), clock.today())
    assert heard.ids == [person.pk]


def test_what_the_service_changes_does_not_pass_for_a_confirmation() -> None:
    person = PersonFactory(stale=True)
    before = person.confirmed_at
    actions.change_profile(person, actor=JOB, referent=User.objects.get(pk=professional().user_id))
    assert fresh(person).confirmed_at == before


def test_a_person_cannot_choose_her_referent() -> None:
    person = PersonFactory()
    with pytest.raises(TypeError, match="referent"):
        actions.change_profile(person, actor=owner(person), referent=None)


def test_wishes_keep_the_order_of_the_person() -> None:
    person = PersonFactory(wishing=True)
    cook, carer = occupation(), occupation("J1501", "Aide-soignant / Aide-soignante")
    actions.set_wishes(person, actor=owner(person), occupation_ids=[carer.pk, cook.pk, carer.pk])
    assert [wish.occupation for wish in queries.wishes(person)] == [carer, cook]


def test_more_than_five_wishes_are_refused() -> None:
    person = PersonFactory()
    six = [occupation(f"G16{n:02}", f"Métier {n}").pk for n in range(6)]
    with pytest.raises(ProfileRefused, match="5 métiers au plus"):
        actions.set_wishes(person, actor=owner(person), occupation_ids=six)


def test_an_unknown_occupation_is_refused_and_the_wishes_stay() -> None:
    person = PersonFactory(wishing=True)
    with pytest.raises(ProfileRefused, match="parmi les propositions"):
        actions.set_wishes(person, actor=owner(person), occupation_ids=[uuid7()])
    assert len(queries.wishes(person)) == 1


@time_machine.travel("2026-11-24 10:12 +0100", tick=False)
def test_a_consent_is_dated_and_points_to_the_text_that_was_read() -> None:
    actions.load_builtin()
    person = PersonFactory()
    given = actions.give_consent(person, actor=owner(person), visibility="anonymous")
    assert (given.text.version, given.visibility) == (2, "anonymous")
    assert given.given_at == dt.datetime(2026, 11, 24, 9, 12, tzinfo=dt.UTC)
    assert queries.has_consent(person.pk)


def test_the_same_consent_is_not_given_twice() -> None:
    person = PersonFactory(consenting=True)
    with pytest.raises(ConsentRefused, match="déjà donné cet accord"):
        actions.give_consent(person, actor=owner(person), visibility="anonymous")
    assert person.consents.count() == 1


def test_another_visibility_is_a_new_dated_consent() -> None:
    person = PersonFactory(consenting=True)
    actions.give_consent(person, actor=owner(person), visibility="named")
    assert [(c.visibility, c.withdrawn_at is None) for c in queries.consent_history(person)] == [
        ("named", True),
        ("anonymous", False),
    ]


def test_an_unknown_visibility_is_refused() -> None:
    person = PersonFactory()
    with pytest.raises(ConsentRefused, match="Choisissez"):
        actions.give_consent(person, actor=owner(person), visibility="public")


def test_withdrawing_stops_everything_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    person = PersonFactory(consenting="named")
    withdrawn, changed = Noticed(notices.consent_withdrawn, monkeypatch), Noticed(notices.profile_changed, monkeypatch)
    actions.withdraw_consent(person, actor=owner(person))
    assert withdrawn.ids == changed.ids == [person.pk]
    assert not queries.has_consent(person.pk)
    assert queries.visibility_now(person.pk, Visibility.NAMED) is None


def test_withdrawing_twice_is_refused_with_the_state_of_things() -> None:
    person = PersonFactory()
    with pytest.raises(ConsentRefused, match="déjà fermé"):
        actions.withdraw_consent(person, actor=owner(person))


def test_nobody_consents_for_another() -> None:
    person = PersonFactory(consenting=True)
    for actor in (owner(PersonFactory()), professional(), professional(Role.PLACEMENT_ADVISER)):
        with pytest.raises(AccessDenied):
            actions.give_consent(person, actor=actor, visibility="named")
        with pytest.raises(AccessDenied):
            actions.withdraw_consent(person, actor=actor)
    assert queries.current_consent(person).visibility == "anonymous"


@pytest.mark.parametrize(
    ("given", "promised", "shown"),
    [("named", "named", "named"), ("anonymous", "named", "anonymous"), ("named", "anonymous", "anonymous")],
)
def test_employers_never_see_more_than_promised_nor_than_agreed_today(given: str, promised: str, shown: str) -> None:
    assert queries.visibility_now(PersonFactory(consenting=given).pk, promised) == shown


def test_two_consents_in_force_are_impossible() -> None:
    person = PersonFactory()
    consent(person)
    with pytest.raises(IntegrityError):
        consent(person)


def test_a_published_text_is_never_rewritten() -> None:
    actions.load_builtin()
    again = ConsentText(
        kind="promotion", version=1, language="fr", body="Autre chose", published_on=dt.date(2026, 11, 24)
    )
    with pytest.raises(ConsentRefused, match="nouveau numéro"):
        actions.publish_consent_text(again, actor=JOB)


def test_the_builtin_texts_load_once_in_two_languages() -> None:
    assert actions.load_builtin() == 4
    assert actions.load_builtin() == 0
    assert queries.current_text(language="en").language == "en"
    assert queries.current_text(language="de").language == "fr"


def test_a_reveal_is_traced_with_its_purpose_and_counts_as_an_act() -> None:
    person = PersonFactory(consenting=True, validated_skill_count=3)
    actor = professional()
    identity = actions.reveal(person, actor=actor, purpose="promotion")
    assert identity.full_name == "Awa Diallo"
    entry = journal.who_read(person.pk).get()
    assert (entry.verb, entry.purpose) == (Verb.IDENTITY_READ, "promotion")
    act = IntermediationAct.objects.unscoped("test").get()
    assert (act.kind, act.validated_skill_count, act.actor_id) == (ActKind.REVEAL, 3, actor.user_id)


@pytest.mark.parametrize("purpose", ["promotion", "offer"])
def test_without_consent_nobody_is_revealed_to_be_presented_to_employers(purpose: str) -> None:
    person = PersonFactory()
    with pytest.raises(RevealRefused, match="n'a pas donné son accord"):
        actions.reveal(person, actor=professional(), purpose=purpose)
    assert not journal.who_read(person.pk).exists()


def test_a_person_of_another_territory_is_not_revealed() -> None:
    person = PersonFactory(consenting=True)
    with pytest.raises(AccessDenied, match="autre territoire"):
        actions.reveal(person, actor=professional(department="38"), purpose="promotion")


@pytest.mark.parametrize("purpose", ["", "curiosity"])
def test_a_reveal_needs_a_purpose_of_the_list(purpose: str) -> None:
    with pytest.raises(RevealRefused, match="Dites pourquoi"):
        actions.reveal(PersonFactory(consenting=True), actor=professional(), purpose=purpose)


def test_a_portfolio_is_revealed_to_her_agency_only() -> None:
    mine = agency()
    person = PersonFactory(agency=mine)
    assert actions.reveal(person, actor=professional(Role.PLACEMENT_ADVISER, mine), purpose="portfolio")
    with pytest.raises(RevealRefused, match="pas suivie par votre agence"):
        actions.reveal(person, actor=professional(Role.PLACEMENT_ADVISER), purpose="portfolio")


def test_neither_a_lead_nor_a_second_factor_less_adviser_reveals() -> None:
    person = PersonFactory(consenting=True)
    with pytest.raises(AccessDenied, match="rôle"):
        actions.reveal(person, actor=professional(Role.DIRECTOR), purpose="appointment")
    actor = professional()
    weak = Actor(actor.kind, actor.id, actor.roles, actor.departments, actor.agency_ids, actor.organisation_id, False)
    with pytest.raises(AccessDenied, match="deuxième facteur"):
        actions.reveal(person, actor=weak, purpose="promotion")


def test_an_employer_meeting_is_recorded_by_the_bearer_of_the_link() -> None:
    person = PersonFactory(validated_skill_count=2)
    act = actions.record_act(person, actor=link_actor(uuid7(), Role.EMPLOYER_CONTACT), kind=ActKind.MEETING)
    assert (act.actor_id, act.validated_skill_count) == (None, 2)


def test_a_person_does_not_record_acts_about_herself() -> None:
    person = PersonFactory()
    with pytest.raises(AccessDenied):
        actions.record_act(person, actor=owner(person), kind=ActKind.HIRE)


@time_machine.travel("2026-11-24 10:12 +0100", tick=False)
def test_the_person_reads_who_looked_from_where_when_and_why() -> None:
    person = PersonFactory(consenting=True)
    actions.reveal(person, actor=professional(at=agency("Agence de Valence")), purpose="promotion")
    (look,) = queries.access_history(person)
    assert look.sentence == (
        "Claire M., conseil aux entreprises, Agence de Valence — pour une promotion auprès d'employeurs — "
        "mardi 24 novembre 2026 à 10 h 12"
    )
    assert look.what == "Votre nom et vos coordonnées"


def test_a_card_is_a_look_too_and_her_own_visits_are_none() -> None:
    person = PersonFactory()
    actions.read_card(person, actor=professional())
    actions.read_card(person, actor=JOB)
    assert [look.what for look in queries.access_history(person)] == ["Votre profil, sans votre nom"]


def test_someone_who_left_the_agency_is_still_named() -> None:
    person, actor = PersonFactory(), professional()
    actions.read_card(person, actor=actor)
    Membership.objects.filter(user=actor.user_id).update(ended_on=dt.date(2026, 1, 1))
    assert queries.access_history(person)[0].who == "Claire M."


def test_a_questioned_look_is_sent_to_those_who_answer_for_it() -> None:
    person, at = PersonFactory(), agency()
    lead = User.objects.get(pk=professional(Role.TEAM_LEAD, at).user_id)
    professional(Role.BUSINESS_ADVISER, at)
    actions.read_card(person, actor=professional(at=at))
    entry = journal.who_read(person.pk).get()
    assert actions.question_access(person, actor=owner(person), entry_id=entry.pk) == 1
    message = OutboxMessage.objects.get()
    assert message.recipient == lead.email
    assert person.reference in message.text
    assert "Diallo" not in message.text + message.html
    assert queries.access_history(person)[0].is_questioned


def test_a_look_is_questioned_once() -> None:
    person = PersonFactory()
    actions.read_card(person, actor=professional())
    entry = journal.who_read(person.pk).get()
    actions.question_access(person, actor=owner(person), entry_id=entry.pk)
    with pytest.raises(ProfileRefused, match="déjà signalé"):
        actions.question_access(person, actor=owner(person), entry_id=entry.pk)


def test_a_look_at_another_file_cannot_be_questioned() -> None:
    person, other = PersonFactory(), PersonFactory()
    actions.read_card(other, actor=professional())
    entry = journal.who_read(other.pk).get()
    with pytest.raises(ProfileRefused, match="pas dans votre dossier"):
        actions.question_access(person, actor=owner(person), entry_id=entry.pk)


def test_everything_is_exported_then_erased_and_the_facts_stay_without_a_name() -> None:
    person = PersonFactory(consenting=True, wishing=True)
    actions.reveal(person, actor=professional(), purpose="promotion")
    assert "Diallo" in str(export(person.pk))
    assert erase(person.pk)
    left = str(export(person.pk))
    assert "Diallo" not in left
    assert "Valence" not in left
    assert fresh(person).user is None
    assert Consent.objects.unscoped("test").count() == 0
    assert IntermediationAct.objects.unscoped("test").count() == 1


def test_the_account_is_exported_then_erased_with_what_was_written_to_it(settings) -> None:
    settings.SMS = described()
    person, other = PersonFactory(user__phone="+33698765432"), PersonFactory()
    account = person.user
    for address in (account.email, other.user.email):
        accounts.send_code(parse_identifier(address), actor=JOB, code="123456")
        links.issue(PASSWORD_RESET, account.pk, address)
    accounts.send_code(parse_identifier(account.phone), actor=JOB, code="123456")
    assert {account.email, account.phone} <= set(export(person.pk)[0].values())
    assert erase(person.pk)
    assert set(User.objects.all()) == {other.user}
    assert {message.recipient for message in OutboxMessage.objects.all()} == {other.user.email}
    assert {link.recipient for link in MailLink.objects.all()} == {other.user.email}
    assert fresh(other).user == other.user
    assert erase(person.pk) == 0  # nothing left to forget


def test_an_account_that_serves_at_work_outlives_the_profile_of_its_owner() -> None:
    person = PersonFactory()
    Membership.objects.create(user=person.user, agency=agency(), role=Role.BUSINESS_ADVISER, ended_on=clock.today())
    erase(person.pk)
    assert User.objects.filter(pk=person.user_id).exists()
    assert fresh(person).user is None


def export(person_id: UUID) -> Rows:
    """Return what this domain gives a person of what it keeps about her."""
    (mine,) = [one for one in declarations() if one.domain == "people"]
    return mine.export(person_id)
