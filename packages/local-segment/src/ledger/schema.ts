import { COUNT_NAMES } from '../counts'

/** Marks the file as a ledger: `TBRP`. */
export const APPLICATION_ID = 0x54425250

/** Goes up with every change of the schema. */
export const VERSION = 2

const counts = COUNT_NAMES.map((name) => `${name} INTEGER NOT NULL DEFAULT 0`).join(', ')

export const SCHEMA = `
CREATE TABLE ledger (
  id TEXT NOT NULL, address TEXT NOT NULL, account TEXT NOT NULL, run TEXT, definition TEXT NOT NULL, filters TEXT NOT NULL
) STRICT;
CREATE TABLE archives (
  name TEXT PRIMARY KEY, size INTEGER NOT NULL, version TEXT NOT NULL,
  done INTEGER NOT NULL DEFAULT 0, sentUpTo INTEGER NOT NULL DEFAULT 0, isComplete INTEGER NOT NULL DEFAULT 0, ${counts}
) STRICT;
CREATE TABLE actions (
  archive TEXT NOT NULL, action TEXT NOT NULL, accepted INTEGER NOT NULL, PRIMARY KEY (archive, action)
) STRICT;
CREATE TABLE delivered (archive TEXT NOT NULL, keys BLOB NOT NULL) STRICT;
CREATE INDEX deliveredOfArchive ON delivered (archive);
CREATE TABLE deadLetters (file TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${VERSION};`
