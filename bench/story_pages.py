"""The pages of the story on the demonstration's data, each with somebody who may open it."""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth.base_user import AbstractBaseUser
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entremise.accounts.models import Agency, User
from entremise.accounts.queries import DEMO_EMAIL_DOMAIN, actor_for
from entremise.demo.accounts import KARIM_PHONE
from entremise.employers.models import Contact
from entremise.kernel import links
from entremise.kernel.models import MailLink
from entremise.passport import queries as passport
from entremise.people.enums import Visibility
from entremise.people.models import Person
from entremise.promotions import actions as promotions
from entremise.promotions.links import ANSWER as PROMOTION_ANSWER
from entremise.promotions.models import Promotion
from entremise.promotions.queries_contacts import suggested_contacts
from entremise.validations import actions as validations
from entremise.validations.links import ANSWER as VALIDATION_ANSWER
from entremise.validations.models import Request

MARKS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")
HOST = "127.0.0.1"  # the only name that a local installation answers to


@dataclass(frozen=True)
class StoryPage:
    """One page, ready to be asked for."""

    name: str
    path: str
    client: Client


def story_pages() -> list[StoryPage]:
    """Prepare one open request and one open promotion of Karim's, then list every page of the story."""
    karim = Person.objects.unscoped("bench").get(user__phone=KARIM_PHONE)
    claire, isabelle = (_professional(name) for name in ("claire.morel", "isabelle.roux"))
    asked, promotion = _asked(karim), _promoted(karim, claire)
    jobseeker, adviser, lead = _client(karim.user), _client(claire), _client(isabelle)
    return [
        StoryPage("front page", reverse("home"), _client(None)),
        StoryPage("sign-in", reverse("account_login"), _client(None)),
        *_of(jobseeker, "my_home", "my_wishes", "my_experience_add", "my_skills", "my_skills_add"),
        *_of(jobseeker, "my_validations", "my_consent", "my_promotions", "my_access"),
        StoryPage("my_validation_add", f"{reverse('my_validation_add')}?experience={asked.experience_id}", jobseeker),
        StoryPage("my_validation", reverse("my_validation", args=[asked.pk]), jobseeker),
        *_of(adviser, "desk", "pool", "promotions"),
        StoryPage("profile", reverse("profile", args=[karim.pk]), adviser),
        StoryPage("promote", reverse("promote", args=[karim.pk]), adviser),
        StoryPage("promotion", reverse("promotion", args=[promotion.pk]), adviser),
        StoryPage("establishments", f"{reverse('establishments')}?q=restaurant", adviser),
        StoryPage("establishment", reverse("establishment", args=[promotion.establishment_id]), adviser),
        *_of(lead, "dashboard", "imports", "members"),
        _by_link("validator's page", "validate", _token(VALIDATION_ANSWER, asked)),
        _by_link("employer's answer", "promotion_answer", _token(PROMOTION_ANSWER, promotion)),
    ]


def _of(client: Client, *names: str) -> list[StoryPage]:
    return [StoryPage(name, reverse(name), client) for name in names]


def _professional(name: str) -> User:
    return User.objects.get(email=f"{name}@{DEMO_EMAIL_DOMAIN}")


def _client(user: AbstractBaseUser | None) -> Client:
    """Return a browser, signed in with every factor."""
    client = Client(SERVER_NAME=HOST)
    if user is not None:
        client.force_login(user)
        session = client.session
        session["second_factor"] = True
        session["second_factor_at"] = int(time.time())
        session.save()
    return client


def _by_link(name: str, page: str, token: str) -> StoryPage:
    """Follow the link of a mail to the page that it opens."""
    client = _client(None)
    answer = client.get(reverse(page, args=[token]))
    address = answer.headers.get("Location", reverse(page, args=[token]))
    return StoryPage(name, urlsplit(address).path, client)


def _asked(karim: Person) -> Request:
    actor = actor_for(karim.user, second_factor=False) if karim.user else None
    assert actor is not None
    experience = passport.experiences(karim)[0]
    held = passport.held_skills(karim)
    request: Request = validations.prepare(
        experience, actor=actor, contact_name="Paule Vidal", contact_email="paule.vidal@entrepot.example",
        contact_role="cheffe d'équipe", skill_ids=[one.skill_id for one in held[4:8]], message="Bonjour Paule !",
    )  # fmt: skip
    sent: Request = validations.send(request, actor=actor)
    return sent


def _promoted(karim: Person, claire: User) -> Promotion:
    actor = actor_for(claire, second_factor=True)
    suggested = suggested_contacts(karim, actor, ["N1103"])
    contacts: list[Contact] = [one.contact for one in suggested if one.can_be_asked][:1]
    sent: list[Promotion] = promotions.send(
        karim, actor=actor, agency=Agency.objects.get(name="Agence de Valence"), contacts=contacts,
        message="Bonjour, voici un préparateur de commandes confirmé.", visibility=Visibility.NAMED,
    )  # fmt: skip
    return sent[0]


def _token(purpose: links.Purpose, target: Request | Promotion) -> str:
    link = MailLink.objects.filter(purpose=purpose.name, target_id=target.pk).latest("issued_at")
    return links.token(link)


def query_count(captured: CaptureQueriesContext) -> int:
    """Return how many questions a page asked, the marks of its transactions aside."""
    return sum(not query["sql"].startswith(MARKS) for query in captured.captured_queries)
