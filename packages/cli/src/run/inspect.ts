import destination from '@tractionboard/destination'
import { profiler, replay } from '@tractionboard/local-segment'
import { archiveInput } from '../archive-input'
import type { ArchiveOptions } from '../options'
import { describeInspection } from '../report/inspect'
import { progressBar } from '../report/progress'
import { print } from '../terminal'

export interface InspectOptions extends ArchiveOptions {
  json?: true
}

/** The field that has the ID of an event, and the actions that only set something. */
const ID_FIELD = 'message_id'
const UNCOUNTED = ['attribute', 'alias']

/** Maps and validates the calls of archives without sending any, and prints what they are. */
export async function runInspect(sources: string[], options: InspectOptions): Promise<void> {
  const { archives, filter, mappings } = await archiveInput(sources, options)
  const { add, profile } = profiler(mappings, ID_FIELD, UNCOUNTED)
  const report = await replay(destination, { tokenId: 'dry-run' }, archives, progressBar(), {
    isDryRun: true,
    mappings,
    filter: (call) => {
      const isTaken = filter(call)
      if (isTaken) add(call)
      return isTaken
    }
  })
  const { filteredOut, malformed, rejected, rejections, malformedLines, readErrors } = report
  const inspection = { ...profile(), filteredOut, rejected, rejections, malformed, malformedLines, readErrors }
  print(options.json ? JSON.stringify(inspection, null, 2).split('\n') : describeInspection(inspection))
}
