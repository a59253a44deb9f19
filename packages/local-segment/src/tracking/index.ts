export { createTrackingServer, type TrackingServer, type TrackingServerOptions } from './server'
