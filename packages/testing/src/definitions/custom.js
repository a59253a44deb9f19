// A definition as CommonJS. Its default is on a property that Segment's spec does not name.
const { default: minimal } = require('./minimal')

const { pay, ...actions } = minimal.actions
const points = { ...pay.fields.batch_size, default: { '@path': '$.properties.loyalty_points' } }

module.exports = {
  ...minimal,
  name: 'Custom',
  actions: { ...actions, pay: { ...pay, fields: { ...pay.fields, points } } }
}
