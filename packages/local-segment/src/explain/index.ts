export { explainPayload, type FieldExplanation } from './payload'
export { explainTrigger, type Explanation } from './trigger'
