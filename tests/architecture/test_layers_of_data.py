"""Foreign keys go down only, as imports do; no row knows another by a generic key."""

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


def test_a_relation_points_down() -> None:
    wrong = []
    for model, field in RELATIONS:
        source, target = model._meta.app_label, field.related_model._meta.app_label
        if source != target and HEIGHT[source] <= HEIGHT[target]:
            wrong.append(f"{model._meta.label}.{field.name} → {target}")
    assert wrong == []


def test_a_model_is_named_in_french_and_has_no_generic_key() -> None:
    names = {model._meta.label: str(model._meta.verbose_name) for model in OURS}
    assert {label: name for label, name in names.items() if name[0] != name[0].lower()} == {}
    keys = [(m, type(field).__name__) for m in OURS for field in m._meta.private_fields]
    assert [model._meta.label for model, kind in keys if kind == "GenericForeignKey"] == []


def test_a_relation_has_a_name_from_the_other_side() -> None:
    assert [f"{m._meta.label}.{f.name}" for m, f in RELATIONS if not f.remote_field.related_name] == []
