import { seeded, type Random } from './random'
import { NO_FAULTS, OUTCOMES, type Faults, type FaultSettings, type Outcome } from './settings'

/** What happens to one request. */
export interface Plan {
  outcomes: ReadonlySet<Outcome>
  settings: FaultSettings
  /** Chance for the rest of this request; other requests in between do not disturb it. */
  random: Random
  /** Draws whether the next event cannot be stored. */
  isUnavailable: () => boolean
}

/** Decides what goes wrong. */
export class FaultSwitch {
  private current = NO_FAULTS
  private random = seeded(NO_FAULTS.seed)

  /** Sets the switch anew: what `faults`, which must be checked, leaves out is as in `NO_FAULTS`. */
  set(faults: Faults): void {
    this.current = { ...NO_FAULTS, ...faults, script: [...(faults.script ?? [])] }
    this.random = seeded(this.current.seed)
  }

  /** The settings, with that part of the script that is still to come. */
  get settings(): FaultSettings {
    return structuredClone(this.current)
  }

  /** Decides about the next request, and moves on in the script if there is one. */
  draw(): Plan {
    const settings = this.current
    const random = seeded(this.random() * 2 ** 32)
    const scripted = settings.script.shift()
    const share = (outcome: Outcome) => (scripted === undefined ? settings[outcome] : Number(outcome === scripted))
    const isDrawn = (outcome: Outcome) => random() < share(outcome)
    return {
      outcomes: new Set(OUTCOMES.filter((outcome) => outcome !== 'unavailable' && isDrawn(outcome))),
      settings,
      random,
      isUnavailable: () => isDrawn('unavailable')
    }
  }
}
