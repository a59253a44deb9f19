import { setImmediate } from 'node:timers/promises'
import { batchQueue } from '../batch-queue'

describe('a queue', () => {
  it('sends full batches one after the other, and the rest in the end', async () => {
    const log: string[] = []
    const queue = batchQueue<number>(2, async (batch) => {
      log.push(`start ${batch.join()}`)
      await setImmediate()
      log.push(`end ${batch.join()}`)
    })
    for (const item of [1, 2, 3, 4, 5]) await queue.add(item)
    await queue.finish()
    expect(log).toEqual(['start 1,2', 'end 1,2', 'start 3,4', 'end 3,4', 'start 5', 'end 5'])
  })

  it('tells a later caller of a failure', async () => {
    const queue = batchQueue<number>(1, () => Promise.reject(new Error('no')))
    await queue.add(1)
    await setImmediate()
    await expect(queue.finish()).rejects.toThrow('no')
  })

  it('sends nothing if there is nothing', async () => {
    const send = jest.fn()
    await batchQueue(1, send).finish()
    expect(send).not.toHaveBeenCalled()
  })
})
