"""Wordings that fraudsters use in offers: each asks for an adviser's eyes, none decides (PRODUCT.md E3)."""

import re
from dataclasses import dataclass
from typing import Final

from entremise.lib.identifiers import gettext_noop
from entremise.lib.lookalikes import in_our_letters
from entremise.lib.text import normalise

_MONEY: Final = (
    r"(?:western ?union|money ?gram|mandat cash|transcash|neosurf|paysafecard"
    r"|(?:coupons?|tickets?|cartes?|recharges?) (?:pcs|de recharge|cadeaux?)"
    r"|(?:pay|vers|achet|regl|remuner)\w+[^.]{0,20}\b(?:crypto\w*|bitcoins?)"
    r"|renvo\w+ (?:la difference|le surplus))"
)
_SENDERS: Final = r"(?:recev\w+|recep\w+|encaiss\w+|transfer\w+|revers\w+|renver\w+|transit\w+)"
_HOME: Final = r"(?:chez vous|domicile|votre adresse)"
_PARCELS: Final = r"(?:reexpedi\w+|renvo\w+|recev\w+|recep\w+)"
_PAPERS: Final = r"(?:carte d.identite|piece d.identite|cni|passeport|titre de sejour|carte vitale)"
_BANK: Final = r"(?:rib|iban|coordonnees bancaires|carte bancaire|numero de (?:carte|compte)|identifiants bancaires)"
_SENDING: Final = r"(?:envo|transmet|communiqu|fourni|join|joign|donne|deman)\w*"
_AT_HIRING: Final = r"(?:a l.embauche|le jour de l.embauche|apres l.embauche|une fois embauche)"
_OF_CLIENTS: Final = r"\b(?:leurs?|clients?|fournisseurs?)\b"
_CHATS: Final = r"(?:whats ?app|telegram|signal|messenger|snapchat)"
_ONLY: Final = r"(?:uniquement|seulement|exclusivement|contactez|contacter|ecrivez|ecrire|ajoutez|rejoignez)"
_NO_CALL: Final = r"(?:aucun appel|pas d.appel|pas de telephone|ne repond\w* pas)"
_FEES: Final = r"(?:frais d(?:e |.)(?:inscription|dossier|agence|traitement)|avance de frais|depot de garantie)"
_ASKED: Final = r"(?:\d|a votre charge|a (?:regler|payer|verser)|demandee?s?|obligatoires?)"

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
        rf"\b{_PARCELS}\b[^.]{{0,40}}\bcolis\b[^.]{{0,40}}\b{_HOME}\b"
        rf"|\bcolis\b[^.]{{0,40}}\b{_HOME}\b[^.]{{0,40}}\b(?:reexpedi|renvo)",
        gettext_noop("L'offre propose de recevoir et de réexpédier des colis depuis son domicile."),
    ),
    (
        "bank_details",  # what a payroll asks on the day of the hiring is lawful
        rf"(?:(?<=[.!?\n])|^)(?![^.!?\n]*{_AT_HIRING})[^.!?\n]*?"
        rf"(?:\b{_SENDING}\b(?:(?!{_OF_CLIENTS})[^.]){{0,60}}\b{_BANK}\b|\b(?:votre|vos)\b[^.]{{0,20}}\b{_BANK}\b"
        rf"|\b{_BANK}\b[^.]{{0,60}}\b(?:a fournir|demandee?s?|obligatoires?|par (?:mail|courriel|sms|message))\b)",
        gettext_noop("L'offre demande des coordonnées bancaires avant l'embauche."),
    ),
    (
        "identity_copy",
        rf"\b(?:copie|photo|scan|envoyez|recto)\b[^.]{{0,30}}\b{_PAPERS}\b",
        gettext_noop("L'offre demande une pièce d'identité avant tout entretien."),
    ),
    (
        "messaging_only",  # another way in the same breath, and nobody is kept away from the telephone
        rf"\b{_ONLY}\b(?:(?!\bou\b)[^.]){{0,40}}\b{_CHATS}\b(?!\s*,?\s*ou\b)"
        rf"|\b{_CHATS}\b[^.]{{0,20}}\b(?:uniquement|seulement)\b|\b{_CHATS}\b[^.]{{0,40}}\b{_NO_CALL}\b",
        gettext_noop("L'offre ne donne qu'une messagerie pour contact."),
    ),
    (
        "advance_fee",
        rf"\b{_FEES}\b[^.]{{0,40}}{_ASKED}|\b(?:pay|vers|regl)\w+\b[^.]{{0,30}}\b{_FEES}\b|\bversement initial\b"
        r"|\bpayer (?:la|votre|une) formation\b|\b(?:versez|payez|reglez)\b[^.]{0,20}\b\d+ ?(?:€|euros?)"
        r"|\bachetez\b[^.]{0,20}\b(?:pack|kit|formation)\b",
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
    plain = normalise(in_our_letters(text))
    return [
        FraudSign(code, _as_written(found, text)[:LONGEST_QUOTE], sentence)
        for code, pattern, sentence in PATTERNS
        if (found := pattern.search(plain)) is not None
    ]


def _as_written(found: re.Match[str], text: str) -> str:
    """Return the words as people wrote them when both texts run side by side, else the plain words."""
    written = text[found.start() : found.end()]
    return written if normalise(in_our_letters(written)) == found.group(0).strip() else found.group(0)
