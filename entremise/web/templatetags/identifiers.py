"""Numbers as people read them."""

from django import template

from entremise.lib.identifiers import IdentifierRefused, parse_siret, phone_in_pairs

register = template.Library()


@register.filter
def phone(number: str) -> str:
    """Write a telephone number in pairs, as it is dialled here."""
    return phone_in_pairs(number)


@register.filter
def siret(number: str) -> str:
    """Write a SIRET in groups."""
    try:
        return str(parse_siret(number))
    except IdentifierRefused:
        return number
