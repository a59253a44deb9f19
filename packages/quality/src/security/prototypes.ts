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
 * Members that mean something to JavaScript, as they come out of JSON: there, `__proto__` is a member like any other.
 * Written as text, because a literal would set the prototype.
 */
const NASTY =
  '"__proto__":{"polluted":"yes","isAdmin":true},"constructor":{"prototype":{"polluted":"yes"}},"prototype":{"polluted":"yes"},' +
  '"toString":"text","valueOf":1,"hasOwnProperty":true,"__defineGetter__":"x","toJSON":"j","then":"t","length":-1'

/** Those of them that must be kept as data. */
const KEPT = [
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

const NASTY_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']

/** The calls of an archive, as text: with such members everywhere, and with such names for users, events and campaigns. */
function lines(): string[] {
  let number = 0
  const line = (said: string, id = `nasty-${(number += 1)}`) =>
    `{"messageId":"${id}","timestamp":"2026-03-02T09:14:07.${String(number).padStart(3, '0')}Z","context":{"campaign":{${NASTY}},"page":{${NASTY}},${NASTY}},${said}}`
  return [
    line(`"type":"identify","userId":"u","anonymousId":"a","traits":{${NASTY},"deep":{${NASTY}}},${NASTY}`),
    line(`"type":"identify","userId":null,"anonymousId":"a","traits":{${NASTY}}`),
    line(`"type":"track","event":"Note Created","userId":"u","properties":{${NASTY}}`),
    line(`"type":"track","event":"Payment Made","userId":"u","properties":{"revenue":5,${NASTY}}`),
    line(`"type":"page","name":"Home","anonymousId":"a","properties":{${NASTY}}`),
    line(`"type":"group","groupId":"g","userId":"u","traits":{${NASTY}}`),
    ...NASTY_NAMES.flatMap((name) => [
      line(`"type":"identify","userId":"${name}","anonymousId":"${name}","traits":{"name":"${name}"}`),
      line(`"type":"track","event":"${name}","userId":"${name}","properties":{}`),
      line(`"type":"track","event":"signup","userId":"${name}","properties":{}`, name),
      line(`"type":"track","event":"Payment Made","userId":"${name}","properties":{"revenue":5,"currency":"${name}"}`),
      line(`"type":"alias","userId":"${name}","previousId":"old-${name}"`),
      `{"type":"${name}","messageId":"type-${name}"}`
    ])
  ]
}

/** The objects that everybody shares, as they are now. */
const shared = () =>
  JSON.stringify(
    [Object, Array, Function, String, Map, Promise].map(({ prototype }) =>
      Object.entries(Object.getOwnPropertyDescriptors(prototype)).map(([name, { value, writable }]) => [
        name,
        typeof value,
        writable
      ])
    )
  )

/** Sends all of it through the destination, the sandbox and the command, and looks at what all objects share. */
export async function checkPrototypes(): Promise<Checked> {
  const checked: Checked = { checks: 0, findings: [] }
  const before = shared()
  const holds = (what: string, isSo: boolean) => {
    checked.checks += 1
    if (!isSo) checked.findings.push(what)
  }
  const sandbox = await startSandbox()
  try {
    await deliverAlone(sandbox)
    holds('Calls alone changed what all objects share.', shared() === before)
    keepsData(sandbox, 'alone', holds)
    sandbox.reset()
    const printed = await replayLines(sandbox)
    holds('A replay changed what all objects share.', shared() === before)
    keepsData(sandbox, 'replayed', holds)
    holds('The command does not count every call.', new RegExp(`read +${lines().length}\\b`).test(printed))
    await readByName(sandbox, holds)
    holds('The addresses of the sandbox changed what all objects share.', shared() === before)
  } finally {
    await sandbox.close()
  }
  return checked
}

type Holds = (what: string, isSo: boolean) => void

function keepsData(sandbox: Sandbox, how: string, holds: Holds): void {
  const users = sandbox.users()
  const attributes = users.find(({ external_user_id }) => external_user_id === 'u')?.attributes ?? {}
  const { deep = {} } = attributes as { deep?: object }
  for (const name of KEPT) {
    holds(`${how}: the attribute ${name} is lost.`, Object.hasOwn(attributes, name))
    holds(`${how}: the member ${name} of an attribute is lost.`, Object.hasOwn(deep, name))
  }
  for (const name of NASTY_NAMES) {
    const user = users.find(({ external_user_id }) => external_user_id === name)
    holds(`${how}: the user ${name} is lost.`, user?.attributes.name === name && user.signups === 1)
    holds(`${how}: the user ${name} has earnings that are not theirs.`, Object.keys(user?.earnings ?? {}).length === 0)
  }
}

async function deliverAlone(sandbox: Sandbox): Promise<void> {
  const definition = withBaseUrl(destination, sandbox.origin)
  const subscriptions = (destination.presets ?? []).filter(({ type }) => type === 'automatic')
  for (const line of lines()) {
    const settings = { tokenId: sandbox.token, subscriptions: subscriptions as unknown as JSONObject[] }
    // Some of them are wrong; that is another matter.
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

/** Reads users, sets faults and a spend, and erases, by such names over HTTP. */
async function readByName(sandbox: Sandbox, holds: Holds): Promise<void> {
  const ask = (method: string, path: string, body?: string) =>
    fetch(`${sandbox.origin}${path}`, {
      method,
      body,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${sandbox.token}` }
    })
  for (const body of [`{${NASTY}}`, '{"__proto__":{"USD":5}}', '{"constructor":1}']) {
    for (const path of ['/sandbox/spend', '/sandbox/faults', '/v1/events']) {
      const { status } = await ask(path === '/v1/events' ? 'POST' : 'PUT', path, body)
      holds(`${path} takes ${body}.`, status === 400)
    }
  }
  for (const name of NASTY_NAMES) {
    holds(`The user ${name} is not found.`, (await ask('GET', `/sandbox/users/${name}`)).status === 200)
    holds(`The user ${name} is not erased.`, (await ask('DELETE', `/v1/users/${name}`)).status === 204)
    holds(`The user ${name} is still found.`, (await ask('GET', `/sandbox/users/${name}`)).status === 404)
  }
}
