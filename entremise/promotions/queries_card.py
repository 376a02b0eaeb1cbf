"""A profile as an employer sees it, and the message that presents it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.passport import queries as passport
from entremise.passport.models import Evidence, Experience, HeldSkill
from entremise.people import queries as people
from entremise.people.enums import ContractKind, Handling, Licence, Schedule, Visibility
from entremise.people.models import Person
from entremise.promotions import rules
from entremise.promotions.rules import Card, PastJob, Proof

SHOWN_JOBS = 4


def card_of(person: Person, visibility: str) -> Card:
    """Return what an employer sees of a person: nothing that names her unless she chose it."""
    today = clock.today()
    is_named = visibility == Visibility.NAMED
    identity = people.identity_handled(person.pk, Handling.EMPLOYER) if is_named else None
    wishes = people.wishes(person)
    shown = [_proof(held) for held in passport.shown_skills(person)]
    return Card(
        reference=person.reference,
        occupations=tuple(wish.occupation.label for wish in wishes),
        rome_codes=tuple(wish.occupation.rome_code for wish in wishes),
        place=person.commune.name if person.commune else "",
        mobility_km=person.mobility_km,
        available_on=person.available_on,
        is_available=person.available_on is not None and person.available_on <= today,
        contracts=_labels(ContractKind, person.contracts),
        working_time=str(person.get_working_time_display()),
        schedules=_labels(Schedule, person.schedules),
        licences=_labels(Licence, person.licences),
        jobs=tuple(_job(job, today, is_named=is_named) for job in passport.experiences(person)[:SHOWN_JOBS]),
        proofs=tuple(rules.strongest(shown, rules.CARD_SKILLS)),
        hidden_skill_count=max(0, len(shown) - rules.CARD_SKILLS),
        name=identity.full_name if identity else "",
        email=identity.email if identity else "",
        phone=identity.phone if identity else "",
    )


def draft_message(person: Person, establishment: Establishment | None, actor: Actor, card: Card | None = None) -> str:
    """Return a message made of facts: what she looks for, three proofs at most, when she is available."""
    seen = card or card_of(person, Visibility.ANONYMOUS)
    with override(settings.LANGUAGE_CODE):  # as the mail around it, whatever the screen of the adviser speaks
        sentences = [_opening(seen, establishment), *_proof_sentences(seen), _availability(seen)]
        sentences.append(_("Seriez-vous d'accord pour la rencontrer, ou garder ce profil pour plus tard ?"))
    return "\n\n".join(sentence for sentence in sentences if sentence)


def _opening(card: Card, establishment: Establishment | None) -> str:
    trade = card.occupations[0] if card.occupations else ""
    months = sum(job.months for job in card.jobs)
    if not trade:
        return _("Je vous présente une personne dont le profil peut vous intéresser.")
    if months < 12:
        return _("Je vous présente une personne qui cherche un poste : %(trade)s.") % {"trade": trade}
    return ngettext(
        "Je vous présente une personne qui cherche un poste : %(trade)s. Elle a %(years)d an d'expérience.",
        "Je vous présente une personne qui cherche un poste : %(trade)s. Elle a %(years)d ans d'expérience.",
        months // 12,
    ) % {"trade": trade, "years": months // 12}


def _proof_sentences(card: Card) -> list[str]:
    facts = card.validated[: rules.MESSAGE_FACTS]
    if not facts:
        said = card.said[: rules.MESSAGE_FACTS]
        return [_("Ce qu'elle sait faire :") + _lines([proof.label for proof in said])] if said else []
    return [_("Confirmé par ceux qui l'ont vue travailler :") + _lines([_fact(proof) for proof in facts])]


def _fact(proof: Proof) -> str:
    if not proof.given_on:
        return f"{proof.label} ({proof.origin})"
    day = formats.date_format(proof.given_on, "F Y")
    return f"{proof.label} ({proof.origin}, {day})"


def _lines(facts: Sequence[str]) -> str:
    return "".join(f"\n– {fact}" for fact in facts)


def _availability(card: Card) -> str:
    facts = {"place": card.place, "km": card.mobility_km}
    if card.is_available and card.place:
        return _("Elle est disponible maintenant, à %(place)s et jusqu'à %(km)d km.") % facts
    if card.available_on and card.place:
        facts["day"] = formats.date_format(card.available_on, "j F Y")
        return _("Elle est disponible à partir du %(day)s, à %(place)s et jusqu'à %(km)d km.") % facts
    return _("Elle cherche à %(place)s et jusqu'à %(km)d km.") % facts if card.place else ""


def _proof(held: HeldSkill) -> Proof:
    best = passport.best_proof(held)
    if best is None:
        return Proof(held.skill.label, 0, level=held.get_level_display() if held.level else "", example=held.example)
    evidence: Any = held.evidence.all()  # read with the skills, the best first
    living: Evidence = evidence[0]
    return Proof(
        best.label,
        best.assurance,
        best.origin,
        best.witness_role,
        best.given_on,
        level=str(living.get_level_display()) if living.level else "",
        example=best.example,
    )


def _job(job: Experience, today: dt.date, *, is_named: bool) -> PastJob:
    employer = job.establishment.name if job.establishment else job.employer_name
    return PastJob(
        title=job.title,
        months=rules.months_between(job.started_on, job.ended_on or today),
        ended_on=job.ended_on,
        employer=employer if is_named else "",
    )


def _labels(choices: type[ContractKind] | type[Schedule] | type[Licence], values: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(choices(value).label) for value in values if value in choices.values)
