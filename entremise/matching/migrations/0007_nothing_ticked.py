"""Who ticked no contract, or no time of the day, refuses none: the rows already written say it too."""

from django.db import migrations

ANY_CONTRACT, ANY_SCHEDULE = 0b1_1111_0000, 0b11_1110_0000_0000  # bits 4 to 8, 9 to 13: see rules_traits
SAY = """
update matching_poolentry e set traits = e.traits | {bits} from people_person p
where p.id = e.person_id and p.{column} = '{{}}'
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_nightly"), ("people", "0001_initial")]

    operations = [
        migrations.RunSQL(SAY.format(bits=ANY_CONTRACT, column="contracts"), migrations.RunSQL.noop),
        migrations.RunSQL(SAY.format(bits=ANY_SCHEDULE, column="schedules"), migrations.RunSQL.noop),
    ]
