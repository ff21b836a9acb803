-- Who did what, and who was refused what. Entries are added and never changed: the api's role may insert
-- and read, and the text of each entry holds the hash of the entry before it.
create table audit (
  number bigint primary key,
  at timestamptz(3) not null,
  -- Null: the system itself. No reference: an entry outlives whom it is about.
  actor_id uuid,
  action text not null,
  -- Ids by name, such as {"roomId": "…", "personId": "…"}.
  target jsonb not null,
  before jsonb,
  after jsonb,
  request_id uuid,
  -- Null: it was done. Otherwise the slug of the problem it was refused with.
  problem text,
  -- What counts: everything above as the exact text that was hashed. The columns are for looking things up.
  line text not null,
  -- sha256(line), in hex.
  hash text not null
);

-- One row, which is also the lock that makes entries follow each other. The api's role cannot touch it.
create table audit_head (
  singleton boolean primary key default true check (singleton),
  number bigint not null default 0,
  hash text not null default repeat('0', 64)
);

insert into audit_head default values;

-- Runs as the owner of the tables; the path is pinned, so that no other schema's table or function is meant.
create function chain_audit() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  head public.audit_head;
begin
  select * into head from public.audit_head for update;
  new.number := head.number + 1;
  new.at := clock_timestamp();
  new.line := json_build_object(
    'number', new.number,
    'previous', head.hash,
    'at', public.wire_time(new.at),
    'actorId', new.actor_id,
    'action', new.action,
    'target', new.target,
    'before', new.before,
    'after', new.after,
    'requestId', new.request_id,
    'outcome', case when new.problem is null then 'done' else 'refused' end,
    'problem', new.problem
  )::text;
  new.hash := encode(sha256(convert_to(new.line, 'UTF8')), 'hex');
  update public.audit_head set number = new.number, hash = new.hash;
  return new;
end
$$;

-- A table of somebody else's with this trigger would move the head without an entry.
revoke execute on function chain_audit() from public;

create trigger chain_audit before insert on audit
for each row execute function chain_audit();

-- The grants keep the api from changing an entry; this keeps the owner of the tables from doing it by mistake.
create function refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception '% is not changed, only added to', tg_table_name;
end
$$;

create trigger refuse_change before update or delete or truncate on audit
for each statement execute function refuse_change();
