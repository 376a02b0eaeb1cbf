"""A short key for each offer: the index of offers knows numbers alone."""

from django.db import migrations, models
from django.db.models import Func, Value


class Migration(migrations.Migration):
    dependencies = [("offers", "0001_initial")]

    operations = [
        migrations.RunSQL("create sequence offers_offer_number_seq", "drop sequence offers_offer_number_seq"),
        migrations.AddField(
            model_name="offer",
            name="number",
            field=models.PositiveIntegerField(
                db_default=Func(Value("offers_offer_number_seq"), function="nextval"),
                editable=False,
                unique=True,
            ),
        ),
    ]
