"""Mail is accounted for: states of the outbox, suppressed addresses, returns read."""

from django.db import migrations, models

import entremise.lib.uuid7

STATES = [
    ("waiting", "en attente"),
    ("handed", "remis au relais"),
    ("sent", "envoyé"),
    ("held", "en attente d'une décision"),
    ("failed", "échec"),
    ("suppressed", "non envoyé"),
    ("cancelled", "annulé"),
]
FAMILIES = [
    ("service", "codes, accès et accusés de réception"),
    ("answer", "réponses à une question posée"),
    ("validation_news", "suites des demandes de confirmation de compétences"),
    ("promotion_news", "suites des profils présentés aux employeurs"),
    ("work", "avis de travail des conseillers"),
    ("validation_request", "demandes de confirmation de compétences"),
    ("promotion", "profils proposés aux employeurs"),
    ("campaign", "campagnes d'information"),
]
REASONS = [
    ("bounce", "l'adresse ne fonctionne pas"),
    ("complaint", "signalé comme indésirable"),
    ("opposition", "arrêté par la personne"),
]


class Migration(migrations.Migration):
    """Mail is accounted for: states of the outbox, suppressed addresses, returns read."""

    dependencies = [("kernel", "0004_journal_seals")]
    operations: list[migrations.operations.base.Operation] = [
        migrations.CreateModel(
            name="MailReturn",
            fields=[
                ("report", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("message_id", models.UUIDField(null=True)),
                ("address_hash", models.CharField(max_length=64)),
                ("is_final", models.BooleanField()),
                ("code", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "retour de courriel",
                "verbose_name_plural": "retours de courriel",
                "indexes": [models.Index(fields=["address_hash", "at"], name="mailreturn_address")],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=entremise.lib.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("address_hash", models.CharField(max_length=64)),
                ("hint", models.CharField(blank=True, max_length=40, verbose_name="adresse masquée")),
                ("reason", models.CharField(choices=REASONS, max_length=12, verbose_name="raison")),
                (
                    "family",
                    models.CharField(blank=True, choices=FAMILIES, max_length=20, verbose_name="messages"),
                ),
                ("since_at", models.DateTimeField(verbose_name="depuis le")),
            ],
            options={
                "verbose_name": "adresse arrêtée",
                "verbose_name_plural": "adresses arrêtées",
                "constraints": [
                    models.UniqueConstraint(fields=("address_hash", "family", "reason"), name="suppression_once")
                ],
            },
        ),
        migrations.AddField("outboxmessage", "rank", models.PositiveSmallIntegerField(default=1, db_default=1)),
        migrations.AddField(
            "outboxmessage",
            "department",
            models.CharField(blank=True, default="", db_default="", max_length=3),
        ),
        migrations.AlterField(
            "outboxmessage", "state", models.CharField(choices=STATES, default="waiting", max_length=10)
        ),
        migrations.AddIndex(
            "outboxmessage",
            models.Index(
                condition=models.Q(("state__in", ["handed", "held"])), fields=["leased_until_at"], name="outbox_open"
            ),
        ),
        migrations.AddIndex("outboxmessage", models.Index(fields=["recipient"], name="outbox_recipient")),
    ]
