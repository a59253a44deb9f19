/** Hands on the calls, runs and scenarios of the destination's own tests, which travel with the destination's folder. */
export * from '../../destination/src/__tests__/__helpers__/calls'
export * from '../../destination/src/__tests__/__helpers__/run'
export * from '../../destination/src/__tests__/__helpers__/scenarios'
