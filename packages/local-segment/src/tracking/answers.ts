/** An answer of the Tracking API that is no success. */
export class TrackingError extends Error {
  override readonly name = 'TrackingError'

  /** @param status of HTTP. */
  constructor(
    readonly status: number,
    message: string
  ) {
    super(message)
  }
}

/**
 * The words are Segment's.
 *
 * @see https://segment.com/docs/connections/sources/catalog/libraries/website/javascript/faq/#is-there-a-size-limit-on-requests
 */
export const tooLarge = () => new TrackingError(400, 'Exceed payload limit')

export const invalidJson = (problem: string) => new TrackingError(400, `Invalid JSON: ${problem}`)

export const noWriteKey = () =>
  new TrackingError(401, 'No write key: send one as the user name of Basic authentication, or as writeKey in the body.')
