"""A recruiter asks for a space, prepares it, invites once it is certified; every refusal says why."""

import datetime as dt

import pytest
import time_machine

from entremise.accounts import actions_recruiters
from entremise.accounts.actions import AccountRefused
from entremise.accounts.models import User
from entremise.accounts.queries import actor_for, agency_around
from entremise.employers import actions, actions_members, actions_spaces, queries_own_spaces
from entremise.employers.actions_spaces import Identity, SpaceRefused
from entremise.employers.enums_spaces import MemberRank, SpaceState
from entremise.employers.links import SPACE_INVITATION
from entremise.employers.models_spaces import RecruiterSpace, SpaceMember
from entremise.employers.queries import EstablishmentRefused
from entremise.kernel import links
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import ANONYMOUS, Actor, Role, job_actor, link_actor
from entremise.kernel.models import JournalEntry, MailLink, OutboxMessage
from entremise.kernel.workflow import TransitionRefused
from tests.factories.accounts import AgencyFactory, UserFactory, actor_of, professional
from tests.factories.employers import EstablishmentFactory, commune
from tests.factories.spaces import RecruiterSpaceFactory, SpaceMemberFactory, again

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
PURPOSE = "Recruter deux jardiniers pour le printemps."
REGISTRAR = job_actor("test")


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def recruiter(email: str = "marc@garance.example") -> Actor:
    user = actions_recruiters.open_recruiter(email, actor=REGISTRAR, first_name="Marc", last_name="Lemoine")
    return actor_for(user, second_factor=False)


def marc(**facts: str) -> Identity:
    told = {"first_name": "Marc", "last_name": "Lemoine", "email": "marc@garance.example", "job": "gérant"}
    return Identity(**told | {"phone": "04 75 11 22 33"} | facts)


def asked(actor: Actor | None = None, **facts: object) -> RecruiterSpace:
    place = facts.pop("establishment", None) or EstablishmentFactory()
    told = {"identity": marc(), "purpose": PURPOSE} | facts
    return actions_spaces.ask(place, actor=actor or recruiter(), **told)


def in_space(space: RecruiterSpace) -> tuple[Actor, SpaceMember]:
    member = SpaceMember.objects.unscoped("test").get(space=space)
    return actor_for(member.user, second_factor=False), member


def bearer(member: SpaceMember) -> Actor:
    link = MailLink.objects.filter(purpose=SPACE_INVITATION.name, target_id=member.pk).latest("issued_at")
    return link_actor(link.pk, Role.MAILBOX_OWNER)


def test_an_account_is_a_recruiter_s_or_nothing_else() -> None:
    actor = recruiter()
    assert actor.roles == {Role.RECRUITER}
    assert recruiter().id == actor.id  # the same address, the same account
    UserFactory(email="awa@garance.example")
    adviser = professional(email="nadia@garance.example")
    User.objects.create_user(email="parti@garance.example", is_recruiter=True, is_active=False)
    cases = {
        "awa@garance.example": "ouvre un espace de demandeur d'emploi",
        adviser.email: "ouvre un compte de conseiller",
        "parti@garance.example": "Ce compte est fermé",
    }
    for email, sentence in cases.items():
        with pytest.raises(AccountRefused, match=sentence):
            recruiter(email)
    with pytest.raises(AccessDenied):
        actions_recruiters.open_recruiter("x@y.example", actor=actor, first_name="A", last_name="B")


def test_the_agency_is_the_nearest_of_the_employment_service() -> None:
    AgencyFactory(department_code="38")
    near, far = AgencyFactory(name="Près"), AgencyFactory(name="Loin", commune=commune("26281", "Pierrelatte"))
    commune("26281").__class__.objects.filter(pk="26281").update(latitude=44.37)
    AgencyFactory(name="A", organisation__kind="association")
    assert agency_around(commune()) == near
    assert agency_around(far.commune) == far
    assert agency_around(commune("07010", "Annonay", "07")) is None


def test_a_space_is_asked_for_and_everybody_is_told_what_happens() -> None:
    agency = AgencyFactory(name="Agence de Valence", email="valence@emploi.example", phone="+33475000000")
    place = EstablishmentFactory(name="Jardins de Flore")
    space = asked(establishment=place)
    assert (space.state, space.agency, space.establishment) == (SpaceState.TO_CERTIFY, agency, place)
    assert space.call_by_at == MONDAY + dt.timedelta(days=1)
    member = SpaceMember.objects.unscoped("test").get(space=space)
    assert (member.rank, member.email, member.phone) == ("ambassador", "marc@garance.example", "+33475112233")
    assert member.joined_at == MONDAY
    told = OutboxMessage.objects.get(kind="employers.space_asked")
    assert told.recipient == "marc@garance.example"
    assert "mardi 24 novembre à 10 h 00" in told.text
    assert "04 75 00 00 00" in told.text
    work = OutboxMessage.objects.get(kind="employers.space_to_certify")
    assert work.recipient == "valence@emploi.example"
    assert "Jardins de Flore" in work.text
    assert not any(word in work.text for word in ("Lemoine", "marc@"))
    line = JournalEntry.objects.get(verb="employers.space_asked")
    assert line.data == {"establishment": str(place.pk)}


def test_what_cannot_be_asked_is_refused_with_its_sentence() -> None:
    AgencyFactory()
    closed = EstablishmentFactory(closed=True)
    faraway = EstablishmentFactory(commune=commune("07010", "Annonay", "07"))
    cases = [
        ({"establishment": closed}, "est fermé depuis", "siret"),
        ({"establishment": faraway}, "Aucune agence", "siret"),
        ({"purpose": "poste"}, "Dites en une phrase", "purpose"),
        ({"purpose": "p" * 501}, "Dites en une phrase", "purpose"),
        ({"identity": marc(first_name="Gagnez 1000")}, "en lettres", "first_name"),
        ({"identity": marc(last_name="www.arnaque.example")}, "en lettres", "last_name"),
        ({"identity": marc(last_name=" ")}, "en lettres", "last_name"),
        ({"identity": marc(job="")}, "la fonction", "job"),
        ({"identity": marc(phone="")}, "un numéro de téléphone", "phone"),
        ({"identity": marc(phone="12")}, "numéro", "phone"),
    ]
    actor = recruiter()
    for facts, sentence, field in cases:
        with pytest.raises(SpaceRefused, match=sentence) as refusal:
            asked(actor, **facts)
        assert refusal.value.field == field, facts
    for nobody in (ANONYMOUS, actor_of(professional()), actor_of(UserFactory())):
        with pytest.raises(AccessDenied):
            asked(nobody)
    with pytest.raises(EstablishmentRefused, match="SIRET"):
        actions.add_from_siret("00000000000000", actor=actor)
    assert not RecruiterSpace.objects.unscoped("test").exists()
    assert not OutboxMessage.objects.exists()


def test_one_account_has_one_space_for_a_place_and_five_that_wait() -> None:
    AgencyFactory()
    actor = recruiter()
    first = asked(actor)
    with pytest.raises(SpaceRefused, match="déjà un espace pour cet établissement"):
        asked(actor, establishment=first.establishment)
    for _n in range(4):
        asked(actor)
    with pytest.raises(SpaceRefused, match="déjà 5 espaces qui attendent"):
        asked(actor)


def test_a_second_claim_is_accepted_and_the_first_ambassador_learns_nothing_personal() -> None:
    first = RecruiterSpaceFactory(certified=True)
    waiting = RecruiterSpaceFactory(establishment=first.establishment)
    second = asked(establishment=first.establishment)
    assert second.pk != first.pk
    ambassador = SpaceMember.objects.unscoped("test").get(space=first)
    told = OutboxMessage.objects.get(kind="employers.second_space")
    assert told.recipient == ambassador.email
    assert not any(word in told.text for word in ("Lemoine", "marc@", "gérant"))
    assert again(waiting).state == SpaceState.TO_CERTIFY


def test_an_adviser_opens_a_space_for_somebody_and_a_colleague_certifies_it() -> None:
    agency = AgencyFactory()
    adviser = actor_of(professional(agency=agency))
    place = EstablishmentFactory()
    facts = {"identity": marc(), "purpose": PURPOSE}
    space = actions_spaces.create_on_behalf(place, actor=adviser, agency=agency, **facts)
    assert (space.created_by_id, space.agency) == (adviser.user_id, agency)
    assert actions_spaces.FLOW.refusal(space, "certify", adviser).startswith("Vous avez créé cet espace")
    assert not actions_spaces.FLOW.refusal(space, "certify", actor_of(professional(agency=agency)))
    member = SpaceMember.objects.unscoped("test").get(space=space)
    assert (member.user, member.joined_at) == (None, None)
    joined = actions_members.join(member, actor=bearer(member))
    assert joined.user.is_recruiter
    with pytest.raises(SpaceRefused, match="au nom de votre agence"):
        actions_spaces.create_on_behalf(place, actor=adviser, agency=AgencyFactory(), **facts)
    elsewhere = EstablishmentFactory(elsewhere=True)
    with pytest.raises(AccessDenied, match="autre territoire"):
        actions_spaces.create_on_behalf(elsewhere, actor=adviser, agency=agency, **facts)
    with pytest.raises(AccessDenied):
        actions_spaces.create_on_behalf(place, actor=recruiter("x@y.example"), agency=agency, **facts)


def test_only_a_certified_space_invites_and_only_its_ambassador() -> None:
    waiting, space = RecruiterSpaceFactory(), RecruiterSpaceFactory(certified=True)
    with pytest.raises(SpaceRefused, match="pas encore certifié"):
        actions_members.invite(waiting, actor=in_space(waiting)[0], identity=marc())
    assert not OutboxMessage.objects.exists()
    ambassador, _member = in_space(space)
    colleague = SpaceMemberFactory(space=space)
    for stranger in (actor_of(colleague.user), in_space(waiting)[0]):
        with pytest.raises(AccessDenied, match="l'ambassadeur"):
            actions_members.invite(space, actor=stranger, identity=marc())
    invited = actions_members.invite(space, actor=ambassador, identity=marc())
    sent = OutboxMessage.objects.get(kind="employers.space_invitation")
    assert (sent.recipient, invited.joined_at) == ("marc@garance.example", None)
    with pytest.raises(SpaceRefused, match="déjà membre"):
        actions_members.invite(space, actor=ambassador, identity=marc())
    for n in range(9):
        actions_members.invite(space, actor=ambassador, identity=marc(email=f"m{n}@garance.example"))
    with pytest.raises(SpaceRefused, match="déjà invité 10 personnes"):
        actions_members.invite(space, actor=ambassador, identity=marc(email="m10@garance.example"))


def test_an_invitation_is_taken_once_by_its_bearer_alone() -> None:
    space = RecruiterSpaceFactory(certified=True)
    ambassador, _member = in_space(space)
    invited = actions_members.invite(space, actor=ambassador, identity=marc())
    other = SpaceMemberFactory(invited=True, email="autre@garance.example")
    with pytest.raises(AccessDenied, match="pour autre chose"):
        actions_members.join(other, actor=bearer(invited))
    first = bearer(invited)
    actions_members.invite_again(invited, actor=ambassador)
    assert MailLink.objects.get(pk=first.id).revoked_at is not None
    joined = actions_members.join(invited, actor=bearer(invited))
    assert (joined.user.email, joined.joined_at) == ("marc@garance.example", MONDAY)
    assert queries_own_spaces.own_spaces(actor_for(joined.user, second_factor=False)) == [space]
    with pytest.raises(SpaceRefused, match="déjà dans cet espace"):
        actions_members.join(invited, actor=bearer(invited))
    with pytest.raises(SpaceRefused, match="déjà dans l'espace"):
        actions_members.invite_again(joined, actor=ambassador)


def test_an_invitation_does_not_open_a_jobseeker_s_account_nor_a_closed_space() -> None:
    space = RecruiterSpaceFactory(certified=True)
    ambassador, _member = in_space(space)
    UserFactory(email="awa@garance.example")
    invited = actions_members.invite(space, actor=ambassador, identity=marc(email="awa@garance.example"))
    with pytest.raises(AccountRefused, match="demandeur d'emploi"):  # said to who proved the address, by the link
        actions_members.join(invited, actor=bearer(invited))
    RecruiterSpace.objects.unscoped("test").filter(pk=space.pk).update(state=SpaceState.BLOCKED)
    with pytest.raises(SpaceRefused, match="n'est plus ouvert"):
        actions_members.join(invited, actor=bearer(invited))
    links.send_again(MailLink.objects.get(target_id=invited.pk))
    assert MailLink.objects.filter(target_id=invited.pk).count() == 1


def test_a_space_keeps_an_ambassador() -> None:
    space = RecruiterSpaceFactory(certified=True)
    ambassador, member = in_space(space)
    colleague = SpaceMemberFactory(space=space)
    for act in (actions_members.leave, lambda m, actor: actions_members.change_rank(m, actor=actor, rank="member")):
        with pytest.raises(SpaceRefused, match="garde toujours un ambassadeur"):
            act(member, actor=ambassador)
    with pytest.raises(SpaceRefused, match="utilisez « Quitter"):
        actions_members.remove(member, actor=ambassador)
    with pytest.raises(AccessDenied, match="pas membre"):
        actions_members.leave(member, actor=actor_of(colleague.user))
    waiting = SpaceMemberFactory(space=space, invited=True)
    with pytest.raises(SpaceRefused, match="pas encore répondu"):
        actions_members.change_rank(waiting, actor=ambassador, rank=MemberRank.AMBASSADOR)
    actions_members.change_rank(colleague, actor=ambassador, rank=MemberRank.AMBASSADOR)
    actions_members.leave(member, actor=ambassador)
    assert queries_own_spaces.own_spaces(ambassador) == []
    with pytest.raises(AccessDenied):
        actions_members.remove(colleague, actor=ambassador)  # gone: nothing is theirs any more
    actions_members.remove(waiting, actor=actor_of(colleague.user))
    link = links.issue(SPACE_INVITATION, waiting.pk, waiting.email)
    with pytest.raises(SpaceRefused, match="a été annulée"):
        actions_members.join(waiting, actor=link_actor(link.pk, Role.MAILBOX_OWNER))


def test_one_corrects_one_s_own_place_only() -> None:
    space = RecruiterSpaceFactory()
    actor, member = in_space(space)
    actions_members.correct(member, actor=actor, job="  directrice ", phone="06 39 98 00 01")
    kept = SpaceMember.objects.unscoped("test").get(pk=member.pk)
    assert (kept.job, kept.phone) == ("directrice", "+33639980001")
    with pytest.raises(SpaceRefused, match="un numéro de téléphone"):
        actions_members.correct(member, actor=actor, job="directrice", phone="")
    with pytest.raises(AccessDenied):
        actions_members.correct(member, actor=in_space(RecruiterSpaceFactory())[0], job="x", phone="0475000000")


def test_the_page_of_a_company_is_public_once_certified() -> None:
    space = RecruiterSpaceFactory()
    actor, _member = in_space(space)
    told = {"presentation": "Une pépinière <b>familiale</b>.", "website": "https://garance.example", "benefits": ""}
    actions_spaces.present(space, actor=actor, **told)
    assert again(space).presentation == "Une pépinière <b>familiale</b>."
    assert queries_own_spaces.company_page(space.establishment.siret) is None
    RecruiterSpace.objects.unscoped("test").filter(pk=space.pk).update(state=SpaceState.CERTIFIED, decided_at=MONDAY)
    assert queries_own_spaces.company_page(space.establishment.siret) == space
    cases = [
        ({"website": "javascript:alert(1)"}, "commence par https", "website"),
        ({"presentation": "p" * 2001}, "2 000", "presentation"),
        ({"benefits": "b" * 501}, "500", "benefits"),
    ]
    for facts, sentence, field in cases:
        with pytest.raises(SpaceRefused, match=sentence) as refusal:
            actions_spaces.present(space, actor=actor, **told | facts)
        assert refusal.value.field == field
    with pytest.raises(AccessDenied, match="pas le vôtre"):
        actions_spaces.present(space, actor=in_space(RecruiterSpaceFactory())[0], **told)
    RecruiterSpace.objects.unscoped("test").filter(pk=space.pk).update(state=SpaceState.REFUSED)
    with pytest.raises(SpaceRefused, match="n'est plus ouvert"):
        actions_spaces.present(space, actor=actor, **told)


def test_a_refused_space_may_be_asked_for_again_with_new_deadlines(moment) -> None:
    space = RecruiterSpaceFactory(refused=True)
    actor, _member = in_space(space)
    moment.shift(dt.timedelta(days=30))
    with pytest.raises(SpaceRefused, match="Dites en une phrase"):
        actions_spaces.ask_again(space, actor=actor, purpose="oui")
    actions_spaces.ask_again(space, actor=actor, purpose=PURPOSE)
    kept = again(space)
    assert (kept.state, kept.recheck) == (SpaceState.TO_CERTIFY, "reopened")
    assert kept.call_by_at == MONDAY + dt.timedelta(days=31)
    blocked = RecruiterSpaceFactory(blocked=True)
    with pytest.raises(TransitionRefused, match="bloqué"):
        actions_spaces.ask_again(blocked, actor=in_space(blocked)[0], purpose=PURPOSE)
    with pytest.raises(AccessDenied):
        actions_spaces.ask_again(RecruiterSpaceFactory(refused=True), actor=actor, purpose=PURPOSE)


def test_a_recruiter_sees_their_own_spaces_and_no_other() -> None:
    mine, theirs = RecruiterSpaceFactory(certified=True), RecruiterSpaceFactory(certified=True)
    actor, member = in_space(mine)
    assert list(RecruiterSpace.objects.visible_to(actor)) == [mine]
    assert list(SpaceMember.objects.visible_to(actor)) == [member]
    with pytest.raises(SpaceMember.DoesNotExist):
        queries_own_spaces.member_seen(in_space(theirs)[1].pk, actor)
