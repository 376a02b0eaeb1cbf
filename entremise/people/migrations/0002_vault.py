"""Identities move to the vault, behind row-level security."""

from django.db import migrations


class Migration(migrations.Migration):
    """Identities move to the vault, behind row-level security."""

    dependencies = [("kernel", "0006_vault"), ("people", "0001_initial")]
    operations: list[migrations.operations.base.Operation] = []
