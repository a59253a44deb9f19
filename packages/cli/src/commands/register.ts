import type { Command } from 'commander'
import { LIMITS } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import { register } from '../register'
import { missing } from '../register/readme'

interface Options {
  supportEmail: string
  pullRequest?: string
  out: string
}

export const addRegister = (program: Command): void => {
  program
    .command('register')
    .description("write everything that Segment's partner portal and catalog ask for")
    .requiredOption('--support-email <address>', "where Segment's support sends the questions of customers")
    .option('--pull-request <URL>', 'the pull request on action-destinations; the e-mail for the catalog needs it')
    .option('--out <folder>', 'where to write it', 'tractionboard-registration')
    .action(({ supportEmail, pullRequest, out }: Options) => {
      const { folder, files, packet } = register(destination, LIMITS, { supportEmail, pullRequest }, out)
      console.log(`Written to ${folder}: ${files.join(', ')}`)
      console.log(['', 'Still missing:', ...missing(packet).map((thing) => `- ${thing}`)].join('\n'))
    })
}
