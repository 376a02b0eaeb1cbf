"""Wordings that fraudsters use in offers: each asks for an adviser's eyes, none decides (PRODUCT.md E3)."""

import re
from dataclasses import dataclass
from typing import Final

from entremise.lib.identifiers import gettext_noop
from entremise.lib.text import normalise

_MONEY: Final = r"(?:western ?union|money ?gram|mandat cash|crypto\w*|bitcoins?|transcash|pcs|coupons? de recharge)"
_SENDERS: Final = r"(?:recev\w+|encaiss\w+|transfer\w+|revers\w+)"
_PAPERS: Final = r"(?:carte d.identite|piece d.identite|passeport|carte vitale)"
_CHATS: Final = r"(?:whatsapp|telegram|signal|messenger|snapchat)"
_ONLY: Final = r"(?:uniquement|seulement|exclusivement|contactez|contacter|ecrivez|ecrire)"
_FEES: Final = r"(?:frais d(?:e |.)(?:inscription|dossier|agence)|avance de frais|depot de garantie|versement initial)"

# code, pattern on the text in lower case without accents, why
_TABLE: Final = (
    (
        "money_transfer",
        rf"\b{_MONEY}\b",
        gettext_noop("L'offre parle d'argent envoyé par un moyen que l'on ne peut pas suivre."),
    ),
    (
        "use_my_account",
        rf"\b{_SENDERS}\b[^.]{{0,60}}\bvotre compte\b|\bvotre compte\b[^.]{{0,60}}\b{_SENDERS}\b",
        gettext_noop("L'offre demande de recevoir ou de transférer de l'argent pour quelqu'un d'autre."),
    ),
    (
        "parcels",
        r"\b(?:reexpedi\w+|renvo\w+|recev\w+)\b[^.]{0,40}\bcolis\b[^.]{0,40}\b(?:chez vous|domicile)\b"
        r"|\bcolis\b[^.]{0,40}\b(?:chez vous|domicile)\b[^.]{0,40}\b(?:reexpedi|renvo)",
        gettext_noop("L'offre propose de recevoir et de réexpédier des colis depuis son domicile."),
    ),
    (
        "bank_details",
        r"\b(?:rib|iban|coordonnees bancaires|carte bancaire|numero de carte)\b",
        gettext_noop("L'offre demande des coordonnées bancaires avant l'embauche."),
    ),
    (
        "identity_copy",
        rf"\b(?:copie|photo|scan|envoyez|recto)\b[^.]{{0,30}}\b{_PAPERS}\b",
        gettext_noop("L'offre demande une pièce d'identité avant tout entretien."),
    ),
    (
        "messaging_only",
        rf"\b{_ONLY}\b[^.]{{0,40}}\b{_CHATS}\b|\b{_CHATS}\b[^.]{{0,20}}\b(?:uniquement|seulement)\b",
        gettext_noop("L'offre ne donne qu'une messagerie pour contact."),
    ),
    (
        "advance_fee",
        rf"\b{_FEES}\b|\bpayer (?:la|votre|une) formation\b",
        gettext_noop("L'offre demande de l'argent à la personne qui postule."),
    ),
    (
        "easy_money",
        r"\bargent facile\b|\b\d[\d ]{2,8} ?(?:€|euros?) (?:par|/) ?(?:jour|semaine)\b"
        r"|\bsans (?:aucune )?(?:competence|experience)[^.]{0,40}\b[4-9] ?000 ?(?:€|euros)",
        gettext_noop("L'offre promet beaucoup d'argent pour peu de travail."),
    ),
)
PATTERNS: Final = tuple((code, re.compile(pattern), sentence) for code, pattern, sentence in _TABLE)
LONGEST_QUOTE = 200


@dataclass(frozen=True, slots=True)
class FraudSign:
    """A wording found: which, the words, and why it matters (to be translated)."""

    code: str
    quote: str
    sentence: str


def fraud_signs(text: str) -> list[FraudSign]:
    """Return the wordings of fraud in a text, each once."""
    plain = normalise(text)
    return [
        FraudSign(code, found.group(0)[:LONGEST_QUOTE], sentence)
        for code, pattern, sentence in PATTERNS
        if (found := pattern.search(plain)) is not None
    ]
