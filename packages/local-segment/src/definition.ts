import { Destination } from '@segment/actions-core'
import type { DestinationDefinition } from '@segment/actions-core'

/**
 * Makes a destination that can be run.
 *
 * actions-core names its validation schemas `<name>:<action title>`, and ajv reads such a name as a URI. A display name
 * such as `Tractionboard (Actions)` is no valid scheme, and fast-uri refuses it from version 3.1.6 on. So the definition
 * runs under its slug, written as a scheme is (RFC 3986, section 3.1). Nothing else reads the name.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-3.1
 */
export const createDestination = <Settings>(definition: DestinationDefinition<Settings>): Destination<Settings> =>
  new Destination<Settings>({ ...definition, name: uriScheme(definition.slug ?? definition.name) })

const uriScheme = (name: string) => `x-${name.replace(/[^A-Za-z0-9.+-]/g, '-')}`
