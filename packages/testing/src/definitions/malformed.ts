import minimal from './minimal'

export default { ...minimal, actions: { ...minimal.actions, pay: { title: 'Pay' } } }
