"""The vault: its schema, who was shown to whom, the day's budget, and the only functions that open it.

A context is signed by the application (key derived from its secret, `kernel.vault`), bound to the connection, then
signed again by the database and bound to the transaction: setting the variable by hand opens nothing. A professional
reads only whom `vault.disclose` noted today, within a budget that no query of the application can change.
"""

from django.db import migrations, models

from entremise.kernel.vault import install_key

TABLES = ("kernel_disclosure", "kernel_canary")
FORWARD = """
create schema vault;
grant usage on schema vault to public;

create table vault.key (
  is_the_one boolean primary key default true check (is_the_one),
  app_inner bytea not null default '', app_outer bytea not null default '',
  own_inner bytea not null, own_outer bytea not null
);
insert into vault.key (own_inner, own_outer) select sha256(uuid_send(a)) || sha256(uuid_send(b)),
  sha256(uuid_send(c)) || sha256(uuid_send(d))
  from (select gen_random_uuid() a, gen_random_uuid() b, gen_random_uuid() c, gen_random_uuid() d) drawn;

create table vault.budget (
  is_the_one boolean primary key default true check (is_the_one),
  ceiling integer not null default 200,  -- identities a day, whoever
  newcomer integer not null default 40,  -- as long as an account has no habits
  lowest integer not null default 20,  -- nobody is stopped below
  habit_factor integer not null default 3,  -- times the account's own 99th percentile
  habit_days integer not null default 10  -- days of use that make a habit
);
insert into vault.budget default values;

alter table kernel_disclosure set schema vault;
alter table kernel_canary set schema vault;
alter table vault.key enable row level security;
alter table vault.budget enable row level security;
alter table vault.kernel_disclosure enable row level security;
alter table vault.kernel_canary enable row level security;
create policy disclosures_are_read on vault.kernel_disclosure for select using (true);
create policy budget_is_read on vault.budget for select using (true);

create function vault.mac(inner_key bytea, outer_key bytea, message text) returns text language sql immutable
set search_path = pg_catalog as $$
  select encode(sha256(outer_key || sha256(inner_key || convert_to(message, 'UTF8'))), 'hex')
$$;
revoke execute on function vault.mac from public;

create function vault.today() returns date language sql stable set search_path = pg_catalog as $$
  select (clock_timestamp() at time zone 'Europe/Paris')::date
$$;

-- message: backend | expiry | kind | actor | purpose | people
create function vault.enter(message text, signature text) returns void language plpgsql security definer
set search_path = pg_catalog as $$
declare
  key vault.key;
  inside text;
begin
  select * into key from vault.key;
  if length(key.app_inner) = 0 or signature is distinct from vault.mac(key.app_inner, key.app_outer, message)
    or split_part(message, '|', 1) <> pg_backend_pid()::text
    or to_timestamp(split_part(message, '|', 2)::bigint) < clock_timestamp()
  then
    raise exception 'this context of the vault is not signed by this application' using errcode = '42501';
  end if;
  inside := message || '|' || extract(epoch from transaction_timestamp());
  perform set_config('vault.context', inside || '|' || vault.mac(key.own_inner, key.own_outer, inside), true);
end $$;

create function vault.context() returns text[] language plpgsql stable security definer
set search_path = pg_catalog as $$
declare
  parts text[] := string_to_array(nullif(current_setting('vault.context', true), ''), '|');
  key vault.key;
begin
  if parts is null or array_length(parts, 1) <> 8 then return null; end if;
  select * into key from vault.key;
  if parts[8] <> vault.mac(key.own_inner, key.own_outer, array_to_string(parts[1:7], '|'))
    or parts[1] <> pg_backend_pid()::text or parts[7] <> extract(epoch from transaction_timestamp())::text
  then
    return null;
  end if;
  return parts;
end $$;
revoke execute on function vault.context from public;

create function vault.readable() returns uuid[] language plpgsql stable security definer
set search_path = pg_catalog as $$
declare
  context text[] := vault.context();
  listed uuid[];
begin
  if context is null then return '{}'; end if;
  listed := string_to_array(nullif(context[6], ''), ',')::uuid[];
  if context[3] <> 'professional' then return coalesce(listed, '{}'); end if;
  return coalesce((
    select array_agg(person_id) from vault.kernel_disclosure
    where actor_id = context[4] and day = vault.today() and person_id = any (listed)
  ), '{}');
end $$;

create function vault.allowance(who text) returns integer language plpgsql stable security definer
set search_path = pg_catalog as $$
declare
  budget vault.budget;
  used_days integer;
  habit integer;
begin
  select * into budget from vault.budget;
  select count(*), percentile_disc(0.99) within group (order by seen) into used_days, habit from (
    select count(*) as seen from vault.kernel_disclosure
    where actor_id = who and day < vault.today() and day >= vault.today() - 90 group by day
  ) days;
  if used_days < budget.habit_days then return least(budget.ceiling, budget.newcomer); end if;
  return least(budget.ceiling, greatest(budget.lowest, budget.habit_factor * habit));
end $$;

create function vault.disclose(person uuid) returns integer language plpgsql security definer
set search_path = pg_catalog as $$
declare
  context text[] := vault.context();
  spent integer;
  allowed integer;
begin
  if context is null or context[3] <> 'professional' or not person::text = any (string_to_array(context[6], ','))
  then
    raise exception 'nothing is disclosed outside of a context of the vault' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('vault ' || context[4], 0));
  if exists (select from public.kernel_cut where actor_id = context[4] and lifted_at is null) then return -2; end if;
  allowed := vault.allowance(context[4]);
  select count(*) into spent from vault.kernel_disclosure where actor_id = context[4] and day = vault.today();
  if exists (
    select from vault.kernel_disclosure
    where actor_id = context[4] and day = vault.today() and person_id = person
  ) then
    return greatest(allowed - spent, 0);
  end if;
  if spent >= allowed then return -1; end if;
  insert into vault.kernel_disclosure (actor_id, person_id, day, at, purpose)
    values (context[4], person, vault.today(), clock_timestamp(), context[5]);
  if exists (select from vault.kernel_canary where person_id = person) then
    insert into public.kernel_alert (kind, actor_id, person_id, at, data, closed_by, decision)
      values ('canary', context[4], person, clock_timestamp(), '{}', '', '');
  end if;
  return allowed - spent - 1;
end $$;

do $$
declare
  right_given record;
begin
  for right_given in
    select distinct table_name, grantee from information_schema.role_table_grants
    where table_schema = 'vault' and grantee <> current_user and grantee <> 'PUBLIC'
  loop
    execute format('revoke all on vault.%I from %I', right_given.table_name, right_given.grantee);
    if right_given.table_name in ('kernel_disclosure', 'budget') then
      execute format('grant select on vault.%I to %I', right_given.table_name, right_given.grantee);
    end if;
  end loop;
end $$;
"""
BACKWARD = """
alter table vault.kernel_disclosure set schema public;
alter table vault.kernel_canary set schema public;
drop schema vault cascade;
"""


def sign(apps: object, editor: object) -> None:
    """Tell the database with which key this application signs."""
    install_key(editor.connection)  # type: ignore[attr-defined]


class Migration(migrations.Migration):
    """The vault."""

    dependencies = [("kernel", "0005_mail_accounts")]
    operations = [
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor_id", models.CharField(max_length=64)),
                ("person_id", models.UUIDField()),
                ("day", models.DateField()),
                ("at", models.DateTimeField(verbose_name="le")),
                ("purpose", models.CharField(max_length=40, verbose_name="motif")),
            ],
            options={
                "verbose_name": "identité montrée",
                "verbose_name_plural": "identités montrées",
                "indexes": [models.Index(fields=["at"], name="disclosure_at")],
                "constraints": [
                    models.UniqueConstraint(fields=("actor_id", "day", "person_id"), name="disclosure_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Canary",
            fields=[
                ("person_id", models.UUIDField(primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={"verbose_name": "dossier témoin", "verbose_name_plural": "dossiers témoins"},
        ),
        migrations.CreateModel(
            name="Cut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor_id", models.CharField(max_length=64)),
                ("at", models.DateTimeField(verbose_name="le")),
                ("reason", models.CharField(max_length=40, verbose_name="motif")),
                ("lifted_at", models.DateTimeField(null=True, verbose_name="levée le")),
                ("lifted_by", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "verbose_name": "accès suspendu",
                "verbose_name_plural": "accès suspendus",
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(lifted_at=None), fields=("actor_id",), name="cut_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="nature")),
                ("actor_id", models.CharField(max_length=64)),
                ("person_id", models.UUIDField(null=True)),
                ("at", models.DateTimeField(verbose_name="le")),
                ("data", models.JSONField(default=dict)),
                ("told_at", models.DateTimeField(null=True, verbose_name="signalée le")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="traitée le")),
                ("closed_by", models.CharField(blank=True, max_length=64)),
                ("decision", models.CharField(blank=True, max_length=40, verbose_name="décision")),
            ],
            options={
                "verbose_name": "alerte",
                "verbose_name_plural": "alertes",
                "indexes": [models.Index(condition=models.Q(closed_at=None), fields=["at"], name="alert_open")],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(sign, migrations.RunPython.noop),
    ]
