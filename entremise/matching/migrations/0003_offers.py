"""A list of the offers that changed, as there is one of the profiles: the index of offers follows it."""

from django.db import migrations

# More rows than this in one statement are noted as "everything" (number 0): the index is then read again as a whole.
CHANGES = """
create table matching_offerchange (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  number bigint not null,
  at timestamptz not null default now());
create index matching_offerchange_xid on matching_offerchange (xid);

create function matching_note_offers() returns trigger language plpgsql as $$
begin
  if (select count(*) from changed) > 20000 then
    insert into matching_offerchange (number) values (0);
  else
    insert into matching_offerchange (number) select number from changed;
  end if;
  return null;
end $$;
create function matching_note_offer_skills() returns trigger language plpgsql as $$
begin
  if (select count(*) from changed) > 200000 then
    insert into matching_offerchange (number) values (0);
  else
    insert into matching_offerchange (number)
      select number from offers_offer where id in (select offer_id from changed);
  end if;
  return null;
end $$;
create function matching_note_all_offers() returns trigger language plpgsql as $$
begin
  insert into matching_offerchange (number) values (0);
  return null;
end $$;
create trigger matching_offer_added after insert on offers_offer
  referencing new table as changed for each statement execute function matching_note_offers();
create trigger matching_offer_changed after update on offers_offer
  referencing new table as changed for each statement execute function matching_note_offers();
create trigger matching_offer_removed after delete on offers_offer
  referencing old table as changed for each statement execute function matching_note_offers();
create trigger matching_offers_emptied after truncate on offers_offer
  for each statement execute function matching_note_all_offers();
create trigger matching_offer_skill_added after insert on offers_offerskill
  referencing new table as changed for each statement execute function matching_note_offer_skills();
create trigger matching_offer_skill_changed after update on offers_offerskill
  referencing new table as changed for each statement execute function matching_note_offer_skills();
create trigger matching_offer_skill_removed after delete on offers_offerskill
  referencing old table as changed for each statement execute function matching_note_offer_skills();
create trigger matching_offer_skills_emptied after truncate on offers_offerskill
  for each statement execute function matching_note_all_offers();
"""
NO_CHANGES = """
drop trigger matching_offer_added on offers_offer;
drop trigger matching_offer_changed on offers_offer;
drop trigger matching_offer_removed on offers_offer;
drop trigger matching_offers_emptied on offers_offer;
drop trigger matching_offer_skill_added on offers_offerskill;
drop trigger matching_offer_skill_changed on offers_offerskill;
drop trigger matching_offer_skill_removed on offers_offerskill;
drop trigger matching_offer_skills_emptied on offers_offerskill;
drop function matching_note_offers();
drop function matching_note_offer_skills();
drop function matching_note_all_offers();
drop table matching_offerchange;
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_engine"), ("offers", "0002_offer_number")]

    operations = [migrations.RunSQL(CHANGES, NO_CHANGES)]
