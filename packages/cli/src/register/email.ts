import { fillTemplate, readTemplate } from '../markdown/template'
import type { Packet } from './packet'

/** Segment's address for the facts of catalog entries. */
export const PARTNER_SUPPORT = 'partner-support@segment.com'

/** The e-mail that asks Segment for the catalog entry, ready to send. */
export const catalogEmail = (packet: Packet & { pullRequest: string }): string =>
  fillTemplate(readTemplate('catalog-email.txt'), {
    partnerSupport: PARTNER_SUPPORT,
    name: packet.name,
    pullRequest: packet.pullRequest,
    description: packet.description,
    website: packet.website,
    categories: packet.categories.join(', '),
    logo: packet.logo.url,
    mark: packet.mark.url,
    supportEmail: packet.supportEmail
  })
