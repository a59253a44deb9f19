/** A kind of library that Segment collects calls with. */
export type SourceKind = 'web' | 'mobile' | 'server'

/** A call of Segment's tracking API. */
export type Method = 'page' | 'screen' | 'identify' | 'track' | 'group' | 'alias'

/** What Segment's catalog says and the definition of the destination does not. */
export const CATALOG = {
  company: 'Tractionboard',
  website: 'http://tractionboard.io/',
  categories: ['Analytics'],
  /** SVG, as the catalog requires: the logo with the name of the company, the mark without. */
  logo: 'https://cdn-devcenter.segment.com/cab66bd4-86e9-45cb-9c9e-9c0127ee2660.svg',
  mark: 'https://cdn-devcenter.segment.com/3d04742d-8ac7-4739-8bb4-772c46d3ffc3.svg',
  /** A cloud destination cannot tell a browser from an app or a server, so it takes calls from all of them. */
  sources: ['web', 'mobile', 'server'] satisfies SourceKind[],
  /** The entry of the classic destination, which stays in the catalog beside this one. */
  classic: {
    name: 'Tractionboard',
    slug: 'tractionboard',
    setting: 'apiKey',
    methods: ['page', 'identify', 'track', 'group', 'alias'] as Method[],
    replay: false,
    linkedAudiences: false
  },
  /** Where a company joins Segment's partner program. */
  partnerProgram: 'https://segment.com/partners/integration/'
} as const

/** The path of a destination's page in Segment's docs. */
export const docsPath = (slug: string): string => `/docs/connections/destinations/catalog/${slug}`

/** The address at which Segment publishes a destination's page. */
export const docsUrl = (slug: string): string =>
  `https://www.twilio.com/docs/segment/connections/destinations/catalog/${slug}`
