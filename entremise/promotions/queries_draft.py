"""The message that presents a profile to an employer."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from entremise.employers.models import Establishment
from entremise.kernel.actors import Actor
from entremise.passport.queries_card import card_of
from entremise.passport.rules_card import Card, Proof
from entremise.people.enums import Visibility
from entremise.people.models import Person
from entremise.promotions import rules


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
