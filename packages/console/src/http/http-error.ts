/** An answer that is no success. Its message is one sentence for a person. */
export class HttpError extends Error {
  override readonly name = 'HttpError'

  constructor(
    readonly status: number,
    message: string
  ) {
    super(message)
  }
}
