"""Where an account is open, and from which devices."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import entremise.lib.uuid7


class Migration(migrations.Migration):
    """Where an account is open, and from which devices."""

    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="SignIn",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=entremise.lib.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                ("browser", models.CharField(blank=True, max_length=20, verbose_name="navigateur")),
                ("system", models.CharField(blank=True, max_length=20, verbose_name="système")),
                ("is_new_device", models.BooleanField(default=False, verbose_name="appareil jamais vu")),
                ("succeeded", models.BooleanField(verbose_name="réussie")),
                ("session_hash", models.CharField(blank=True, max_length=64)),
                ("ended_at", models.DateTimeField(null=True, verbose_name="fermée le")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "connexion",
                "verbose_name_plural": "connexions",
                "indexes": [
                    models.Index(fields=["user", "-at"], name="sign_in_recent"),
                    models.Index(fields=["at"], name="sign_in_at"),
                ],
            },
        ),
    ]
