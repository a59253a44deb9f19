import type { Fields } from '@tractionboard/testing/call-builder'
import { COMPANY, TITLES, type Campaign } from './company'
import type { Device, Person } from './people'

/** A page, as analytics.js describes it. */
export interface Page extends Fields {
  path: string
  referrer: string
  search: string
  title: string
  url: string
}

/** The page at a path. A campaign is added to its URL as UTM parameters. */
export function page(path: string, referrer = '', campaign: Campaign = {}): Page {
  const search = new URLSearchParams(
    Object.entries(campaign).map(([key, value]) => [key === 'name' ? 'utm_campaign' : `utm_${key}`, value])
  ).toString()
  const query = search && `?${search}`
  return { path, referrer, search: query, title: TITLES[path], url: COMPANY.site + path + query }
}

/** The context that analytics.js adds. */
export const webContext = (person: Person, device: Device, page: Page, campaign?: Campaign): Fields => ({
  ...(campaign && { campaign }),
  ip: device.ip,
  locale: person.place.locale,
  page,
  timezone: person.place.timezone,
  userAgent: device.userAgent
})

/** The context that the iOS library adds: there is no page. */
export const iosContext = (person: Person, device: Device): Fields => ({
  app: COMPANY.app,
  device: { manufacturer: 'Apple', model: 'iPhone17,3', type: 'ios' },
  ip: device.ip,
  locale: person.place.locale,
  network: { cellular: false, wifi: true },
  os: { name: 'iOS', version: '18.3' },
  screen: { height: 852, width: 393 },
  timezone: person.place.timezone,
  userAgent: device.userAgent
})
