"""The wordings, one module a subject. Add a line to a table; the pattern language is in `patterns`."""

from typing import Final

from entremise.lib.fairwording.families import Family
from entremise.lib.fairwording.tables import (
    age,
    beliefs,
    body,
    civic,
    conditions,
    disability,
    documents,
    family,
    health,
    identity,
    language,
    money,
    morals,
    more,
    pay,
    place,
    residence,
    sex,
)

FAMILIES: Final[tuple[Family, ...]] = (
    *sex.FAMILIES,
    *age.FAMILIES,
    *family.FAMILIES,
    *morals.FAMILIES,
    *identity.FAMILIES,
    *language.FAMILIES,
    *beliefs.FAMILIES,
    *civic.FAMILIES,
    *body.FAMILIES,
    *health.FAMILIES,
    *disability.FAMILIES,
    *residence.FAMILIES,
    *place.FAMILIES,
    *money.FAMILIES,
    *pay.FAMILIES,
    *conditions.FAMILIES,
    *documents.FAMILIES,
    *more.FAMILIES,
)
