import type { Result } from './sender'

/** What a result says in words. */
export const reasonOf = ({ status, errormessage }: Result): string => errormessage ?? `status ${status}`

/** What the destination itself says of a call, if it says anything. */
export const bodyStatus = ({ body }: Result): unknown => (Object(body) as { status?: unknown }).status

/** Whether the destination says that it has had this call before. */
export const isDuplicate = (result: Result): boolean => bodyStatus(result) === 'duplicate'
