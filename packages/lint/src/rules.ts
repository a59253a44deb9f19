import { DEFAULTS_RULES } from './defaults-rules'
import { FIELD_RULES } from './field-rules'
import type { Rule } from './finding'
import { FQL_RULES } from './fql-rules'
import { PRESET_RULES } from './preset-rules'
import { TEXT_RULES } from './text-rules'

/** All rules, in the order of the report. */
export const RULES: readonly Rule[] = [...TEXT_RULES, ...FIELD_RULES, ...FQL_RULES, ...PRESET_RULES, ...DEFAULTS_RULES]
