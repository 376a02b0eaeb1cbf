"""The vault: disclosures, budgets, and the functions that open it."""

from django.db import migrations


class Migration(migrations.Migration):
    """The vault: disclosures, budgets, and the functions that open it."""

    dependencies = [("kernel", "0005_mail_accounts")]
    operations: list[migrations.operations.base.Operation] = []
