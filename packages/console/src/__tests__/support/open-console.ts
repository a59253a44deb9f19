import destination from '@tractionboard/destination'
import { createPlatform, createTrackingServer, type Platform, withBaseUrl } from '@tractionboard/local-segment'
import { type Sandbox, startSandbox } from '@tractionboard/sandbox'
import { createConsole } from '../..'

/** What `tractionboard console` starts. */
export interface OpenConsole {
  origin: string
  trackingUrl: string
  sandbox: Sandbox
  platform: Platform
  close(): Promise<void>
}

/** Starts what `tractionboard console` starts, on free ports. */
export async function openConsole(token = 'a_secret_token'): Promise<OpenConsole> {
  const sandbox = await startSandbox({ token })
  const definition = withBaseUrl(destination, sandbox.origin)
  const settings = { tokenId: token }
  const platform = createPlatform({ definition, settings, batch: { maxWaitMs: 20 }, retry: { minTimeoutMs: 100 } })
  const tracking = await createTrackingServer({ platform })
  const console = await createConsole({ definition, settings, platform, sandbox, trackingUrl: tracking.origin })
  return {
    origin: console.origin,
    trackingUrl: tracking.origin,
    sandbox,
    platform,
    async close() {
      await Promise.all([console.close(), tracking.close()])
      await platform.close()
      await sandbox.close()
    }
  }
}
