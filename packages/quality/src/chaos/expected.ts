import { gzipSync } from 'node:zlib'
import { reference, type Reference, type Spend } from '@tractionboard/testing/reference'
import { testFolder } from '@tractionboard/testing/test-folder'
import type { Fields } from '@tractionboard/testing/call-builder'

/** What the independent reference makes of calls, in this order. */
export function expectedOf(calls: Fields[], spend: Spend[] = []): Reference {
  const folder = testFolder()
  try {
    const file = folder.write('calls.json.gz', gzipSync(calls.map((call) => JSON.stringify(call)).join('\n')))
    return reference([file], spend)
  } finally {
    folder.remove()
  }
}
