// Loaded into upstream's local server: what the destination sends to its own server goes to the sandbox instead. A request
// to any other server is an error.
const http = require('node:http')
const https = require('node:https')

const server = new URL(process.env.VERIFY_SERVER)
const sandbox = new URL(process.env.VERIFY_SANDBOX)

https.request = (options, callback) => {
  if (options.hostname !== server.hostname) {
    throw new Error(`A request to ${options.hostname} was stopped. The destination may only use ${server.hostname}.`)
  }
  const { protocol, hostname, port } = sandbox
  return http.request({ ...options, protocol, hostname, host: hostname, port, agent: undefined }, callback)
}
