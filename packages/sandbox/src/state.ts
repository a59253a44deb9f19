import { randomUUID } from 'node:crypto'
import { FaultInjector } from './faults/injector'
import type { Faults } from './faults/kinds'
import { Journal } from './journal'
import { spendEntries, type Spend, type SpendEntry } from './model/spend'
import { Store } from './store'
import { validateFaults, validateSpend } from './validation/settings'
import { ViolationError, type Violation } from './validation/violation'

/** What a sandbox starts with, not yet validated. */
export interface StateOptions {
  /** The Token ID that is good. */
  token: string
  spend: Spend | readonly SpendEntry[]
  faults: Faults
}

/** All that changes while a sandbox runs. */
export class State {
  readonly token: string
  readonly store = new Store()
  readonly faults = new FaultInjector()
  /** Another one after each reset, so that a request from before the reset is not added to the new one. */
  journal = new Journal()
  /** A UUID, another one after each reset: what was sent to an earlier run is not in this one. */
  run = ''

  /** @throws a `ViolationError` if the spend or the faults are invalid. */
  constructor(private readonly options: StateOptions) {
    this.token = options.token
    this.reset()
  }

  /** Goes back to the start: no events, an empty journal, and the spend and the faults that the sandbox started with. */
  reset(): void {
    this.store.clear()
    this.journal = new Journal()
    this.run = randomUUID()
    this.setSpend(this.options.spend)
    this.setFaults(this.options.faults)
  }

  /**
   * Replaces the spend.
   *
   * @throws a `ViolationError` that names the currency or the entry at fault.
   */
  setSpend(spend: unknown): void {
    this.store.setSpend(spendEntries(validCopy<Spend | SpendEntry[]>(spend, validateSpend)))
  }

  /**
   * Replaces the fault settings, and starts anew with the seed and the script.
   *
   * @throws a `ViolationError` that names the setting at fault.
   */
  setFaults(faults: unknown): void {
    this.faults.configure(validCopy<Faults>(faults, validateFaults))
  }
}

function validCopy<T>(value: unknown, validate: (value: unknown) => Violation | undefined): T {
  const violation = validate(value)
  if (violation) throw new ViolationError(violation)
  return structuredClone(value) as T
}
