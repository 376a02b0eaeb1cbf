"""What people ask about the looks at their files, and what they are answered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import entremise.lib.uuid7


class Migration(migrations.Migration):
    """What people ask about the looks at their files, and what they are answered."""

    dependencies = [("accounts", "0002_sessions"), ("people", "0003_rights")]
    operations = [
        migrations.CreateModel(
            name="AccessQuestion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=entremise.lib.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("entry_id", models.BigIntegerField(verbose_name="ligne du journal")),
                ("asked_at", models.DateTimeField(verbose_name="posée le")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="répondue le")),
                ("answer", models.CharField(blank=True, max_length=600, verbose_name="réponse")),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="access_questions",
                        to="accounts.agency",
                        verbose_name="agence",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="access_answers",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="répondue par",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_questions",
                        to="people.person",
                        verbose_name="profil",
                    ),
                ),
            ],
            options={
                "verbose_name": "question sur une consultation",
                "verbose_name_plural": "questions sur des consultations",
                "constraints": [models.UniqueConstraint(fields=("person", "entry_id"), name="access_question_once")],
            },
        )
    ]
