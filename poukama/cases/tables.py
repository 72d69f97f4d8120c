"""Migration steps of this room: what a closed case refuses, what may still change in a row, what is always sealed.

They hold for whoever writes, past every action of ours.
"""

from django.db.migrations import RunSQL

# The case is locked against being closed until this transaction ends, so that nothing slips in behind a closing.
_OPEN = """
create or replace function cases_must_be_open() returns trigger language plpgsql as $$
begin
  perform 1 from cases_case where id = new.case_id and closed_at is null for share;
  if not found then
    raise exception '%: the case is closed, or not there', tg_table_name
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$
"""

# Its first argument names the column that is empty as long as a row may change, the others what may change then.
_ONLY = """
create or replace function cases_only() returns trigger language plpgsql as $$
begin
  if to_jsonb(old) -> tg_argv[0] <> 'null'::jsonb
    or (to_jsonb(old) - tg_argv) is distinct from (to_jsonb(new) - tg_argv)
  then
    raise exception '%: this does not change any more', tg_table_name using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$
"""

# Open, its time may become better known, and it may be closed. Closed, it may be opened again and nothing else.
_CASE = """
create function cases_case_guard() returns trigger language plpgsql as $$
begin
  if (to_jsonb(old) - '{closed_at,event_earliest,event_latest}'::text[])
      is distinct from (to_jsonb(new) - '{closed_at,event_earliest,event_latest}'::text[])
    or (old.closed_at is not null and (new.closed_at is not null
      or (old.event_earliest, old.event_latest) is distinct from (new.event_earliest, new.event_latest)))
  then
    raise exception 'cases_case: this does not change, or the case is closed'
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$
"""

# Whoever writes of a client holds the client's row, and this waits for them; they never hold the case.
_CLOSES_CLIENT = """
create function cases_close_their_client() returns trigger language plpgsql as $$
begin
  if old.closed_at is null and new.closed_at is not null then
    perform 1 from clients_client where id = new.client_id for update;
  end if;
  return new;
end $$
"""

_CLIENT_OPEN = """
create function cases_client_must_be_open() returns trigger language plpgsql as $$
begin
  perform 1 from clients_client where id = new.client_id for update;
  if exists (select from cases_case where client_id = new.client_id and closed_at is not null) then
    raise exception '%: the case is closed', tg_table_name using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$
"""

_KEPT = (
    "create trigger {table}_kept before delete or truncate on {table} "
    "for each statement execute function poukama_refuse()"
)


def case_guarded() -> RunSQL:
    """Let a case be closed and opened again, keep everything else of it, and take nothing into a closed one."""
    return RunSQL(
        [
            _OPEN,
            _ONLY,
            _CASE,
            "create trigger cases_case_guard before update on cases_case "
            "for each row execute function cases_case_guard()",
            _KEPT.format(table="cases_case"),
        ],
        [
            "drop trigger cases_case_kept on cases_case",
            "drop trigger cases_case_guard on cases_case",
            "drop function cases_case_guard()",
            "drop function cases_only()",
            "drop function cases_must_be_open()",
        ],
    )


def closes_with_its_case(table: str) -> RunSQL:
    """Refuse every write to a row of a closed case."""
    return RunSQL(
        f"create trigger {table}_open before insert or update on {table} "
        "for each row execute function cases_must_be_open()",
        f"drop trigger {table}_open on {table}",
    )


def closes_its_client() -> RunSQL:
    """Let a case be closed only when nobody is writing of its client."""
    return RunSQL(
        [
            _CLOSES_CLIENT,
            _CLIENT_OPEN,
            "create trigger cases_case_closes_client before update on cases_case "
            "for each row execute function cases_close_their_client()",
        ],
        [
            "drop trigger cases_case_closes_client on cases_case",
            "drop function cases_client_must_be_open()",
            "drop function cases_close_their_client()",
        ],
    )


def refuses_when_its_case_is_closed(table: str) -> RunSQL:
    """Refuse what a client says while their case is closed. A client without a case is no closed one."""
    return RunSQL(
        f"create trigger {table}_open before insert on {table} "
        "for each row execute function cases_client_must_be_open()",
        f"drop trigger {table}_open on {table}",
    )


def changes_until(table: str, column: str, *others: str) -> RunSQL:
    """Let these columns change until `column` is set, by the same write at the latest; nothing else, and no delete."""
    names = ", ".join(f"'{name}'" for name in (column, *others))
    return RunSQL(
        [
            f"create trigger {table}_only before update on {table} for each row execute function cases_only({names})",
            _KEPT.format(table=table),
        ],
        [f"drop trigger {table}_kept on {table}", f"drop trigger {table}_only on {table}"],
    )


def sealed(table: str, *columns: str) -> RunSQL:
    """Take nothing, or something that the vault made, into these columns: whoever writes past it writes no text."""
    names = {column: f"{table}_{column}_is_sealed" for column in columns}
    return RunSQL(
        [
            f"alter table {table} add constraint {name} check (octet_length({column}) = 0 "
            f"or (octet_length({column}) >= 30 and substr({column}, 1, 1) = '\\x01'::bytea))"
            for column, name in names.items()
        ],
        [f"alter table {table} drop constraint {name}" for name in names.values()],
    )


def of_its_case(table: str, column: str, parent: str) -> RunSQL:
    """Keep a row and the row that its `column` points at in one case; `parent` has unique (id, case_id)."""
    name = f"{table}_{column}_of_its_case"
    return RunSQL(
        f"alter table {table} add constraint {name} foreign key ({column}, case_id) references {parent} (id, case_id)",
        f"alter table {table} drop constraint {name}",
    )


def pointed_at(table: str) -> RunSQL:
    """Let rows of the same case point at rows of this table."""
    return RunSQL(
        f"alter table {table} add constraint {table}_in_its_case unique (id, case_id)",
        f"alter table {table} drop constraint {table}_in_its_case",
    )
