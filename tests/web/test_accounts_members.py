"""The team page: a lead invites, resends, cancels, ends an access, in their own agency only."""

from typing import Any

import pytest
from django.test import Client

from entremise.accounts.models import Agency, Invitation, Membership, User
from entremise.kernel.actors import Role
from entremise.kernel.models import OutboxMessage
from tests.factories.accounts import (
    AgencyFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
    professional,
    sign_in,
)

pytestmark = pytest.mark.django_db
MEMBERS, INVITE = "/equipe/membres/", "/equipe/membres/inviter/"


@pytest.fixture
def agency() -> Agency:
    return AgencyFactory(name="Agence de Valence")


@pytest.fixture
def lead(client: Client, agency: Agency) -> User:
    user = professional(Role.TEAM_LEAD, agency=agency)
    sign_in(client, user)
    return user


def form(agency: Agency, **changes: str) -> dict[str, str]:
    return {"email": "nouvelle@emploi.exemple", "role": "business_adviser", "agence": str(agency.pk)} | changes


@pytest.mark.usefixtures("lead")
def test_the_members_and_the_waiting_invitations_are_shown(client: Client, agency: Agency) -> None:
    MembershipFactory(agency=agency, user=UserFactory(email="z@emploi.exemple", first_name="Zoé", last_name="Roux"))
    InvitationFactory(agency=agency, email="attend@emploi.exemple")
    InvitationFactory(email="ailleurs@emploi.exemple")
    page = client.get(MEMBERS).content.decode()
    for words in ("Agence de Valence", "Zoé Roux", "attend@emploi.exemple", "Lien expiré"):
        assert words in page
    assert "ailleurs@emploi.exemple" not in page


@pytest.mark.usefixtures("lead")
def test_the_team_page_asks_few_questions_whatever_the_number_of_members(
    client: Client, agency: Agency, django_assert_max_num_queries: Any
) -> None:
    for _member in range(5):
        MembershipFactory(agency=agency)
        InvitationFactory(agency=agency)
    with django_assert_max_num_queries(12):
        client.get(MEMBERS)


@pytest.mark.usefixtures("lead")
def test_a_lead_invites_a_colleague(client: Client, agency: Agency) -> None:
    response = client.post(INVITE, form(agency), follow=True)
    assert "L&#x27;invitation est partie à nouvelle@emploi.exemple." in response.content.decode()
    assert OutboxMessage.objects.get().recipient == "nouvelle@emploi.exemple"


@pytest.mark.usefixtures("lead")
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "nouvelle@emploi"}, "n&#x27;est pas complète"),
        ({"email": ""}, "Indiquez l&#x27;adresse"),
        ({"role": ""}, "Choisissez un rôle."),
        ({"role": "director"}, "Choisissez un rôle de la liste."),
    ],
)
def test_a_wrong_invitation_is_refused_with_its_reason(
    client: Client, agency: Agency, changes: dict[str, str], words: str
) -> None:
    response = client.post(INVITE, form(agency, **changes))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.usefixtures("lead")
def test_inviting_the_same_person_again_proposes_to_resend(client: Client, agency: Agency) -> None:
    client.post(INVITE, form(agency))
    response = client.post(INVITE, form(agency))
    assert "Vous pouvez la renvoyer" in response.content.decode()
    assert Invitation.objects.count() == 1


@pytest.mark.usefixtures("lead")
def test_an_agency_of_somebody_else_is_never_the_one_invited_to(client: Client, agency: Agency) -> None:
    client.post(INVITE, form(AgencyFactory()))
    assert Invitation.objects.get().agency == agency


@pytest.mark.usefixtures("lead")
def test_an_invitation_is_sent_again_then_cancelled(client: Client, agency: Agency) -> None:
    invitation = InvitationFactory(agency=agency)
    client.post(f"/equipe/invitations/{invitation.pk}/renvoyer/")
    assert OutboxMessage.objects.count() == 1
    page = client.post(f"/equipe/invitations/{invitation.pk}/annuler/", follow=True).content.decode()
    assert "son lien ne s&#x27;ouvre plus" in page
    again = client.post(f"/equipe/invitations/{invitation.pk}/renvoyer/", follow=True).content.decode()
    assert "Cette invitation a été annulée." in again


@pytest.mark.usefixtures("lead")
@pytest.mark.parametrize("act", ["renvoyer", "annuler"])
def test_the_invitations_of_another_agency_are_not_found(client: Client, act: str) -> None:
    invitation = InvitationFactory()
    assert client.post(f"/equipe/invitations/{invitation.pk}/{act}/").status_code == 404


@pytest.mark.usefixtures("lead")
def test_ending_an_access_asks_first_then_works_at_once(client: Client, agency: Agency) -> None:
    leaving = MembershipFactory(agency=agency, role=Role.TEAM_LEAD.value)
    their_browser = sign_in(Client(), leaving.user)
    assert their_browser.get(MEMBERS).status_code == 200
    path = f"/equipe/membres/{leaving.pk}/fin/"
    assert "Mettre fin à l'accès de Nadia Ferrand ?" in client.get(path).content.decode()
    assert Membership.objects.get(pk=leaving.pk).ended_on is None
    client.post(path)
    assert their_browser.get(MEMBERS).status_code == 403


def test_nobody_ends_their_own_access_from_the_page(client: Client, lead: User) -> None:
    mine = Membership.objects.get(user=lead)
    response = client.post(f"/equipe/membres/{mine.pk}/fin/", follow=True)
    assert "votre propre accès" in response.content.decode()
    mine.refresh_from_db()
    assert mine.ended_on is None


def test_an_adviser_has_no_team_page(client: Client) -> None:
    sign_in(client, professional(Role.BUSINESS_ADVISER))
    response = client.get(MEMBERS)
    assert response.status_code == 403
    assert "Votre rôle ne donne pas accès à cette action." in response.content.decode()


def test_an_administrator_chooses_among_the_agencies_of_the_organisation(client: Client, agency: Agency) -> None:
    sister = AgencyFactory(organisation=agency.organisation, name="Agence de Romans")
    sign_in(client, professional(Role.ADMIN, agency=agency))
    assert "Agence de Romans, Organisation" in client.get(f"{MEMBERS}?agence={sister.pk}").content.decode()
    client.post(INVITE, form(sister, role="director"))
    assert Invitation.objects.get().agency == sister
