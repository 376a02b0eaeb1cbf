"""Where an account is open, and from which devices."""

from django.db import migrations


class Migration(migrations.Migration):
    """Where an account is open, and from which devices."""

    dependencies = [("accounts", "0001_initial")]
    operations: list[migrations.operations.base.Operation] = []
