"""Mail is accounted for: spool, relay journal, suppressions."""

from django.db import migrations


class Migration(migrations.Migration):
    """Mail is accounted for: spool, relay journal, suppressions."""

    dependencies = [("kernel", "0004_journal_seals")]
    operations: list[migrations.operations.base.Operation] = []
