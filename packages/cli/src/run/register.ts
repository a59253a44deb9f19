import { LIMITS } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import { register } from '../register'
import { missingItems, type PersonalDetails } from '../register/packet'
import { wrapText } from '../report/layout'

export interface RegisterOptions extends PersonalDetails {
  /** The folder to write. */
  out: string
}

/** Writes the registration packet, and prints what it lacks. Throws what `register` throws. */
export function runRegister({ out, ...details }: RegisterOptions): void {
  const { folder, files, packet } = register(destination, LIMITS, details, out)
  console.log(`Written to ${folder}: ${files.join(', ')}`)
  console.log(['', 'Still missing:', ...missingItems(packet).map((item) => wrapText(`- ${item}`, '  '))].join('\n'))
}
