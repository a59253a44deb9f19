import { Destination, type JSONObject, type SegmentEvent } from '@segment/actions-core'
import { testFolder } from '@tractionboard/testing/test-folder'
import { SILENT } from '@tractionboard/testing/silent-progress'
import { replay } from '@tractionboard/local-segment'
import { describeReplay } from '../../../cli/src/report/replay'
import { describeDashboard } from '../../../cli/src/report/dashboard'
import { withBaseUrl } from '@tractionboard/local-segment'
import destination from '@tractionboard/destination'
import { startSandbox, type Sandbox } from '@tractionboard/sandbox'
import type { Checked } from './deliveries'

/**
 * Members with names that have a meaning in JavaScript. They are text, because `__proto__` in a literal would set the
 * prototype, and in JSON it is a member like any other.
 */
const HOSTILE_MEMBERS =
  '"__proto__":{"polluted":"yes","isAdmin":true},"constructor":{"prototype":{"polluted":"yes"}},"prototype":{"polluted":"yes"},' +
  '"toString":"text","valueOf":1,"hasOwnProperty":true,"__defineGetter__":"x","toJSON":"j","then":"t","length":-1'

/** Those that must be kept as attributes. */
const KEPT_NAMES = [
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'toJSON',
  'then',
  'length'
]

const HOSTILE_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']

/** The lines of an archive: with hostile members everywhere, and with hostile names of users and events. */
function lines(): string[] {
  let number = 0
  const line = (members: string, id = `hostile-${(number += 1)}`) =>
    `{"messageId":"${id}","timestamp":"2026-03-02T09:14:07.${String(number).padStart(3, '0')}Z","context":{"campaign":{${HOSTILE_MEMBERS}},"page":{${HOSTILE_MEMBERS}},${HOSTILE_MEMBERS}},${members}}`
  return [
    line(
      `"type":"identify","userId":"u","anonymousId":"a","traits":{${HOSTILE_MEMBERS},"deep":{${HOSTILE_MEMBERS}}},${HOSTILE_MEMBERS}`
    ),
    line(
      `"type":"identify","userId":"by-context","context":{"traits":{${HOSTILE_MEMBERS},"deep":{${HOSTILE_MEMBERS}}}}`
    ),
    line(`"type":"identify","userId":null,"anonymousId":"a","traits":{${HOSTILE_MEMBERS}}`),
    line(`"type":"track","event":"Note Created","userId":"u","properties":{${HOSTILE_MEMBERS}}`),
    line(`"type":"track","event":"Payment Made","userId":"u","properties":{"revenue":5,${HOSTILE_MEMBERS}}`),
    line(`"type":"page","name":"Home","anonymousId":"a","properties":{${HOSTILE_MEMBERS}}`),
    line(`"type":"group","groupId":"g","userId":"u","traits":{${HOSTILE_MEMBERS}}`),
    ...HOSTILE_NAMES.flatMap((name) => [
      line(`"type":"identify","userId":"${name}","anonymousId":"${name}","traits":{"name":"${name}"}`),
      line(`"type":"track","event":"${name}","userId":"${name}","properties":{}`),
      line(`"type":"track","event":"signup","userId":"${name}","properties":{}`, name),
      line(`"type":"track","event":"Payment Made","userId":"${name}","properties":{"revenue":5,"currency":"${name}"}`),
      line(`"type":"alias","userId":"${name}","previousId":"old-${name}"`),
      `{"type":"${name}","messageId":"type-${name}"}`
    ])
  ]
}

/** The members of the built-in prototypes, to compare. */
const prototypeMembers = () =>
  JSON.stringify(
    [Object, Array, Function, String, Map, Promise].map(({ prototype }) =>
      Object.entries(Object.getOwnPropertyDescriptors(prototype)).map(([name, { value, writable }]) => [
        name,
        typeof value,
        writable
      ])
    )
  )

/** Sends the lines through the destination, the sandbox and a replay, and checks that no prototype changes. */
export async function checkPrototypes(): Promise<Checked> {
  const checked: Checked = { checks: 0, findings: [] }
  const before = prototypeMembers()
  const holds = (what: string, isSo: boolean) => {
    checked.checks += 1
    if (!isSo) checked.findings.push(what)
  }
  const sandbox = await startSandbox()
  try {
    await deliverAlone(sandbox)
    holds('Calls alone changed a prototype.', prototypeMembers() === before)
    keepsData(sandbox, 'alone', holds)
    sandbox.reset()
    const printed = await replayLines(sandbox)
    holds('A replay changed a prototype.', prototypeMembers() === before)
    keepsData(sandbox, 'replayed', holds)
    holds('The command does not count every call.', new RegExp(`read +${lines().length}\\b`).test(printed))
    await readByName(sandbox, holds)
    holds('The addresses of the sandbox changed a prototype.', prototypeMembers() === before)
  } finally {
    await sandbox.close()
  }
  return checked
}

type Holds = (what: string, isSo: boolean) => void

function keepsData(sandbox: Sandbox, how: string, holds: Holds): void {
  const users = sandbox.users()
  for (const id of ['u', 'by-context']) {
    const attributes = users.find(({ external_user_id }) => external_user_id === id)?.attributes ?? {}
    const { deep = {} } = attributes as { deep?: object }
    for (const name of KEPT_NAMES) {
      holds(`${how}: the attribute ${name} of ${id} is lost.`, Object.hasOwn(attributes, name))
      holds(`${how}: the member ${name} of an attribute of ${id} is lost.`, Object.hasOwn(deep, name))
    }
  }
  for (const name of HOSTILE_NAMES) {
    const user = users.find(({ external_user_id }) => external_user_id === name)
    holds(`${how}: the user ${name} is lost.`, user?.attributes.name === name && user.signups === 1)
    holds(`${how}: the user ${name} has earnings of another user.`, Object.keys(user?.earnings ?? {}).length === 0)
  }
}

async function deliverAlone(sandbox: Sandbox): Promise<void> {
  const definition = withBaseUrl(destination, sandbox.origin)
  const subscriptions = (destination.presets ?? []).filter(({ type }) => type === 'automatic')
  for (const line of lines()) {
    const settings = { tokenId: sandbox.token, subscriptions: subscriptions as unknown as JSONObject[] }
    // Some of the calls are invalid, which does not matter here.
    await new Destination(definition).onEvent(JSON.parse(line) as SegmentEvent, settings).catch(() => undefined)
  }
}

async function replayLines(sandbox: Sandbox): Promise<string> {
  const folder = testFolder()
  try {
    const file = folder.write('calls.json', lines().join('\n'))
    const report = await replay(withBaseUrl(destination, sandbox.origin), { tokenId: sandbox.token }, [file], SILENT)
    return [...describeReplay(report), ...describeDashboard(sandbox.dashboard())].join('\n')
  } finally {
    folder.remove()
  }
}

/** Reads and erases users, and sets faults and a spend, with hostile names over HTTP. */
async function readByName(sandbox: Sandbox, holds: Holds): Promise<void> {
  const ask = (method: string, path: string, body?: string) =>
    fetch(`${sandbox.origin}${path}`, {
      method,
      body,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${sandbox.token}` }
    })
  for (const body of [`{${HOSTILE_MEMBERS}}`, '{"__proto__":{"USD":5}}', '{"constructor":1}']) {
    for (const path of ['/sandbox/spend', '/sandbox/faults', '/v1/events']) {
      const { status } = await ask(path === '/v1/events' ? 'POST' : 'PUT', path, body)
      holds(`${path} accepts ${body}.`, status === 400)
    }
  }
  for (const name of HOSTILE_NAMES) {
    holds(`The user ${name} is not found.`, (await ask('GET', `/sandbox/users/${name}`)).status === 200)
    const { status } = await ask('POST', '/v1/erasures', JSON.stringify({ external_user_id: name }))
    holds(`The user ${name} is not erased.`, status === 204)
    holds(`The user ${name} is still found.`, (await ask('GET', `/sandbox/users/${name}`)).status === 404)
  }
}
