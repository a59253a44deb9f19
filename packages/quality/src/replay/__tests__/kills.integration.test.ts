import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { isRedisInstalled } from '@tractionboard/testing/redis'
import { replayOnManyMachines } from '../many-machines'
import { replayWithKills } from '../one-machine'

const REPOSITORY = resolve(__dirname, '../../../../..')

// What is killed is the compiled command.
beforeAll(() => void execFileSync('npx', ['--no-install', 'tsc', '-b', 'packages/cli'], { cwd: REPOSITORY }), 120_000)

describe('A replay that is killed again and again', () => {
  it('delivers every event exactly once, and counts right', async () => {
    expect(await replayWithKills(7, 3, 2)).toMatchObject({ kills: 3, totals: { read: 10_960 }, mismatches: [] })
  }, 180_000)
})

const describeWithRedis = isRedisInstalled() ? describe : describe.skip

describeWithRedis('A queue whose workers are killed (left out where redis-server is missing)', () => {
  it('delivers every event exactly once, also when Redis loses everything', async () => {
    expect(await replayOnManyMachines(7, 3, 2)).toMatchObject({ totals: { read: 10_960 }, mismatches: [] })
  }, 180_000)
})
