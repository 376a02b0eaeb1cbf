"""Spreadsheets of offers and what becomes of each of their lines, so that a file is checked before it is written."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import entremise.lib.uuid7


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("offers", "0003_offer_reference"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OfferImport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=entremise.lib.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("filename", models.CharField(max_length=200, verbose_name="fichier")),
                ("path", models.CharField(max_length=300)),
                ("size_bytes", models.PositiveIntegerField(verbose_name="taille")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "reçu"),
                            ("checking", "vérification en cours"),
                            ("checked", "vérifié, rien n'est encore enregistré"),
                            ("importing", "import en cours"),
                            ("imported", "importé"),
                            ("failed", "illisible"),
                        ],
                        default="uploaded",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("columns", models.JSONField(default=list)),
                ("mapping", models.JSONField(default=dict)),
                ("is_opened_at_once", models.BooleanField(default=False, verbose_name="offres ouvertes aussitôt")),
                ("failure", models.CharField(blank=True, max_length=300, verbose_name="problème")),
                ("line_count", models.PositiveIntegerField(default=0, verbose_name="lignes")),
                ("done_count", models.PositiveIntegerField(default=0, verbose_name="lignes traitées")),
                ("created_count", models.PositiveIntegerField(default=0, verbose_name="créées")),
                ("updated_count", models.PositiveIntegerField(default=0, verbose_name="mises à jour")),
                ("unchanged_count", models.PositiveIntegerField(default=0, verbose_name="inchangées")),
                ("refused_count", models.PositiveIntegerField(default=0, verbose_name="refusées")),
                ("created_at", models.DateTimeField(verbose_name="reçu le")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="terminé le")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offer_imports",
                        to="accounts.agency",
                        verbose_name="agence",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="offer_imports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
            ],
            options={
                "verbose_name": "fichier d'offres importé",
                "verbose_name_plural": "fichiers d'offres importés",
            },
        ),
        migrations.CreateModel(
            name="OfferImportLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line_number", models.PositiveIntegerField(verbose_name="ligne")),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("created", "nouvelle offre"),
                            ("updated", "offre mise à jour"),
                            ("unchanged", "rien à changer"),
                            ("refused", "à corriger"),
                        ],
                        max_length=10,
                        verbose_name="résultat",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=250, verbose_name="intitulé")),
                ("place", models.CharField(blank=True, max_length=250, verbose_name="employeur")),
                ("message", models.CharField(blank=True, max_length=1000, verbose_name="remarque")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="offers.offerimport",
                        verbose_name="fichier",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="import_lines",
                        to="offers.offer",
                        verbose_name="offre",
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne d'un fichier d'offres",
                "verbose_name_plural": "lignes d'un fichier d'offres",
                "constraints": [models.UniqueConstraint(fields=("file", "line_number"), name="offerimportline_once")],
            },
        ),
    ]
