import postgres from 'postgres'
import { expect, it } from 'vitest'
import { startStack } from '../src/stack.ts'

it('Postgres killed in the middle is back on its address with all that was committed, and two apis with it', async () => {
  const stack = await startStack({ web: 'none', ports: 'free', seed: false, apis: 2 })
  try {
    expect(stack.apis[0]).toBe(stack.api)
    expect(new Set(stack.apis).size).toBe(2)
    await execute(stack.database, 'create table said (text text)')
    await execute(stack.database, `insert into said values ('once')`)
    expect(await execute(stack.database, 'show fsync')).toEqual([{ fsync: 'on' }])
    const open = postgres(stack.database, { max: 1 })
    const asleep = Promise.allSettled([open`select pg_sleep(60)`, open.end()])
    await stack.killPostgres()
    await asleep
    await expect(execute(stack.database, 'select 1')).rejects.toThrow('ECONNREFUSED')
    // Their backoff must not have grown, however often they have retried.
    for (let time = 1; time <= 10; time += 1)
      expect(await readiness(stack.apis)).toEqual([503, 503])
    await stack.startPostgres()
    expect(await execute(stack.database, 'table said')).toEqual([{ text: 'once' }])
    await expect.poll(() => readiness(stack.apis)).toEqual([200, 200])
    await stack.killApi(1)
    await expect(fetch(`${stack.apis[1]}/livez`)).rejects.toThrow('fetch failed')
    expect((await fetch(`${stack.apis[0]}/livez`)).status).toBe(200)
    await stack.startApi(1)
    expect(await readiness(stack.apis)).toEqual([200, 200])
  } finally {
    await stack.close()
  }
})

async function readiness(apis: readonly string[]): Promise<number[]> {
  return Promise.all(apis.map(async (api) => (await fetch(`${api}/readyz`)).status))
}

async function execute(url: string, statement: string): Promise<object[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return [...(await sql.unsafe<object[]>(statement))]
  } finally {
    await sql.end()
  }
}
