"""The budget of one day may be raised by a lead; an alert of a kind is open once for an account."""

from django.db import migrations, models

ALLOWANCE = """
create or replace function vault.allowance(who text) returns integer language plpgsql stable security definer
set search_path = pg_catalog as $$
declare
  budget vault.budget;
  used_days integer;
  habit integer;
  raised integer;
  usual integer;
begin
  select * into budget from vault.budget;
  select coalesce(max(raised_to), 0) into raised from public.kernel_budgetraise
    where actor_id = who and day = vault.today();
  select count(*), percentile_disc(0.99) within group (order by seen) into used_days, habit from (
    select count(*) as seen from vault.kernel_disclosure
    where actor_id = who and day < vault.today() and day >= vault.today() - 90 group by day
  ) days;
  usual := case when used_days < budget.habit_days then budget.newcomer
    else greatest(budget.lowest, budget.habit_factor * habit) end;
  return least(budget.ceiling, greatest(usual, raised));
end $$;
"""
BEFORE = """
create or replace function vault.allowance(who text) returns integer language plpgsql stable security definer
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
"""


class Migration(migrations.Migration):
    """The budget of one day may be raised; an alert of a kind is open once for an account."""

    dependencies = [("kernel", "0006_vault")]
    operations = [
        migrations.CreateModel(
            name="BudgetRaise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor_id", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("raised_to", models.PositiveSmallIntegerField(verbose_name="identités de la journée")),
                ("reason", models.CharField(max_length=40, verbose_name="motif")),
                ("by_id", models.CharField(max_length=64)),
                ("at", models.DateTimeField(verbose_name="le")),
            ],
            options={
                "verbose_name": "budget relevé",
                "verbose_name_plural": "budgets relevés",
                "indexes": [models.Index(fields=["actor_id", "day"], name="budgetraise_day")],
            },
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None), models.Q(("kind", "canary"), _negated=True)),
                fields=("actor_id", "kind"),
                name="alert_open_once",
            ),
        ),
        migrations.RunSQL(ALLOWANCE, BEFORE),
    ]
