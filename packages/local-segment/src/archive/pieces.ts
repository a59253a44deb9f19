import { MAX_RECORD_BYTES } from './record'

/** Collects the pieces of a line that goes on over several chunks, as long as it is not too long. */
export class Pieces {
  private pieces: Buffer[] = []
  private length = 0

  /** Adds a piece. From the maximum on, only its length is kept. */
  add(piece: Buffer): void {
    this.length += piece.length
    if (this.length > MAX_RECORD_BYTES) this.pieces = []
    else this.pieces.push(piece)
  }

  /** Whether nothing was added since the last `take`. */
  get isEmpty(): boolean {
    return this.length === 0
  }

  /** Gives everything that was added, or undefined if that is more than `MAX_RECORD_BYTES`, and starts anew. */
  take(): Buffer | undefined {
    const bytes =
      this.length > MAX_RECORD_BYTES
        ? undefined
        : this.pieces.length === 1
          ? this.pieces[0]
          : Buffer.concat(this.pieces, this.length)
    this.pieces = []
    this.length = 0
    return bytes
  }
}
