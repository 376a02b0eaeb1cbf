"""A result of the matching may be contested: what it was made of is kept, and a person answers."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import entremise.lib.uuid7


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("matching", "0003_offers"),
        ("offers", "0002_offer_number"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=entremise.lib.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("person", "la personne elle-même"), ("adviser", "un conseiller ou une conseillère")],
                        max_length=10,
                        verbose_name="contesté par",
                    ),
                ),
                ("query", models.CharField(blank=True, max_length=2000, verbose_name="recherche")),
                ("parts", models.JSONField(default=list, verbose_name="parties du score")),
                ("position", models.PositiveIntegerField(null=True, verbose_name="rang")),
                ("weights_version", models.PositiveSmallIntegerField(verbose_name="version des points")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("skill", "une compétence est mal comptée"),
                            ("distance", "la distance est fausse"),
                            ("occupation", "le métier n'est pas le bon"),
                            ("availability", "la disponibilité est fausse"),
                            ("unclear", "je ne comprends pas ce résultat"),
                            ("other", "autre chose"),
                        ],
                        max_length=14,
                        verbose_name="raison",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        max_length=1000,
                        validators=[django.core.validators.MaxLengthValidator(1000)],
                        verbose_name="précisions",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "en attente de réponse"),
                            ("answered", "répondue"),
                            ("withdrawn", "retirée"),
                        ],
                        default="received",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="reçue le")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="répondue le")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("corrected", "le résultat est rectifié"),
                            ("explained", "le résultat est juste, et expliqué"),
                            ("by_person", "le profil est à corriger par la personne"),
                        ],
                        max_length=12,
                        verbose_name="conclusion",
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True,
                        max_length=1000,
                        validators=[django.core.validators.MaxLengthValidator(1000)],
                        verbose_name="réponse",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contests_answered",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="répondue par",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="contesté par",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contests",
                        to="offers.offer",
                        verbose_name="offre",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contests",
                        to="people.person",
                        verbose_name="profil",
                    ),
                ),
            ],
            options={
                "verbose_name": "résultat contesté",
                "verbose_name_plural": "résultats contestés",
                "indexes": [models.Index(fields=["state", "created_at"], name="contest_waiting")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("author__isnull", False), ("state", "received")),
                        fields=("author", "person", "offer", "query"),
                        name="contest_open_once",
                        nulls_distinct=False,
                        violation_error_message="Vous contestez déjà ce résultat : une réponse arrive.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "answered"), ("verdict", ""), _connector="XOR"),
                        name="contest_verdict",
                        violation_error_message="Une réponse dit ce qui a été trouvé.",
                    ),
                ],
            },
        ),
    ]
