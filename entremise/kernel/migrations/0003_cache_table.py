"""Create the table of the database cache (rate limits live there), as `createcachetable` would."""

from django.db import migrations

FORWARD = """
create table cache (cache_key varchar(255) not null primary key, value text not null, expires timestamptz not null);
create index cache_expires on cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_append_only_journal")]
    operations = [migrations.RunSQL(FORWARD, "drop table cache")]
