"""Refuse changes of journal lines, whoever asks."""

from django.db import migrations

FORWARD = """
create function journal_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is append-only';
end $$;
create trigger journal_is_append_only before update or delete on kernel_journalentry
  for each row execute function journal_is_append_only();
"""
BACKWARD = """
drop trigger journal_is_append_only on kernel_journalentry;
drop function journal_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
