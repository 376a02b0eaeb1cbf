"""Writes of the shared diagnosis: started, written on both sides, sent, approved; what was sent never changes."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from entremise.employers.models import Contact
from entremise.employers.queries import is_opposed
from entremise.kernel import clock, links, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.kernel.models import MailLink
from entremise.lib.identifiers import phone_in_pairs
from entremise.offers import rules_diagnosis as rules
from entremise.offers.actions import OfferRefused
from entremise.offers.enums import Verb
from entremise.offers.enums_followup import AnswerSource
from entremise.offers.links import DIAGNOSIS
from entremise.offers.mails_diagnosis import DiagnosisMail
from entremise.offers.models import Offer
from entremise.offers.models_followup import Diagnosis, DiagnosisAnswer

WHY = "the policy decided on this offer"
LEVELS = {question.code: question.level for question in rules.QUESTIONS}


@action(Verb.DIAGNOSIS_STARTED, may="offers.edit_followup")
def start(offer: Offer, *, actor: Actor, prefilled: Mapping[str, str]) -> Done:
    """Start a diagnosis, or the next version of one that was sent; what the platform knows is proposed."""
    Offer.objects.unscoped(WHY).select_for_update(of=("self",), no_key=True).get(pk=offer.pk)
    rows: Any = Diagnosis.objects.unscoped(WHY).filter(offer=offer)
    last: Diagnosis | None = rows.order_by("-version").first()
    if last is not None and last.sent_at is None:
        return Done(last, data={"version": last.version, "is_new": False})
    made = rows.create(
        offer=offer, version=last.version + 1 if last else 1, author_id=actor.user_id, created_at=clock.now()
    )
    kept = {one.question: (one.text, one.source) for one in last.answers.all()} if last else {}
    told = {code: (text, AnswerSource.PREFILLED) for code, text in prefilled.items() if code in rules.CODES and text}
    said = {code: pair for code, pair in kept.items() if pair[1] != AnswerSource.PREFILLED}
    _write(made, told | said)
    return Done(made, data={"version": made.version, "is_new": True})


@action(Verb.DIAGNOSIS_WRITTEN, may="offers.write_diagnosis")
def write(diagnosis: Diagnosis, *, actor: Actor, answers: Mapping[str, str]) -> Done:
    """Keep what the adviser wrote."""
    locked = _locked(diagnosis)
    if locked.sent_at is not None:
        raise OfferRefused(_("Cette version a été envoyée : elle ne change plus. Commencez la suivante."))
    count = _keep(locked, answers, rules.CODES, AnswerSource.ADVISER)
    return Done(locked, data={"version": locked.version, "answers": count})


@action(Verb.DIAGNOSIS_SENT, may="offers.write_diagnosis")
def send(diagnosis: Diagnosis, *, actor: Actor, contact: Contact) -> Done:
    """Send a diagnosis to the recruiter by a link; from then on this version is what was sent."""
    locked = _locked(diagnosis)
    if contact.establishment_id != locked.offer.establishment_id:
        raise OfferRefused(_("Ce contact travaille dans un autre établissement."), "contact")
    if not contact.email:
        raise OfferRefused(_("%(name)s n'a pas d'adresse électronique.") % {"name": contact.name}, "contact")
    if contact.opposed_at is not None or is_opposed(contact.email):
        raise OfferRefused(_("%(name)s ne souhaite plus être sollicité.") % {"name": contact.name}, "contact")
    if not locked.answers.exists():
        raise OfferRefused(_("Ce diagnostic est vide : écrivez au moins une réponse."))
    links.revoke(DIAGNOSIS, locked.pk)
    link = links.issue(DIAGNOSIS, locked.pk, contact.email)
    mail.send(_mail(locked, contact, link), to=contact.email, about=locked)
    locked.sent_at = locked.sent_at or clock.now()
    locked.save()
    return Done(locked, data={"version": locked.version, "contact": str(contact.pk)})


@action(Verb.DIAGNOSIS_WRITTEN, may="offers.answer_diagnosis")
def complete(diagnosis: Diagnosis, *, actor: Actor, answers: Mapping[str, str]) -> Done:
    """Keep what the recruiter adds or corrects, until they approve."""
    locked = _locked(diagnosis)
    if locked.agreed_at is not None:
        raise OfferRefused(_("Vous avez approuvé ce diagnostic : il ne change plus."))
    count = _keep(locked, answers, rules.RECRUITERS, AnswerSource.RECRUITER)
    return Done(locked, data={"version": locked.version, "answers": count})


@action(Verb.DIAGNOSIS_AGREED, may="offers.answer_diagnosis")
def agree(diagnosis: Diagnosis, *, actor: Actor) -> Done:
    """Note that the recruiter approves; twice is once."""
    locked = _locked(diagnosis)
    if locked.agreed_at is None:
        locked.agreed_at = clock.now()
        locked.save()
    return Done(locked, data={"version": locked.version})


def _keep(diagnosis: Diagnosis, answers: Mapping[str, str], allowed: frozenset[str], source: AnswerSource) -> int:
    before = {one.question: one.text for one in diagnosis.answers.all()}
    news = rules.changed(before, answers, allowed)
    diagnosis.answers.filter(question__in=[code for code, text in news.items() if not text]).delete()
    _write(diagnosis, {code: (text, source) for code, text in news.items() if text})
    return len(news)


def _write(diagnosis: Diagnosis, told: Mapping[str, tuple[str, str]]) -> None:
    DiagnosisAnswer.objects.bulk_create(
        [
            DiagnosisAnswer(
                diagnosis=diagnosis, level=LEVELS[code], question=code, text=text, source=source,
                changed_at=clock.now(),
            )
            for code, (text, source) in told.items()
        ],
        update_conflicts=True, unique_fields=["diagnosis", "question"],
        update_fields=["text", "source", "changed_at"],
    )  # fmt: skip


def _mail(diagnosis: Diagnosis, contact: Contact, link: MailLink) -> DiagnosisMail:
    offer = diagnosis.offer
    return DiagnosisMail(
        contact_name=contact.name,
        title=offer.title,
        establishment=offer.establishment.name,
        adviser_name=diagnosis.author.full_name if diagnosis.author else "",
        agency_name=offer.agency.name,
        agency_phone=phone_in_pairs(offer.agency.phone),
        until=clock.local(link.expires_at).date(),
        url=mail.absolute(reverse("diagnosis", args=[links.token(link)])),
    )


def _locked(diagnosis: Diagnosis) -> Diagnosis:
    rows: Any = Diagnosis.objects.unscoped(WHY).select_for_update(of=("self",), no_key=True)
    locked: Diagnosis = rows.select_related("offer__establishment", "offer__agency", "author").get(pk=diagnosis.pk)
    return locked
