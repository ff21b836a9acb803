import postgres from 'postgres'

/** Sets the dates of seeded messages directly in the database, because the api does not let clients choose them. */
export async function backdate(
  database: string,
  messages: { id: string; at: Date }[],
): Promise<void> {
  const sql = postgres(database, { max: 1 })
  await sql`
    update messages set created_at = seeded.at
    from unnest(
      ${messages.map(({ id }) => id)}::uuid[],
      ${messages.map(({ at }) => at.toISOString())}::timestamptz[]
    ) as seeded (id, at)
    where messages.id = seeded.id`
  await sql.end()
}
