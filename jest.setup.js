const nock = require('nock')

// No test goes out to the network: what is not on this machine is answered by a recording, or it is an error.
beforeAll(() => {
  if (!nock.isActive()) nock.activate()
  nock.disableNetConnect()
  nock.enableNetConnect('127.0.0.1')
})

afterAll(() => {
  nock.cleanAll()
  nock.restore()
  nock.enableNetConnect()
})
