"""Give each skill a small stable number, for the columns that machines search."""

from django.db import migrations, models
from django.db.models import Func, Value


class Migration(migrations.Migration):
    dependencies = [("skills", "0001_initial")]

    operations = [
        migrations.RunSQL("create sequence skills_skill_number_seq", "drop sequence skills_skill_number_seq"),
        migrations.AddField(
            model_name="skill",
            name="number",
            field=models.PositiveIntegerField(
                db_default=Func(Value("skills_skill_number_seq"), function="nextval"),
                editable=False,
                unique=True,
                verbose_name="numéro",
            ),
        ),
    ]
