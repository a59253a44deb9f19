import minimal from './minimal'

/** A definition with one error and one warning, exported by name. */
export const destination = {
  ...minimal,
  name: 'Faulty',
  description: '',
  presets: [
    ...(minimal.presets ?? []),
    {
      name: 'All Tracks',
      type: 'automatic',
      partnerAction: 'greet',
      subscribe: 'type = "track"',
      mapping: { id: { '@path': '$.userId' } }
    }
  ]
}
