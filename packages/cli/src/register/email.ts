import type { Packet } from './packet'

/** Where Segment wants the catalog's facts. */
export const PARTNER_SUPPORT = 'partner-support@segment.com'

/** The e-mail that asks Segment for the entry in the catalog, ready to be sent. */
export const catalogEmail = (packet: Packet & { pullRequest: string }): string => `To: ${PARTNER_SUPPORT}
Subject: ${packet.name}: information for the catalog entry

Hello,

this is the information for the catalog entry of ${packet.name}.

Name: ${packet.name}
Link to the most recent pull request on action-destinations: ${packet.pullRequest}
Description: ${packet.description}
Website: ${packet.website}
Categories: ${packet.categories.join(', ')}
Logo: ${packet.logo.url}
Mark: ${packet.mark.url}
Customer support email address: ${packet.supportEmail}
`
