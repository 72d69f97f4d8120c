"""Migration steps for tables that are only ever added to, and for rows that belong to one centre.

No step names a database role: whoever owns the tables migrates, and whoever serves requests owns nothing.
"""

from django.db.migrations import RunSQL

# The centres whose rows this transaction may see and write; `gate.scope` sets it, core.pool clears it.
SETTING = "app.centres"

_REFUSE = """
create or replace function poukama_refuse() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op)
    using errcode = 'integrity_constraint_violation';
end $$
"""


_MINE = f"centre_id = any(string_to_array(nullif(current_setting('{SETTING}', true), ''), ',')::bigint[])"


def append_only(table: str) -> RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE, whoever asks and however few rows it would touch."""
    return RunSQL(
        [
            _REFUSE,
            f"create trigger {table}_append_only before update or delete or truncate on {table} "
            "for each statement execute function poukama_refuse()",
        ],
        [f"drop trigger {table}_append_only on {table}"],
    )


def of_one_centre(table: str, column: str, parent: str) -> RunSQL:
    """Keep a row and the row that its `column` points at in one centre; `parent` has unique (id, centre_id)."""
    name = f"{table}_{column}_of_one_centre"
    return RunSQL(
        [
            f"alter table {table} add constraint {name} "
            f"foreign key ({column}, centre_id) references {parent} (id, centre_id)"
        ],
        [f"alter table {table} drop constraint {name}"],
    )


def separated(table: str) -> RunSQL:
    """Show and take only rows of the centres in `app.centres`, the table's owner included; none if it is not set."""
    return RunSQL(
        [
            f"alter table {table} enable row level security",
            f"alter table {table} force row level security",
            f"create policy {table}_separated on {table} using ({_MINE}) with check ({_MINE})",
        ],
        [
            f"drop policy {table}_separated on {table}",
            f"alter table {table} no force row level security",
            f"alter table {table} disable row level security",
        ],
    )


def told_by_its_centre(table: str) -> RunSQL:
    """Show every row to everybody, and take new ones only of the centres in `app.centres`, the owner's included.

    For what a centre says openly, on its public pages too; such a table is also `append_only`.
    """
    return RunSQL(
        [
            f"alter table {table} enable row level security",
            f"alter table {table} force row level security",
            f"create policy {table}_told on {table} for select using (true)",
            f"create policy {table}_its_own on {table} for insert with check ({_MINE})",
        ],
        [
            f"drop policy {table}_its_own on {table}",
            f"drop policy {table}_told on {table}",
            f"alter table {table} no force row level security",
            f"alter table {table} disable row level security",
        ],
    )
