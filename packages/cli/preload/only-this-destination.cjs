// Loaded into upstream's `validate`: its list of destinations has this one alone, registered or not.
const Module = require('node:module')
const { resolve } = require('node:path')

const folder = resolve(process.env.VERIFY_FOLDER)

/** What stands in for a module, by the names under which it is required. */
const MODULES = [
  {
    names: /^@segment\/action-destinations$|[\\/]destination-actions[\\/]src$/,
    id: 'this-destination',
    manifest: () => ({ [folder]: { definition: require(folder).default, path: folder } })
  },
  { names: /^@segment\/destinations-manifest$/, id: 'no-destinations', manifest: () => ({}) }
]

const { _resolveFilename: resolveFilename, _load: load } = Module

Module._resolveFilename = (request, ...rest) =>
  MODULES.find(({ names }) => names.test(request))?.id ?? resolveFilename.call(Module, request, ...rest)

Module._load = (request, ...rest) => {
  const standIn = MODULES.find(({ id }) => id === request)
  return standIn ? { manifest: standIn.manifest() } : load.call(Module, request, ...rest)
}
