"""Foreign keys go down only, as imports do; no row knows another by a generic key."""

import pytest
from django.apps import apps
from django.db import models

LAYERS = [
    {"kernel"},
    {"territories"},
    {"accounts"},
    {"skills"},
    {"people", "employers"},
    {"passport"},
    {"credentials", "offers", "community"},
    {"validations", "promotions", "reciprok", "challenges"},
    {"matching", "orientation", "surveys"},
    {"indicators", "desk"},
    {"web", "api"},
]
HEIGHT = {app: height for height, layer in enumerate(LAYERS) for app in layer}
OURS = [m for m in apps.get_models() if m.__module__.startswith("entremise.")]
RELATIONS = [
    (m, f) for m in OURS for f in m._meta.get_fields() if isinstance(f, models.ForeignKey | models.ManyToManyField)
]


def test_there_are_models_to_look_at() -> None:
    assert len(OURS) > 30
    assert len(RELATIONS) > 40


@pytest.mark.parametrize(("model", "field"), RELATIONS, ids=[f"{m._meta.label}.{f.name}" for m, f in RELATIONS])
def test_a_relation_points_down(model: type[models.Model], field: models.ForeignKey) -> None:
    target = field.related_model._meta.app_label
    source = model._meta.app_label
    assert source == target or HEIGHT[source] > HEIGHT[target]


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_a_model_is_named_in_french_and_has_no_generic_key(model: type[models.Model]) -> None:
    name = str(model._meta.verbose_name)
    assert name[0] == name[0].lower()
    assert not any(type(f).__name__ == "GenericForeignKey" for f in model._meta.private_fields)


@pytest.mark.parametrize(("model", "field"), RELATIONS, ids=[f"{m._meta.label}.{f.name}" for m, f in RELATIONS])
def test_a_relation_has_a_name_from_the_other_side(model: type[models.Model], field: models.ForeignKey) -> None:
    assert field.remote_field.related_name
