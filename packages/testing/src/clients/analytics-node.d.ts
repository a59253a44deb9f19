// The package has no types.
declare module 'analytics-node' {
  const Analytics: unknown
  export default Analytics
}
