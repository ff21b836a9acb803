import { toName } from '@conclave/shared/names'
import { hasSomethingToSee } from '@conclave/shared/visible'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { Identity } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import type { Profile } from './people.store.ts'

const TIMEOUT_MS = 4_000
const ANSWER_MAX_BYTES = 65_536
const NAME_MAX_CHARS = 100
const URL_MAX_CHARS = 2_048

const UserInfo = Type.Object({
  sub: Type.String(),
  name: Type.Optional(Type.String()),
  nickname: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  email_verified: Type.Optional(Type.Boolean()),
  picture: Type.Optional(Type.String()),
})

/** The profile of this token's person at Auth0. */
export async function fetchProfile(ctx: Context, { sub, token }: Identity): Promise<Profile> {
  try {
    return toProfile(await fetchUserInfo(ctx.config.auth0.issuer, token), sub)
  } catch (error) {
    ctx.log.warn({ err: error }, '/userinfo could not be read')
    throw problem('unavailable')
  }
}

async function fetchUserInfo(issuer: string, token: string): Promise<Static<typeof UserInfo>> {
  const response = await fetch(`${issuer}userinfo`, {
    headers: { authorization: `Bearer ${token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (!response.ok || !response.body) {
    await response.body?.cancel()
    throw new Error(`/userinfo answered ${response.status}`)
  }
  return Value.Parse(UserInfo, JSON.parse(await readText(response.body)))
}

async function readText(body: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > ANSWER_MAX_BYTES) throw new Error('/userinfo answered more than the limit')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function toProfile(info: Static<typeof UserInfo>, sub: string): Profile {
  // OpenID Connect Core 5.3.2: the `sub` must match, or the profile may be another person's.
  if (info.sub !== sub) throw new Error('/userinfo is about another person')
  const email = printable(info.email ?? '')
  const name = [info.name, info.nickname, email.split('@')[0]].map((text) => printable(text ?? ''))
  return {
    sub,
    name: name.find(hasSomethingToSee) ?? 'Someone',
    email,
    emailVerified: email !== '' && info.email_verified === true,
    avatarUrl: avatarUrl(info.picture),
  }
}

function printable(text: string): string {
  return toName(Array.from(toName(text)).slice(0, NAME_MAX_CHARS).join(''))
}

function avatarUrl(picture: string | undefined): string | null {
  if (picture === undefined || picture.length > URL_MAX_CHARS) return null
  const url = URL.parse(picture)
  // The normalized URL may be longer than the original.
  return url?.protocol === 'https:' && url.href.length <= URL_MAX_CHARS ? url.href : null
}
