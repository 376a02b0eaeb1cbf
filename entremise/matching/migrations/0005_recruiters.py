"""An employer's contact searches anonymous profiles by a link: who opened it, what was asked, whom they wish to meet."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import entremise.lib.uuid7


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("employers", "0001_initial"),
        ("matching", "0004_contests"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RecruiterAccess",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=entremise.lib.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="ouvert le")),
                ("expires_at", models.DateTimeField(verbose_name="expire le")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="coupé le")),
                (
                    "adviser",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recruiter_accesses",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ouvert par",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recruiter_accesses",
                        to="accounts.agency",
                        verbose_name="agence",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recruiter_accesses",
                        to="employers.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "establishment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recruiter_accesses",
                        to="employers.establishment",
                        verbose_name="établissement",
                    ),
                ),
            ],
            options={
                "verbose_name": "accès d'un recruteur",
                "verbose_name_plural": "accès de recruteurs",
            },
        ),
        migrations.CreateModel(
            name="MeetingWish",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=entremise.lib.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="dit le")),
                ("set_aside_at", models.DateTimeField(null=True, verbose_name="sans suite le")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meeting_wishes",
                        to="people.person",
                        verbose_name="profil",
                    ),
                ),
                (
                    "access",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="matching.recruiteraccess",
                        verbose_name="accès",
                    ),
                ),
            ],
            options={
                "verbose_name": "souhait de rencontre",
                "verbose_name_plural": "souhaits de rencontre",
            },
        ),
        migrations.CreateModel(
            name="RecruiterSearch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=entremise.lib.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("query", models.CharField(max_length=2000, verbose_name="recherche")),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=100),
                ),
                ("total", models.PositiveIntegerField(verbose_name="profils trouvés")),
                ("created_at", models.DateTimeField(verbose_name="faite le")),
                (
                    "access",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="searches",
                        to="matching.recruiteraccess",
                        verbose_name="accès",
                    ),
                ),
            ],
            options={
                "verbose_name": "recherche d'un recruteur",
                "verbose_name_plural": "recherches de recruteurs",
            },
        ),
        migrations.AddIndex(
            model_name="recruiteraccess",
            index=models.Index(fields=["establishment", "-opened_at"], name="recruiteraccess_place"),
        ),
        migrations.AddConstraint(
            model_name="meetingwish",
            constraint=models.UniqueConstraint(
                fields=("access", "person"),
                name="meetingwish_once",
                violation_error_message="Vous avez déjà demandé à rencontrer cette personne.",
            ),
        ),
        migrations.AddIndex(
            model_name="recruitersearch",
            index=models.Index(fields=["access", "-created_at"], name="recruitersearch_day"),
        ),
    ]
