import { FAULT_KINDS, NO_FAULTS, type FaultKind, type Faults, type FaultSettings } from './kinds'
import { seededRandom, type Random } from './random'

/** The faults of one request. */
export interface FaultPlan {
  kinds: ReadonlySet<FaultKind>
  settings: FaultSettings
  /** The draws of this request alone, so that requests at the same time do not change each other's faults. */
  random: Random
  /** Draws whether the next event cannot be stored. */
  isUnavailable: () => boolean
}

/** Decides which faults each request gets. */
export class FaultInjector {
  private current = NO_FAULTS
  private random = seededRandom(NO_FAULTS.seed)

  /**
   * Replaces the settings, and starts anew with the seed and the script.
   *
   * @param faults valid settings; what they leave out gets its default.
   */
  configure(faults: Faults): void {
    this.current = { ...NO_FAULTS, ...faults, script: [...(faults.script ?? [])] }
    this.random = seededRandom(this.current.seed)
  }

  /** The settings, with the part of the script that is still to come. */
  get settings(): FaultSettings {
    return structuredClone(this.current)
  }

  /** Decides about the next request, and moves on in the script. */
  next(): FaultPlan {
    const settings = this.current
    const random = seededRandom(this.random.integer(2 ** 32))
    const scripted = settings.script.shift()
    const share = (kind: FaultKind) => (scripted === undefined ? settings[kind] : Number(kind === scripted))
    const isDrawn = (kind: FaultKind) => random.float() < share(kind)
    return {
      kinds: new Set(FAULT_KINDS.filter((kind) => kind !== 'unavailable' && isDrawn(kind))),
      settings,
      random,
      // Most sandboxes have no faults, and need no draw for each event.
      isUnavailable: () => share('unavailable') > 0 && isDrawn('unavailable')
    }
  }
}
