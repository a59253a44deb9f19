import { InvalidArgumentError } from 'commander'
import { parseSpend } from '../options'

describe('parseSpend', () => {
  it.each([
    ['usd=12000', { currency: 'USD', amount: 12000 }],
    ['KWD=0.125', { currency: 'KWD', amount: 0.125 }],
    ['USD=1200@google', { currency: 'USD', amount: 1200, source: 'google' }],
    ['USD=1200@ News Letter @home ', { currency: 'USD', amount: 1200, source: 'News Letter @home' }],
    ['USD=1200@www.google.com', { currency: 'USD', amount: 1200, source: 'www.google.com' }],
    ['USD=1200:2026-03', { currency: 'USD', amount: 1200, month: '2026-03' }],
    ['USD=1200@google:2026-12', { currency: 'USD', amount: 1200, source: 'google', month: '2026-12' }]
  ])('reads %s', (text, entry) => {
    expect(parseSpend(text)).toEqual([entry])
  })

  it('adds to what earlier uses of the option gave', () => {
    const entries = ['USD=1', 'EUR=2', 'USD=3'].reduce((previous: ReturnType<typeof parseSpend>, text) => {
      return parseSpend(text, previous)
    }, [])
    expect(entries.map(({ currency, amount }) => [currency, amount])).toEqual([
      ['USD', 1],
      ['EUR', 2],
      ['USD', 3]
    ])
  })

  it.each([
    ['USD', /^Write a currency and an amount/],
    ['USD=', /^Write a currency and an amount/],
    ['USD=1,200', /^Write a currency and an amount/],
    ['USD=-5', /^Write a currency and an amount/],
    ['1200', /^Write a currency and an amount/],
    ['USD=1200@', /^Write a source after the @/],
    ['USD=1200@ :2026-03', /^Write a source after the @/],
    ['USD=1200:2026-13', /^Write a month after the colon/],
    ['USD=1200:', /^Write a month after the colon/],
    ['USD=1200@google:march', /^Write a month after the colon/],
    ['USD=1200:2026-03@google', /^Write a month after the colon, behind any source/]
  ])('rejects %s, and says what to write', (text, message) => {
    expect(() => parseSpend(text)).toThrow(InvalidArgumentError)
    expect(() => parseSpend(text)).toThrow(message)
  })
})
