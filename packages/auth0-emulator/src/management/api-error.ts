import type { Context } from '../incoming-request.ts'

/** A response in the format of the Management API's errors. */
export class ApiError extends Error {
  readonly status: number
  readonly errorCode: string | undefined

  constructor(status: number, message: string, errorCode?: string) {
    super(message)
    this.status = status
    this.errorCode = errorCode
  }
}

const NAMES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
}

export function sendError(ctx: Context, { status, message, errorCode }: ApiError): void {
  ctx.status = status
  ctx.body = {
    statusCode: status,
    error: NAMES[status] ?? 'Internal Server Error',
    message,
    ...(errorCode ? { errorCode } : {}),
  }
}
