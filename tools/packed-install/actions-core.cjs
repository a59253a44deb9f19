/** Runs the destination with actions-core alone, as packages/destination/README.md says, against the sandbox. */
const assert = require('node:assert/strict')
const { Destination } = require('@segment/actions-core')
const { default: tractionboard } = require('@tractionboard/destination')
const { withBaseUrl } = require('@tractionboard/local-segment')
const { startSandbox } = require('@tractionboard/sandbox')

async function main() {
  const sandbox = await startSandbox()
  const definition = withBaseUrl(tractionboard, sandbox.origin)
  const destination = new Destination({ ...definition, name: definition.slug })
  const call = { type: 'track', event: 'Trial Started', userId: 'u1', timestamp: '2026-03-02T10:00:00Z' }
  const subscription = definition.presets.find(({ partnerAction }) => partnerAction === 'event')
  const settings = { tokenId: sandbox.token, subscription }

  await destination.testAuthentication(settings)
  await destination.onEvent({ ...call, messageId: 'single' }, settings)
  const [{ multistatus }] = await destination.onBatch([{ ...call, messageId: 'batch' }], settings)
  assert.equal(multistatus[0].status, 200)
  assert.equal(sandbox.users()[0].external_user_id, 'u1')
  await sandbox.close()
  console.log('A single event and a batch were delivered.')
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
