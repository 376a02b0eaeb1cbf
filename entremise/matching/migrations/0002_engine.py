"""Rows for the engine: numbers instead of identifiers, and a list of what changed, in the order of commits."""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import Func, Value

# More rows than this in one statement are noted as "everything" (number 0): the index is then read again as a whole.
CHANGES = """
create table matching_poolchange (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  number bigint not null,
  at timestamptz not null default now());
create index matching_poolchange_xid on matching_poolchange (xid);

create function matching_note_changes() returns trigger language plpgsql as $$
begin
  if (select count(*) from changed) > 20000 then
    insert into matching_poolchange (number) values (0);
  else
    insert into matching_poolchange (number) select number from changed;
  end if;
  return null;
end $$;
create function matching_note_everything() returns trigger language plpgsql as $$
begin
  insert into matching_poolchange (number) values (0);
  return null;
end $$;
create trigger matching_pool_added after insert on matching_poolentry
  referencing new table as changed for each statement execute function matching_note_changes();
create trigger matching_pool_changed after update on matching_poolentry
  referencing new table as changed for each statement execute function matching_note_changes();
create trigger matching_pool_removed after delete on matching_poolentry
  referencing old table as changed for each statement execute function matching_note_changes();
create trigger matching_pool_emptied after truncate on matching_poolentry
  for each statement execute function matching_note_everything();
"""
NO_CHANGES = """
drop trigger matching_pool_added on matching_poolentry;
drop trigger matching_pool_changed on matching_poolentry;
drop trigger matching_pool_removed on matching_poolentry;
drop trigger matching_pool_emptied on matching_poolentry;
drop function matching_note_changes();
drop function matching_note_everything();
drop table matching_poolchange;
"""
GONE = ["zone", "latitude", "longitude", "skill_ids", "validated_skill_ids", "languages"]
INDEXES = ["pool_occupations", "pool_experiences", "pool_skills", "pool_department", "pool_place", "pool_zone"]


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial"), ("skills", "0002_skill_number")]

    operations = [
        migrations.RunSQL("delete from matching_poolentry", migrations.RunSQL.noop),  # derived: written again after
        migrations.RunSQL(
            "create sequence matching_poolentry_number_seq", "drop sequence matching_poolentry_number_seq"
        ),
        *(migrations.RemoveIndex(model_name="poolentry", name=name) for name in INDEXES),
        *(migrations.RemoveField(model_name="poolentry", name=name) for name in GONE),
        migrations.AlterField(model_name="poolentry", name="traits", field=models.BigIntegerField(default=0)),
        migrations.AddField(
            model_name="poolentry",
            name="number",
            field=models.PositiveIntegerField(
                db_default=Func(Value("matching_poolentry_number_seq"), function="nextval"),
                editable=False,
                unique=True,
            ),
        ),
        migrations.AddField(
            model_name="poolentry",
            name="commune_code",
            field=models.CharField(default="", max_length=5, verbose_name="commune"),
            preserve_default=False,
        ),
        *(
            migrations.AddField(
                model_name="poolentry",
                name=name,
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.IntegerField(), default=list, size=None
                ),
                preserve_default=False,
            )
            for name in ("skill_numbers", "skill_facts")
        ),
        migrations.RunSQL(CHANGES, NO_CHANGES),
    ]
