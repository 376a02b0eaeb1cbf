"""French identifiers: read what a person typed, say precisely what is wrong, print it well.

SIREN and SIRET (INSEE, Luhn key, La Poste exception), ROME occupation, NAF activity (rev. 2),
INSEE commune code (Corsica, overseas), postcode, telephone.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import phonenumbers
from stdnum import luhn
from stdnum.fr import siret as stdnum_siret

_SPACES = re.compile(r"[\s.\-_/\u00a0\u202f]+")
_LA_POSTE: Final = "356000000"  # its establishments do not follow the Luhn key (INSEE)


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation without translating it: the screen does."""
    return text


class Fault(StrEnum):
    """What is wrong with an identifier."""

    EMPTY = "empty"
    CHARACTERS = "characters"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    CHECKSUM = "checksum"
    SHAPE = "shape"
    UNKNOWN = "unknown"


_SENTENCES: Final[dict[str, str]] = {
    "siren.empty": gettext_noop("Indiquez le numéro SIREN : 9 chiffres."),
    "siren.characters": gettext_noop("Un numéro SIREN ne contient que des chiffres."),
    "siren.too_short": gettext_noop("Un numéro SIREN compte %(expected)d chiffres ; il en manque %(gap)d."),
    "siren.too_long": gettext_noop("Un numéro SIREN compte %(expected)d chiffres ; il y en a %(gap)d de trop."),
    "siren.checksum": gettext_noop("Ce numéro SIREN n’existe pas : un chiffre est sans doute mal recopié."),
    "siret.empty": gettext_noop("Indiquez le numéro SIRET : 14 chiffres."),
    "siret.characters": gettext_noop("Un numéro SIRET ne contient que des chiffres."),
    "siret.too_short": gettext_noop("Un numéro SIRET compte %(expected)d chiffres ; il en manque %(gap)d."),
    "siret.too_long": gettext_noop("Un numéro SIRET compte %(expected)d chiffres ; il y en a %(gap)d de trop."),
    "siret.checksum": gettext_noop("Ce numéro SIRET n’existe pas : un chiffre est sans doute mal recopié."),
    "rome.empty": gettext_noop("Indiquez un code ROME, par exemple K1304."),
    "rome.shape": gettext_noop("Un code ROME s’écrit avec une lettre de A à N et quatre chiffres, par exemple K1304."),
    "naf.empty": gettext_noop("Indiquez un code NAF, par exemple 47.11F."),
    "naf.shape": gettext_noop("Un code NAF s’écrit avec quatre chiffres et une lettre, par exemple 47.11F."),
    "commune.empty": gettext_noop("Indiquez un code commune de l’INSEE : 5 caractères, par exemple 26362."),
    "commune.shape": gettext_noop(
        "Un code commune de l’INSEE compte 5 chiffres (en Corse, il commence par 2A ou 2B), par exemple 26362."
    ),
    "postcode.empty": gettext_noop("Indiquez un code postal : 5 chiffres."),
    "postcode.shape": gettext_noop("Un code postal compte 5 chiffres, par exemple 26000."),
    "phone.empty": gettext_noop("Indiquez un numéro de téléphone, par exemple 06 12 34 56 78."),
    "phone.characters": gettext_noop("Un numéro de téléphone ne contient que des chiffres, et parfois un + au début."),
    "phone.too_short": gettext_noop("Ce numéro de téléphone est trop court : il manque des chiffres."),
    "phone.too_long": gettext_noop("Ce numéro de téléphone est trop long : il y a des chiffres en trop."),
    "phone.unknown": gettext_noop("Ce numéro de téléphone n’existe pas : vérifiez les premiers chiffres."),
}


class IdentifierRefused(ValueError):
    """An identifier cannot be accepted; `message` is a French sentence to translate, `params` its values."""

    def __init__(self, kind: str, fault: Fault, *, expected: int = 0, found: int = 0) -> None:
        self.kind = kind
        self.fault = fault
        self.key = f"{kind}.{fault.value}"
        self.message = _SENTENCES[self.key]
        self.params = {"expected": expected, "found": found, "gap": abs(expected - found)}
        super().__init__(self.message % self.params)


@dataclass(frozen=True, slots=True)
class Siren:
    """A legal unit's number."""

    value: str

    def __str__(self) -> str:
        return _grouped(self.value, (3, 3, 3))


@dataclass(frozen=True, slots=True)
class Siret:
    """An establishment's number: the legal unit's number and five more digits."""

    value: str

    def __str__(self) -> str:
        return _grouped(self.value, (3, 3, 3, 5))

    @property
    def siren(self) -> Siren:
        """Return the number of the legal unit this establishment belongs to."""
        return Siren(self.value[:9])


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number in international form, with what can be sent to it."""

    e164: str
    is_mobile: bool

    def __str__(self) -> str:
        number = phonenumbers.parse(self.e164)
        shape = phonenumbers.PhoneNumberFormat.NATIONAL
        if phonenumbers.region_code_for_number(number) not in _NATIONAL_REGIONS:
            shape = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return phonenumbers.format_number(number, shape)


def parse_siren(text: str) -> Siren:
    """Read a SIREN, or refuse it with the reason."""
    digits = _digits("siren", text, 9)
    if not luhn.is_valid(digits):
        raise IdentifierRefused("siren", Fault.CHECKSUM)
    return Siren(digits)


def parse_siret(text: str) -> Siret:
    """Read a SIRET, or refuse it with the reason."""
    digits = _digits("siret", text, 14)
    # stdnum knows La Poste's rule for the whole number but an all-zero number passes Luhn.
    if not stdnum_siret.is_valid(digits) or digits.startswith("000000000"):
        raise IdentifierRefused("siret", Fault.CHECKSUM)
    return Siret(digits)


def siret_with_key(siren: str, establishment: int) -> Siret:
    """Return the SIRET of the nth establishment (nic of 4 digits) of a legal unit, key computed."""
    root = f"{parse_siren(siren).value}{establishment:04d}"
    if root.startswith(_LA_POSTE):
        return Siret(root + str(-sum(map(int, root)) % 5))
    return Siret(root + luhn.calc_check_digit(root))


def siren_with_key(root: str) -> Siren:
    """Return the SIREN made of these eight digits and their key."""
    if not re.fullmatch(r"\d{8}", root):
        raise ValueError("a SIREN is made of eight digits and their key")
    return Siren(root + luhn.calc_check_digit(root))


def parse_rome(text: str) -> str:
    """Read a ROME 4.0 occupation code, or refuse it with the reason."""
    return _shaped("rome", text, r"[A-N]\d{4}")


def parse_naf(text: str) -> str:
    """Read a NAF rev. 2 sub-class, with or without its point, and return it with the point."""
    code = _shaped("naf", text, r"\d{4}[A-Z]")
    return f"{code[:2]}.{code[2:]}"


def parse_commune(text: str) -> str:
    """Read an INSEE commune code, or refuse it with the reason."""
    return _shaped("commune", text, r"(?:(?!20|00|96|99)\d{2}|2[AB])\d{3}")


def parse_postcode(text: str) -> str:
    """Read a French postcode, or refuse it with the reason."""
    return _shaped("postcode", text, r"(?!00|99)\d{5}")


def department_of(commune: str) -> str:
    """Return the department of an INSEE commune code: two characters, three overseas."""
    code = parse_commune(commune)
    return code[:3] if code.startswith(("97", "98")) else code[:2]


# Numbers written 0… are tried in metropolitan France first, then where the same ten digits are used overseas.
_NATIONAL_REGIONS: Final = ("FR", "GP", "MQ", "GF", "RE", "YT")
_PHONE_CHARACTERS = re.compile(r"[\d\s.\-_/()+\u00a0\u202f]+")
_FICTION: Final = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649", "+3363998")  # ARCEP: never allocated
_MOBILE = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
_TOO_SHORT = (phonenumbers.ValidationResult.TOO_SHORT, phonenumbers.ValidationResult.INVALID_LENGTH)


def parse_phone(text: str) -> Phone:
    """Read a telephone number as written in France or overseas, or abroad with its + prefix."""
    typed = text.strip()
    if not typed:
        raise IdentifierRefused("phone", Fault.EMPTY)
    if not _PHONE_CHARACTERS.fullmatch(typed) or not any(sign.isdigit() for sign in typed):
        raise IdentifierRefused("phone", Fault.CHARACTERS)
    candidates = [number for region in _NATIONAL_REGIONS if (number := _phone_in(typed, region)) is not None]
    for number in candidates:
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(number):
            return Phone(written, is_mobile=phonenumbers.number_type(number) in _MOBILE)
        if written.startswith(_FICTION) and phonenumbers.is_possible_number(number):
            return Phone(written, is_mobile=written.startswith("+336"))
    raise IdentifierRefused("phone", _phone_fault(candidates))


def phone_in_pairs(number: str) -> str:
    """Write a telephone number as it is dialled here, and what is no number as it came."""
    try:
        return str(parse_phone(number))
    except IdentifierRefused:
        return number


def _phone_in(typed: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return None


def _phone_fault(candidates: list[phonenumbers.PhoneNumber]) -> Fault:
    if not candidates:
        return Fault.TOO_SHORT
    verdict = phonenumbers.is_possible_number_with_reason(candidates[0])
    if verdict in _TOO_SHORT:
        return Fault.TOO_SHORT
    return Fault.TOO_LONG if verdict == phonenumbers.ValidationResult.TOO_LONG else Fault.UNKNOWN


def _digits(kind: str, text: str, length: int) -> str:
    compact = _SPACES.sub("", text)
    if not compact:
        raise IdentifierRefused(kind, Fault.EMPTY)
    if not (compact.isascii() and compact.isdigit()):
        raise IdentifierRefused(kind, Fault.CHARACTERS)
    if len(compact) != length:
        fault = Fault.TOO_SHORT if len(compact) < length else Fault.TOO_LONG
        raise IdentifierRefused(kind, fault, expected=length, found=len(compact))
    return compact


def _shaped(kind: str, text: str, shape: str) -> str:
    compact = _SPACES.sub("", text).upper()
    if not compact:
        raise IdentifierRefused(kind, Fault.EMPTY)
    if not re.fullmatch(shape, compact, re.ASCII):
        raise IdentifierRefused(kind, Fault.SHAPE)
    return compact


def _grouped(digits: str, sizes: tuple[int, ...]) -> str:
    groups, start = [], 0
    for size in sizes:
        groups.append(digits[start : start + size])
        start += size
    return "\u202f".join(groups)
