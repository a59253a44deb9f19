import type { WireEvent } from '@tractionboard/contract'
import { on } from './support/events'
import { readModel } from './support/read-model'

const page = (referrer?: string, url: string | undefined = 'https://acme.example/') => ({ page: { url, referrer } })
const campaign = (source: string, more = {}) => ({ campaign: { source, ...more } })
const touch = (...events: WireEvent[]) => readModel(events).users[0].first_touch
const touchOfVisit = (context: unknown) => touch(on(1, 'visit', { user: 'u', context }))
const NO_CAMPAIGN = { source: null, medium: null, name: null, term: null, content: null }

describe('the first touch', () => {
  it('is the campaign of the earliest event that has a page or a campaign', () => {
    const events = [
      on(3, 'signup', { user: 'u', context: campaign('late') }),
      on(2, 'visit', { user: 'u', context: campaign('early', { medium: 'email', name: 'spring', term: '' }) }),
      on(1, 'login', { user: 'u', context: { ip: '203.0.113.7' } })
    ]
    expect(touch(...events)).toStrictEqual({
      kind: 'campaign',
      source: 'early',
      medium: 'email',
      name: 'spring',
      term: null,
      content: null
    })
  })

  it('may be from when the user was anonymous', () => {
    const events = [
      on(1, 'visit', { anonymous: 'a', context: campaign('before') }),
      on(2, 'signup', { user: 'u', anonymous: 'a', context: campaign('after') })
    ]
    expect(touch(...events)).toMatchObject({ source: 'before' })
  })

  it('is not a campaign after a referral', () => {
    const events = [
      on(1, 'visit', { user: 'u', context: page('https://news.example/item?id=1') }),
      on(2, 'visit', { user: 'u', context: campaign('late') })
    ]
    expect(touch(...events)).toStrictEqual({ kind: 'referral', host: 'news.example' })
  })

  it('is direct if only later visits have a campaign or a referrer', () => {
    const events = [
      on(1, 'visit', { user: 'u', context: page() }),
      on(2, 'visit', { user: 'u', context: campaign('late') }),
      on(3, 'visit', { user: 'u', context: page('https://news.example/') })
    ]
    expect(touch(...events)).toStrictEqual({ kind: 'direct' })
  })

  it('is not after the first signup', () => {
    const events = [on(1, 'signup', { user: 'u' }), on(2, 'visit', { user: 'u', context: campaign('late') })]
    expect(touch(...events)).toStrictEqual({ kind: 'direct' })
  })

  it('may be at the time of the first signup', () => {
    const events = [on(1, 'signup', { user: 'u' }), on(1, 'payment', { user: 'u', context: campaign('shop') })]
    expect(touch(...events)).toMatchObject({ source: 'shop' })
  })

  it('is the earliest of all for who never signed up', () => {
    const events = [on(1, 'login', { user: 'u' }), on(2, 'visit', { user: 'u', context: campaign('mail') })]
    expect(touch(...events)).toMatchObject({ source: 'mail' })
  })

  it('ignores a page of which all parts are blank', () => {
    const events = [
      on(1, 'visit', { user: 'u', context: { page: { url: ' ', title: '' } } }),
      on(2, 'visit', { user: 'u', context: campaign('mail') })
    ]
    expect(touch(...events)).toMatchObject({ source: 'mail' })
  })
})

describe('the campaign of a touch', () => {
  it.each([
    ['all values are blank', { source: '', name: ' ' }],
    ['it has only other parameters', { ref: 'x', term: 'shoes' }]
  ])('is none if %s', (_what, values) => {
    expect(touchOfVisit({ campaign: values })).toStrictEqual({ kind: 'direct' })
  })

  it('without source, medium and name leaves the page to be a touch', () => {
    expect(touchOfVisit({ campaign: { term: 'shoes' }, ...page('https://news.example/') })).toStrictEqual({
      kind: 'referral',
      host: 'news.example'
    })
  })

  it('is trimmed', () => {
    expect(touchOfVisit(campaign(' Google \n'))).toMatchObject({ source: 'Google' })
  })

  it('may have keys as in a URL', () => {
    const context = {
      campaign: {
        utm_source: 'google',
        utm_medium: 'cpc',
        utm_campaign: 'spring',
        utm_term: 'shoes',
        utm_content: 'red'
      }
    }
    expect(touchOfVisit(context)).toStrictEqual({
      kind: 'campaign',
      source: 'google',
      medium: 'cpc',
      name: 'spring',
      term: 'shoes',
      content: 'red'
    })
  })

  it('has the value of the plain key rather than that of the key as in a URL', () => {
    expect(touchOfVisit({ campaign: { source: 'plain', utm_source: 'other' } })).toMatchObject({ source: 'plain' })
  })

  it.each([
    ["in the query of the page's URL", { url: 'https://acme.example/?utm_source=a+b&utm_campaign=%C3%A9#top' }],
    ['in the query of a relative URL', { url: '/pricing?utm_source=a+b&utm_campaign=%C3%A9' }],
    ['in the search of the page', { search: '?utm_source=a+b&utm_campaign=%C3%A9' }],
    [
      'in the search of the page if the URL has none',
      { url: 'https://acme.example/?id=5', search: '?utm_source=a+b&utm_campaign=%C3%A9' }
    ]
  ])('may be %s', (_where, parts) => {
    expect(touchOfVisit({ page: parts })).toStrictEqual({
      ...NO_CAMPAIGN,
      kind: 'campaign',
      source: 'a b',
      name: 'é'
    })
  })

  it('of the URL does not add to that of the event', () => {
    const context = { ...campaign('mail'), ...page('', 'https://acme.example/?utm_source=other&utm_medium=email') }
    expect(touchOfVisit(context)).toStrictEqual({ ...NO_CAMPAIGN, kind: 'campaign', source: 'mail' })
  })

  it.each(['https://acme.example/#utm_source=x', 'https://acme.example/?source=x', 'https://acme.example/?utm_term=x'])(
    'is not in the URL %s',
    (url) => {
      expect(touchOfVisit(page('', url))).toStrictEqual({ kind: 'direct' })
    }
  )
})

describe('the referral of a touch', () => {
  it.each([
    ['https://News.Example:8443/item', 'news.example'],
    ['http://www.google.com/', 'www.google.com'],
    ['https://10.0.0.2/', '10.0.0.2'],
    ['https://www.google.com./search', 'www.google.com']
  ])('is the host of %s', (referrer, host) => {
    expect(touchOfVisit(page(referrer))).toStrictEqual({ kind: 'referral', host })
  })

  it.each([
    ['the page itself', page('https://acme.example/other')],
    ['another host of the site', page('https://app.acme.co.uk/', 'https://www.acme.co.uk/')],
    ['the site with a dot at the end of its host', page('https://acme.example./')],
    ['the site, and the URL of the page has the dot', page('https://app.acme.example/', 'https://acme.example./')],
    ['a dot', page('http://./')],
    ['the same IP address', page('http://10.0.0.1:3000/', 'http://10.0.0.1/')],
    ['the same host of this machine', page('http://localhost:3000/', 'http://localhost:8080/')],
    ['nothing', page('')],
    ['no URL', page('somewhere')],
    ['no URL of a website', page('android-app://com.example/')],
    ['a path', page('/pricing')],
    ['no page', {}]
  ])('is none if the referrer is %s', (_what, context) => {
    expect(touchOfVisit(context)).toStrictEqual({ kind: 'direct' })
  })

  it.each([
    ['a website under the same public suffix', 'https://bob.github.io/', 'https://ann.github.io/'],
    ['another IP address', 'http://10.0.0.2/', 'http://10.0.0.1/'],
    ['a website, and the page has no URL', 'https://acme.example/', undefined],
    ['a website, and the URL of the page is none', 'https://acme.example/', 'acme.example']
  ])('is another site if the referrer is %s', (_what, referrer, url) => {
    expect(touchOfVisit({ page: { referrer, url } })).toStrictEqual({
      kind: 'referral',
      host: new URL(referrer).hostname
    })
  })
})

describe('the sources', () => {
  const sources = (...events: WireEvent[]) => readModel(events).dashboard.sources
  const visit = (day: number, anonymous: string, values: object) =>
    on(day, 'visit', { anonymous, context: { campaign: values } })

  it('are grouped without regard to upper case and blanks, and shown as first written', () => {
    const events = [
      visit(2, 'a', { source: 'google', medium: 'CPC', name: 'springsale' }),
      visit(1, 'b', { source: 'Google', medium: 'cpc', name: 'Spring Sale' })
    ]
    expect(sources(...events)).toMatchObject([{ name: 'Google / cpc / Spring Sale', people: 2 }])
  })

  it('are kept apart by medium', () => {
    const events = [visit(1, 'a', { source: 'x', medium: 'cpc' }), visit(1, 'b', { source: 'x', medium: 'email' })]
    expect(sources(...events)).toMatchObject([{ name: 'x / cpc' }, { name: 'x / email' }])
  })

  it('are kept apart by what a name is for', () => {
    expect(sources(visit(1, 'a', { source: 'x' }), visit(1, 'b', { medium: 'x' }))).toHaveLength(2)
  })
})
