"""The journal is sealed in batches: what its seals need."""

from django.db import migrations


class Migration(migrations.Migration):
    """The journal is sealed in batches: what its seals need."""

    dependencies = [("kernel", "0003_cache_table")]
    operations: list[migrations.operations.base.Operation] = []
