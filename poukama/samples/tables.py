"""Migration steps of this room: the numbering, linking and hashing of custody, and where a sample stands by it.

They hold for whoever writes, past every action of ours. `custody.hash_of` is the twin of the hash.
"""

from django.db.migrations import RunSQL

# Whoever adds an entry says what they saw before it. Two that saw the same have one number, which is unique.
_LINK = """
create function samples_link() returns trigger language plpgsql as $$
declare
  last samples_custodyentry;
  code text;
begin
  select * into last from samples_custodyentry where sample_id = new.sample_id order by number desc limit 1;
  select s.code into code from samples_sample s
    where s.id = new.sample_id and s.case_id = new.case_id and s.state = 'taken';
  if code is null
    or new.number <> coalesce(last.number, 0) + 1
    or new.previous <> coalesce(last.hash, '')
    or new.giver <> coalesce(last.receiver, '')
    or (last.kind = 'missing' and new.kind <> 'found')
  then
    raise exception 'samples_custodyentry: this does not come after the newest entry'
      using errcode = 'integrity_constraint_violation';
  end if;
  new.hash := sha256(new.previous || convert_to(concat_ws('|', new.centre_id, code, new.number, new.kind,
    (extract(epoch from new.acted_at) * 1000000)::bigint, (extract(epoch from new.entered_at) * 1000000)::bigint,
    new."by", new.giver, new.receiver, new.confirmed, new.witness, new.place, new.seal, new.seal_seen, new.condition,
    new.storage, new.rests_on, new.reason, new.reference), 'UTF8'));
  return new;
end $$
"""

_HOLD = """
create function samples_hold() returns trigger language plpgsql as $$
begin
  insert into samples_holding (sample_id, centre_id, case_id, code, taken_at, standing, kind, holder, place, seal,
      acted_at, number, head)
    select new.sample_id, new.centre_id, new.case_id, s.code, s.acted_at,
      case when new.receiver = 'destroyed' then 'destroyed'
        when new.receiver in ('police', 'laboratory', 'client') then 'left'
        when new.kind = 'missing' then 'missing' else 'here' end,
      new.kind, new.receiver, new.place, new.seal, new.acted_at, new.number, new.hash
    from samples_sample s where s.id = new.sample_id
  on conflict (sample_id) do update set standing = excluded.standing, kind = excluded.kind, holder = excluded.holder,
    place = excluded.place, seal = excluded.seal, acted_at = excluded.acted_at, number = excluded.number,
    head = excluded.head;
  return null;
end $$
"""

# Only an entry moves it: whoever writes here by hand is one trigger deep.
_ONLY_BY_ENTRIES = """
create function samples_only_by_entries() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'samples_holding: only an entry of custody moves a sample'
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$
"""


def custody_linked() -> RunSQL:
    """Number, link and hash the entries of each sample, and keep where it stands."""
    return RunSQL(
        [
            _LINK,
            _HOLD,
            _ONLY_BY_ENTRIES,
            "create trigger samples_link before insert on samples_custodyentry "
            "for each row execute function samples_link()",
            "create trigger samples_hold after insert on samples_custodyentry "
            "for each row execute function samples_hold()",
            "create trigger samples_only_by_entries before insert or update on samples_holding "
            "for each row execute function samples_only_by_entries()",
            "create trigger samples_holding_kept before delete or truncate on samples_holding "
            "for each statement execute function poukama_refuse()",
        ],
        [
            "drop trigger samples_holding_kept on samples_holding",
            "drop trigger samples_only_by_entries on samples_holding",
            "drop trigger samples_hold on samples_custodyentry",
            "drop trigger samples_link on samples_custodyentry",
            "drop function samples_only_by_entries()",
            "drop function samples_hold()",
            "drop function samples_link()",
        ],
    )
