-- Channels that somebody who lost access may still hear, until each has a new name and with it a new key. Written with
-- the refusal, in its transaction; whoever comes first takes the rows and raises the epochs.
create table cuts (
  id bigint generated always as identity primary key,
  person_id uuid not null references people,
  -- As in the outbox.
  stream text not null,
  created_at timestamptz not null default clock_timestamp()
);

create index on cuts (person_id);

-- Everything that is written on somebody's behalf passes their gate as the last thing before its commit; whoever takes
-- their access closes it until theirs. An advisory lock, because it is fair: who wants to close a gate waits for those
-- who are inside and for nobody who comes after, where rows that are locked `for share` again and again are never free.
-- Inside nobody waits for anything, so a gate is in no circle of those who wait for each other.
create function gate_of(person uuid) returns bigint
language sql immutable parallel safe
-- With the cast it is planned into whatever calls it; '||' with a uuid is only stable.
return hashtextextended('gate:' || person::text, 0);

-- Why somebody with this session and a token of this age is let in no more, as the slug of a problem; '' when they are.
create function refusal_of(person uuid, session uuid, issued_at float8) returns text
language sql stable
return coalesce((
  select case
    when p.blocked_at is not null then 'access-removed'
    when s.ended_at is not null then 'signed-out'
    when to_timestamp(issued_at) < p.not_before then 'not-signed-in'
    else ''
  end
  from people p left join sessions s on s.id = session
  where p.id = person
), 'not-signed-in');

-- The same inside the gate, where it stays true until the end of the transaction.
create function admit(person uuid, session uuid, issued_at float8) returns text
language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(gate_of(person));
  -- A statement of its own: its snapshot is taken inside.
  return refusal_of(person, session, issued_at);
end
$$;
