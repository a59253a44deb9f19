import { LIMITS } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import { register } from '../register'
import { missingItems, type PersonalDetails } from '../register/packet'
import { wrapText } from '../report/layout'
import { print } from '../terminal'

export interface RegisterOptions extends PersonalDetails {
  /** The folder to write. */
  out: string
}

/** Writes the registration packet, and prints what it lacks. Throws what `register` throws. */
export function runRegister({ out, ...details }: RegisterOptions): void {
  const { folder, files, packet } = register(destination, LIMITS, details, out)
  print(`Written to ${folder}: ${files.join(', ')}`)
  if (packet.pullRequest && !details.pullRequest) {
    print(`The pull request is the one of the last run: ${packet.pullRequest}`)
  }
  print(['', 'Still missing:', ...missingItems(packet).flatMap((item) => wrapText(`- ${item}`, '  '))])
}
