"""Rights of people: receipts, retention."""

from django.db import migrations


class Migration(migrations.Migration):
    """Rights of people: receipts, retention."""

    dependencies = [("people", "0002_vault")]
    operations: list[migrations.operations.base.Operation] = []
