/** Exports the calls, helpers and scenarios of the destination's tests, which are contributed with its folder. */
export * from '../../destination/src/__tests__/__helpers__/calls'
export * from '../../destination/src/__tests__/__helpers__/run'
export * from '../../destination/src/__tests__/__helpers__/scenarios'
