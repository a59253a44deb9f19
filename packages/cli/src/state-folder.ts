import { homedir } from 'node:os'
import { join } from 'node:path'

type Environment = Record<string, string | undefined>

const FOLDERS: Partial<Record<NodeJS.Platform, (home: string, environment: Environment) => string>> = {
  darwin: (home) => join(home, 'Library', 'Application Support'),
  win32: (home, { LOCALAPPDATA }) => LOCALAPPDATA || join(home, 'AppData', 'Local')
}

/**
 * The folder of a user where Tractionboard keeps what it must remember between runs: by the XDG Base Directory
 * Specification, or by the custom of the system.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function stateFolder(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home = homedir()
): string {
  // The specification: a relative path is to be ignored.
  const state = environment.XDG_STATE_HOME?.startsWith('/') ? environment.XDG_STATE_HOME : undefined
  const folder = state ?? FOLDERS[platform]?.(home, environment) ?? join(home, '.local', 'state')
  return join(folder, 'tractionboard')
}
