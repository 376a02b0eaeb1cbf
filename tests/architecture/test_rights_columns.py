"""Every column about a person is given to her or has a written reason; every table about her is declared."""

import pytest
from django.apps import apps
from django.db import models

from entremise.kernel.erasure import Held, declarations

HELD = {held.table: held for one in declarations() for held in one.held}
# Tables that lead to a person without being about her.
NOT_ABOUT_HER = {
    "kernel.canary": "Des dossiers témoins : il n'y a personne derrière.",
    "kernel.alert": "Une enquête sur un professionnel ; seuls des identifiants y sont, et elle en voit la suite.",
    "kernel.disclosure": "Le journal, donné en entier, dit chaque consultation avec sa raison.",
}
OF_AN_ACCOUNT = {
    "account.emailaddress",
    "accounts.grant",
    "accounts.granttoken",
    "accounts.signin",
    "mfa.authenticator",
}  # hang from the account alone


def concrete(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def leads_to(model: type[models.Model], known: set[str]) -> bool:
    """Tell whether a row of this table belongs to a row about a person, or names her by her identifier."""
    for field in model._meta.concrete_fields:
        if field.name == "person_id":
            return True
        if isinstance(field, models.ForeignKey) and field.related_model._meta.label_lower in known:
            return True
    return False


def tables_about_people() -> set[str]:
    """Follow the foreign keys from the profile to everything that hangs from it."""
    every = {m._meta.label_lower: m for m in apps.get_models(include_auto_created=True)}
    known = {"people.person"}
    while True:
        found = {name for name, model in every.items() if name not in known and leads_to(model, known)}
        if not found:
            return known | {"accounts.user"} | OF_AN_ACCOUNT
        known |= found


def test_every_table_about_people_is_declared() -> None:
    found = tables_about_people()
    assert {"passport.evidence", "validations.requestedskill", "matching.personmatches"} <= found
    assert found - set(NOT_ABOUT_HER) <= set(HELD)


def test_a_table_that_is_said_not_to_be_about_her_is_there() -> None:
    assert set(NOT_ABOUT_HER) <= tables_about_people()


@pytest.mark.parametrize("held", HELD.values(), ids=lambda held: held.table)
def test_every_column_is_given_or_has_a_reason(held: Held) -> None:
    model = apps.get_model(held.table)
    said = {column.partition("__")[0] for column in held.said}
    assert said | set(held.unsaid) >= concrete(model), "a column is neither given nor explained"
    assert not said & set(held.unsaid), "a column is given, and its absence explained"
    assert all(len(reason) > 15 for reason in held.unsaid.values())


@pytest.mark.parametrize("held", HELD.values(), ids=lambda held: held.table)
def test_no_secret_leaves(held: Held) -> None:
    secret = ("password", "hash", "secret", "short_code", "token", "key")
    assert not [column for column in held.said if any(word in column for word in secret)]


def test_no_table_is_declared_twice() -> None:
    assert len(HELD) == sum(len(one.held) for one in declarations())
