"""A territory may say when it recalls, and how much; the owner of an address may ask for a pause."""

import django.contrib.postgres.fields
import entremise.lib.uuid7
from django.db import migrations, models


class Migration(migrations.Migration):
    """New tables only: nothing that serves knows them yet."""

    dependencies = [
        ("kernel", "0008_badge_mails"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailPause",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=entremise.lib.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("address_hash", models.CharField(max_length=64, unique=True)),
                ("since_at", models.DateTimeField(verbose_name="depuis le")),
                ("until_at", models.DateTimeField(verbose_name="jusqu'au")),
            ],
            options={
                "verbose_name": "adresse en pause",
                "verbose_name_plural": "adresses en pause",
                "indexes": [models.Index(fields=["until_at"], name="mailpause_until")],
            },
        ),
        migrations.CreateModel(
            name="ReminderRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("department", models.CharField(max_length=3, verbose_name="département")),
                ("name", models.CharField(max_length=20, verbose_name="sorte de demande")),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), size=None, verbose_name="jours des rappels"
                    ),
                ),
                ("expiry_days", models.PositiveSmallIntegerField(verbose_name="fin de l'attente")),
                ("changed_at", models.DateTimeField(verbose_name="changée le")),
                ("changed_by_id", models.UUIDField(null=True, verbose_name="changée par")),
            ],
            options={
                "verbose_name": "règle de rappel d'un territoire",
                "verbose_name_plural": "règles de rappel des territoires",
                "constraints": [models.UniqueConstraint(fields=("department", "name"), name="reminderrule_once")],
            },
        ),
        migrations.CreateModel(
            name="WeeklyCap",
            fields=[
                (
                    "department",
                    models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name="département"),
                ),
                ("most_per_week", models.PositiveSmallIntegerField(verbose_name="rappels par semaine, au plus")),
                ("changed_at", models.DateTimeField(verbose_name="changé le")),
                ("changed_by_id", models.UUIDField(null=True, verbose_name="changé par")),
            ],
            options={
                "verbose_name": "plafond de rappels d'un territoire",
                "verbose_name_plural": "plafonds de rappels des territoires",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("most_per_week__gte", 1), ("most_per_week__lte", 7)),
                        name="weeklycap_possible",
                    )
                ],
            },
        ),
    ]
