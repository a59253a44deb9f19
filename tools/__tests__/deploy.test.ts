import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { program } from '../../packages/cli/src/program'

const FOLDER = join(__dirname, '../../deploy')

const OPTIONS = program().commands.find((command) => command.name() === 'worker')?.options ?? []

/** The options in the words of a command, whether their value is in the same word or not. */
const optionsIn = (words: string[]) => words.flatMap((word) => word.match(/--[a-z-]+(?==|$)/) ?? [])

const REQUIRED = ['--api-url', '--dead-letters']

const VARIABLES = OPTIONS.flatMap(({ envVar }) => envVar ?? [])

describe('deploy', () => {
  it('has a manifest for Kubernetes, whose workers take the options that they are given', () => {
    const documents = parseAllDocuments(readFileSync(join(FOLDER, 'kubernetes.yaml'), 'utf8'))
    expect(documents.flatMap((document) => ('errors' in document ? document.errors : []))).toEqual([])
    const [job, volume] = documents.map((document) => document.toJS() as Manifest)
    const [{ command, args, env }] = job.spec.template.spec.containers
    expect(command).toEqual(['tractionboard', 'worker'])
    expect(optionsIn(args)).toEqual(REQUIRED)
    expect(OPTIONS.map(({ long }) => long)).toEqual(expect.arrayContaining(REQUIRED))
    expect(env.map(({ name }) => name).sort()).toEqual(['POD_NAME', ...VARIABLES].sort())
    expect(job.spec.template.spec.volumes[0].persistentVolumeClaim.claimName).toBe(volume.metadata.name)
  })

  it('has a job definition for AWS Batch, whose workers take the options that they are given', () => {
    const text = readFileSync(join(FOLDER, 'aws-batch-job-definition.json'), 'utf8')
    const { containerProperties: container } = JSON.parse(text) as BatchJob
    const script = container.command.at(-1) ?? ''
    expect(script).toMatch(/^exec tractionboard worker /)
    expect(optionsIn(script.split(' '))).toEqual(REQUIRED)
    expect(container.secrets.map(({ name }) => name).sort()).toEqual([...VARIABLES].sort())
    expect(container.mountPoints.map(({ sourceVolume }) => sourceVolume)).toEqual(
      container.volumes.map(({ name }) => name)
    )
  })
})

interface Manifest {
  metadata: { name: string }
  spec: {
    template: {
      spec: {
        containers: { command: string[]; args: string[]; env: { name: string }[] }[]
        volumes: { persistentVolumeClaim: { claimName: string } }[]
      }
    }
  }
}

interface BatchJob {
  containerProperties: {
    command: string[]
    secrets: { name: string }[]
    volumes: { name: string }[]
    mountPoints: { sourceVolume: string }[]
  }
}
