"""Rights of people: what came back from an archive, warnings, erasures, passages of the retention job."""

import django.db.models.deletion
from django.db import migrations, models

import entremise.lib.uuid7


def identifier() -> tuple[str, models.UUIDField]:
    """Return the primary key of a table whose rows may be named in an address."""
    field = models.UUIDField(default=entremise.lib.uuid7.uuid7, editable=False, primary_key=True, serialize=False)
    return ("id", field)


class Migration(migrations.Migration):
    """Rights of people."""

    dependencies = [("people", "0002_vault")]
    operations = [
        migrations.CreateModel(
            name="PastRecord",
            fields=[
                identifier(),
                ("table", models.CharField(max_length=60, verbose_name="nature")),
                ("facts", models.JSONField(verbose_name="contenu")),
                ("taken_back_at", models.DateTimeField(verbose_name="repris le")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_records",
                        to="people.person",
                        verbose_name="profil",
                    ),
                ),
            ],
            options={
                "verbose_name": "souvenir d'un autre compte",
                "verbose_name_plural": "souvenirs d'un autre compte",
            },
        ),
        migrations.CreateModel(
            name="InactivityWarning",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="inactivity_warning",
                        serialize=False,
                        to="people.person",
                        verbose_name="profil",
                    ),
                ),
                ("sent_at", models.DateTimeField(verbose_name="prévenue le")),
            ],
            options={
                "verbose_name": "avertissement d'inactivité",
                "verbose_name_plural": "avertissements d'inactivité",
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("person_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("erased_at", models.DateTimeField(verbose_name="le")),
            ],
            options={"verbose_name": "effacement", "verbose_name_plural": "effacements"},
        ),
        migrations.CreateModel(
            name="RetentionRun",
            fields=[
                identifier(),
                ("code", models.CharField(max_length=60, verbose_name="classe de données")),
                ("count", models.PositiveIntegerField(verbose_name="lignes")),
                ("ran_at", models.DateTimeField(verbose_name="le")),
            ],
            options={
                "verbose_name": "passage de la conservation",
                "verbose_name_plural": "passages de la conservation",
                "indexes": [models.Index(fields=["code", "-ran_at"], name="retentionrun_code")],
            },
        ),
    ]
