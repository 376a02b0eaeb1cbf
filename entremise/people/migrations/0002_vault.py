"""Identities move to the vault, behind row-level security.

The policy asks one function once for each query, never for each row. Writing a new identity discloses nothing.
"""

from django.db import migrations

FORWARD = """
alter table people_identity set schema vault;
alter table vault.people_identity enable row level security;
create policy identity_is_read on vault.people_identity for select
  using (person_id = any ((select vault.readable())::uuid[]));
create policy identity_is_changed on vault.people_identity for update
  using (person_id = any ((select vault.readable())::uuid[]));
create policy identity_is_removed on vault.people_identity for delete
  using (person_id = any ((select vault.readable())::uuid[]));
create policy identity_is_written on vault.people_identity for insert with check (true);
"""
READ = """
-- One reading in one statement: what `vault.enter` then a query would give.
create function vault.read(message text, signature text) returns setof vault.people_identity
language plpgsql security definer set search_path = pg_catalog as $$
declare
  before text := current_setting('vault.context', true);
  shown uuid[];
begin
  perform vault.enter(message, signature);
  shown := vault.readable();
  perform set_config('vault.context', coalesce(before, ''), true);
  return query select * from vault.people_identity where person_id = any (shown);
end $$;
"""
FIND = """
-- Whom a professional's own file names by address or telephone: the identifiers, never the identity.
create function vault.find(reached text[], departments text[]) returns table (person_id uuid, by_what text)
language sql stable security definer set search_path = pg_catalog as $$
  select i.person_id, r.value from unnest(reached) r(value)
  join vault.people_identity i on i.email = r.value or i.phone = r.value
  join public.people_person p on p.id = i.person_id
  where p.department_id = any (departments) and r.value <> ''
$$;
"""
BACKWARD = """
drop function vault.find;
drop function vault.read;
drop policy identity_is_read on vault.people_identity;
drop policy identity_is_changed on vault.people_identity;
drop policy identity_is_removed on vault.people_identity;
drop policy identity_is_written on vault.people_identity;
alter table vault.people_identity disable row level security;
alter table vault.people_identity set schema public;
"""


class Migration(migrations.Migration):
    """Identities move to the vault, behind row-level security."""

    dependencies = [("kernel", "0006_vault"), ("people", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD + READ + FIND, BACKWARD)]
