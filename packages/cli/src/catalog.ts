/** A library or server that Segment collects calls with. */
export type SourceKind = 'web' | 'mobile' | 'server'

/** A kind of call that Segment's libraries make. */
export type Method = 'page' | 'screen' | 'identify' | 'track' | 'group' | 'alias'

/** What Segment's catalog says, and the destination's definition does not. Nothing here follows from the definition. */
export const CATALOG = {
  company: 'Tractionboard',
  website: 'http://tractionboard.io/',
  categories: ['Analytics'],
  /** With the company's name, and without: both SVG, as the catalog wants them. */
  logo: 'https://cdn-devcenter.segment.com/cab66bd4-86e9-45cb-9c9e-9c0127ee2660.svg',
  mark: 'https://cdn-devcenter.segment.com/3d04742d-8ac7-4739-8bb4-772c46d3ffc3.svg',
  /** A cloud destination never sees whether a call was made in a browser, in an app or on a server: it takes all. */
  sources: ['web', 'mobile', 'server'] satisfies SourceKind[],
  /** The entry of the classic destination, which stays in the catalog beside this one. */
  classic: {
    name: 'Tractionboard (Classic)',
    slug: 'tractionboard',
    setting: 'apiKey',
    methods: ['page', 'identify', 'track', 'group', 'alias'] as Method[],
    replay: false
  }
} as const

/** Where Segment's docs have the page of a destination of the catalog. */
export const docsPathOf = (slug: string): string => `/docs/connections/destinations/catalog/${slug}`
