"""One more family of messages that people may stop: the badges given to them."""

from django.db import migrations, models

FAMILIES = [
    ("service", "codes, accès et accusés de réception"),
    ("answer", "réponses à une question posée"),
    ("validation_news", "suites des demandes de confirmation de compétences"),
    ("promotion_news", "suites des profils présentés aux employeurs"),
    ("badges", "badges qui vous sont remis"),
    ("work", "avis de travail des conseillers"),
    ("validation_request", "demandes de confirmation de compétences"),
    ("promotion", "profils proposés aux employeurs"),
    ("campaign", "campagnes d'information"),
]


class Migration(migrations.Migration):
    """A choice is a word of the code: no row changes."""

    dependencies = [("kernel", "0007_vigilance")]

    operations = [
        migrations.AlterField(
            "suppression",
            "family",
            models.CharField(blank=True, choices=FAMILIES, max_length=20, verbose_name="messages"),
        ),
    ]
