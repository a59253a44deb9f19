import { checkFaults, checkSpend } from './check/settings'
import type { Faults } from './faults/settings'
import { FaultSwitch } from './faults/switch'
import { Journal } from './journal'
import type { Spend } from './model/project'
import { Store } from './store'

/** What a sandbox can be started with. */
export interface StateOptions {
  /** The one Token ID that is good. */
  token: string
  /** Unchecked. */
  spend: Spend
  /** Unchecked. */
  faults: Faults
}

/** All that changes while a sandbox runs. */
export class State {
  readonly token: string
  readonly store = new Store()
  readonly journal = new Journal()
  readonly faults = new FaultSwitch()

  /** @throws a problem that names the member at fault if the spend or the faults are wrong. */
  constructor(private readonly options: StateOptions) {
    this.token = options.token
    this.reset()
  }

  /** Puts everything back to how it was at the start: no events, an empty journal, the first spend and faults. */
  reset(): void {
    this.store.clear()
    this.journal.clear()
    this.setSpend(this.options.spend)
    this.setFaults(this.options.faults)
  }

  /** Replaces the spend. Throws a problem that names the currency at fault if it is wrong. */
  setSpend(spend: unknown): void {
    this.store.setSpend(checkSpend(spend))
  }

  /** Sets the fault switch anew. Throws a problem that names the member at fault if the settings are wrong. */
  setFaults(faults: unknown): void {
    this.faults.set(checkFaults(faults))
  }
}
