"""An offer is known by its reference in the employer's or the agency's own file: sent twice, it is one offer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("offers", "0002_offer_number")]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="reference",
            field=models.CharField(blank=True, db_default="", default="", max_length=60, verbose_name="référence"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("agency", "reference"),
                name="offer_reference",
                violation_error_message="Une autre offre de votre agence porte déjà cette référence.",
            ),
        ),
    ]
