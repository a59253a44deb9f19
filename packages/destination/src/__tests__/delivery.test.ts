import { createRequestClient } from '@segment/actions-core'
import { deliverBatch } from '../delivery'

describe('deliverBatch', () => {
  it('fails as a whole on a bug in the code, so that Segment sends the batch again', async () => {
    const toEvent = () => {
      throw new TypeError('a bug')
    }
    await expect(deliverBatch(createRequestClient(), toEvent, [{}])).rejects.toThrow(TypeError)
  })
})
