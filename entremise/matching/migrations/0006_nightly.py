"""What the matching of each night found, and how far it went."""

import django.contrib.postgres.fields
import django.db.models.deletion
import entremise.lib.uuid7
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0005_recruiters"),
        ("offers", "0004_offer_import"),
    ]

    operations = [
        migrations.CreateModel(
            name="NightlyRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=entremise.lib.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="jour")),
                ("chunk_size", models.PositiveIntegerField()),
                ("started_at", models.DateTimeField(verbose_name="commencé le")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="terminé le")),
                ("offer_count", models.PositiveIntegerField(default=0, verbose_name="offres")),
                ("person_count", models.PositiveIntegerField(default=0, verbose_name="profils")),
            ],
            options={
                "verbose_name": "rapprochement de la nuit",
                "verbose_name_plural": "rapprochements de la nuit",
            },
        ),
        migrations.CreateModel(
            name="OfferMatches",
            fields=[
                (
                    "offer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="matches",
                        serialize=False,
                        to="offers.offer",
                    ),
                ),
                ("day", models.DateField()),
                ("total", models.PositiveIntegerField()),
                ("numbers", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                (
                    "points",
                    django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), size=None),
                ),
            ],
            options={
                "verbose_name": "rapprochement d'une offre",
                "verbose_name_plural": "rapprochements d'une offre",
            },
        ),
        migrations.CreateModel(
            name="PersonMatches",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="matches",
                        serialize=False,
                        to="matching.poolentry",
                        to_field="number",
                    ),
                ),
                ("day", models.DateField()),
                ("total", models.PositiveIntegerField()),
                ("employer_count", models.PositiveSmallIntegerField()),
                ("numbers", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                (
                    "points",
                    django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), size=None),
                ),
            ],
            options={
                "verbose_name": "rapprochement d'un profil",
                "verbose_name_plural": "rapprochements d'un profil",
            },
        ),
        migrations.CreateModel(
            name="NightlyChunk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("are_offers", models.BooleanField()),
                ("start", models.PositiveIntegerField()),
                ("row_count", models.PositiveIntegerField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chunks", to="matching.nightlyrun"
                    ),
                ),
            ],
            options={
                "verbose_name": "part d'un rapprochement",
                "verbose_name_plural": "parts d'un rapprochement",
                "constraints": [
                    models.UniqueConstraint(fields=("run", "are_offers", "start"), name="nightlychunk_once")
                ],
            },
        ),
    ]
