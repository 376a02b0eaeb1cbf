"""Writes of the contested results: contest one, answer, withdraw. A person answers, never the engine."""

from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from entremise.kernel import clock, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.matching import queries_contest, rules_contest
from entremise.matching.engine import score
from entremise.matching.enums import Verb
from entremise.matching.enums_contest import ContestReason, ContestSide, ContestVerdict
from entremise.matching.mails import ContestAnsweredMail, ContestAnsweredText
from entremise.matching.models_contest import Contest
from entremise.matching.queries_contest import Result
from entremise.matching.queries_criteria import PoolCriteria
from entremise.matching.workflow import FLOW
from entremise.offers.models import Offer
from entremise.people import queries as people
from entremise.people.enums import Handling
from entremise.people.models import Person


class ContestRefused(Exception):
    """A contest or its answer cannot be written so; `reason` is a sentence for the user, `field` what it is about."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


@action(Verb.CONTESTED, may="matching.contest")
def contest_search(person: Person, *, actor: Actor, criteria: PoolCriteria, reason: str, words: str = "") -> Done:
    """Contest, as an adviser, what a search of the pool says of a person."""
    query = criteria.query_string()
    if len(query) > rules_contest.LONGEST_SEARCH:
        raise ContestRefused(_("Cette recherche est trop longue : retirez quelques filtres, puis recommencez."))
    result = queries_contest.result_of_search(person, criteria, actor)
    if not result.is_in_pool:
        raise ContestRefused(_("Ce profil n'est plus dans le vivier : il n'y a plus de résultat à contester."))
    told = {"side": ContestSide.ADVISER, "query": query, "reason": reason, "words": words}
    return _received(person, actor, result, told)


@action(Verb.CONTESTED_OWN, may="matching.contest_own")
def contest_own(person: Person, *, actor: Actor, offer: Offer | None = None, reason: str, words: str = "") -> Done:
    """Contest, for oneself, what is proposed or not: for one offer, or in general."""
    result = queries_contest.result_for_offer(person, offer)
    told = {"side": ContestSide.PERSON, "offer": offer, "reason": reason, "words": words}
    return _received(person, actor, result, told)


@FLOW.action("answer_contest")
def answer(contest: Contest, *, actor: Actor, verdict: str, answer: str) -> Done:
    """Say what a person found, in a sentence for who contested."""
    if verdict not in ContestVerdict.values:
        raise ContestRefused(_("Dites ce que vous avez trouvé."), "verdict")
    contest.answer = _checked(answer, "answer")
    if not contest.answer:
        raise ContestRefused(_("Écrivez au moins une phrase : elle sera lue par la personne qui conteste."), "answer")
    contest.verdict, contest.answered_at, contest.answered_by_id = verdict, clock.now(), actor.user_id
    if contest.side == ContestSide.PERSON:
        _tell_person(contest)
    return Done(None, data={"verdict": verdict})


@FLOW.action("withdraw_contest")
def withdraw(contest: Contest, *, actor: Actor) -> None:
    """Take back a contest that nobody has answered."""


def _received(person: Person, actor: Actor, result: Result, told: dict[str, Any]) -> Done:
    if told["reason"] not in ContestReason.values:
        raise ContestRefused(_("Dites ce qui vous semble faux : choisissez une raison."), "reason")
    facts = told | {
        "words": _checked(told["words"], "words"),
        "parts": [[str(part.name), part.points, part.maximum] for part in result.parts],
        "position": result.position,
    }
    rows: Any = Contest.objects.unscoped("a new row, about the person that the policy checked")
    try:
        with transaction.atomic():
            kept = rows.create(
                person=person, author_id=actor.user_id, created_at=clock.now(), weights_version=score.VERSION, **facts
            )
    except IntegrityError as twice:  # the constraint decides, whoever was quicker
        raise ContestRefused(_("Vous contestez déjà ce résultat : une réponse arrive.")) from twice
    return Done(kept, data={"reason": kept.reason, "version": kept.weights_version})


def _checked(text: str, field: str) -> str:
    cleaned = text.strip()
    if len(cleaned) > rules_contest.LONGEST_WORDS:
        raise ContestRefused(_("Ce texte compte au plus 1 000 caractères."), field)
    return cleaned


def _tell_person(contest: Contest) -> None:
    """Write to the person's e-mail address, else to her telephone, in her language."""
    identity = people.identity_handled(contest.person_id, Handling.TO_HERSELF)
    how, address = (ContestAnsweredMail, identity.email) if identity.email else (ContestAnsweredText, identity.phone)
    if address:
        page = reverse("my_contest") + (f"?offre={contest.offer_id}" if contest.offer_id else "")
        message = how(
            first_name=identity.first_name, verdict=ContestVerdict(contest.verdict), answer=contest.answer,
            url=mail.absolute(page),
        )  # fmt: skip
        language, department = people.language_of(contest.person), contest.person.department_id or ""
        mail.send(message, to=address, about=contest, language=language, department=department)
