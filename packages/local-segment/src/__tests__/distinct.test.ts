import { DistinctTexts } from '../distinct'

describe('DistinctTexts', () => {
  it('counts each text once, also after it has grown', () => {
    const texts = new DistinctTexts()
    for (const _ of [1, 2]) for (let index = 0; index < 20_000; index += 1) texts.add(`user-${index}`)
    expect(texts.count).toBe(20_000)
    expect(texts.isFull).toBe(false)
  })

  it('still knows the texts that it keeps once it is full', () => {
    const texts = new DistinctTexts(2)
    const known = ['a', 'b', 'c', 'a', 'c'].map((text) => texts.add(text))
    expect(known).toEqual([false, false, false, true, false])
    expect(texts).toMatchObject({ count: 2, isFull: true })
  })
})
