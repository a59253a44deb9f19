import { createRequestClient } from '@segment/actions-core'
import { deliverBatch } from '../delivery'

describe('a fault of the code itself', () => {
  it('is no verdict on an event: the batch fails as a whole, and Segment sends it again', async () => {
    const toEvent = () => {
      throw new TypeError('a fault')
    }
    await expect(deliverBatch(createRequestClient(), toEvent, [{}])).rejects.toThrow(TypeError)
  })
})
