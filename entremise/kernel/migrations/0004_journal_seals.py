"""The journal is sealed in batches: the transaction of each line, the signed heads, and nobody who changes either."""

from django.db import migrations, models

# The default is asked of each new row. Rows that are there get this migration's own transaction without being
# written again: its lock waited for the transactions that were writing, so that no older one is still open.
TRANSACTION = """
alter table kernel_journalentry
  add column transaction_id bigint not null default (pg_current_xact_id()::text::bigint);
create unique index journal_transaction on kernel_journalentry (transaction_id, id);
"""
NO_TRANSACTION = "alter table kernel_journalentry drop column transaction_id;"
APPEND_ONLY = """
alter table kernel_journalhead alter column leaves set storage external;
create trigger journal_is_append_only before update or delete on kernel_journalhead
  for each row execute function journal_is_append_only();
create trigger journal_is_never_emptied before truncate on kernel_journalhead
  for each statement execute function journal_is_append_only();
create trigger journal_is_never_emptied before truncate on kernel_journalentry
  for each statement execute function journal_is_append_only();
"""
NOT_APPEND_ONLY = """
drop trigger journal_is_never_emptied on kernel_journalentry;
drop trigger journal_is_never_emptied on kernel_journalhead;
drop trigger journal_is_append_only on kernel_journalhead;
"""


class Migration(migrations.Migration):
    """The journal is sealed in batches: what its seals need."""

    dependencies = [("kernel", "0003_cache_table")]
    operations = [
        migrations.RunSQL(TRANSACTION, NO_TRANSACTION),
        migrations.CreateModel(
            name="JournalHead",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="numéro")),
                ("at", models.DateTimeField(verbose_name="le")),
                ("last_transaction", models.BigIntegerField()),
                ("last_id", models.BigIntegerField()),
                ("text", models.TextField()),
                ("nodes", models.BinaryField()),
                ("leaves", models.BinaryField()),
            ],
            options={
                "verbose_name": "tête de journal",
                "verbose_name_plural": "têtes de journal",
                "indexes": [
                    models.Index(fields=["at"], name="journal_head_at"),
                    models.Index(fields=["last_transaction", "last_id"], name="journal_head_end"),
                ],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY),
    ]
