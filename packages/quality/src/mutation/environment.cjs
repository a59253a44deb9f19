const { TestEnvironment } = require('jest-environment-node')

/** Skips the tests after the first that failed: one is enough to tell that a mutant does not survive. */
module.exports = class extends TestEnvironment {
  isKilled = false

  handleTestEvent({ name, test }) {
    if (name === 'test_fn_failure' || (name === 'test_done' && test.errors.length > 0)) this.isKilled = true
    if (name === 'test_start' && this.isKilled) test.mode = 'skip'
  }
}
