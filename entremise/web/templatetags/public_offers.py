"""How money is written on the pages of offers."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def euros(cents: int | None) -> str:
    """Write an amount of cents in euros, without useless decimals."""
    if cents is None:
        return ""
    digits = 0 if cents % 100 == 0 else 2
    return f"{number_format(cents / 100, decimal_pos=digits, force_grouping=True)}\N{NO-BREAK SPACE}€"
