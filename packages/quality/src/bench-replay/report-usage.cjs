// Loaded into a command with `--require`: writes what the process used to the file that USAGE_FILE names.
const { writeFileSync } = require('node:fs')

process.once('exit', () => writeFileSync(process.env.USAGE_FILE, JSON.stringify(process.resourceUsage())))
