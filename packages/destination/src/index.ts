import type { DestinationDefinition } from '@segment/actions-core'
import { authorization, checkToken, erase } from './api'
import type { Settings } from './generated-types'
import { presetsFor } from './presets'

import alias from './alias'
import attribute from './attribute'
import cancel from './cancel'
import event from './event'
import login from './login'
import payment from './payment'
import refund from './refund'
import signup from './signup'
import visit from './visit'

const actions = { visit, login, payment, refund, cancel, signup, attribute, alias, event }

const destination: DestinationDefinition<Settings> = {
  name: 'Tractionboard (Actions)',
  slug: 'actions-tractionboard',
  mode: 'cloud',
  description:
    'Tractionboard centralizes in a single panel where your customers come from, how much it costs to acquire them, and how much you are earning from them.',

  authentication: {
    scheme: 'custom',
    fields: {
      tokenId: {
        label: 'Token ID',
        description: 'You can find the Token ID in the Tractionboard Dashboard, under Settings > Integrations.',
        type: 'password',
        required: true
      }
    },
    testAuthentication: (request) => checkToken(request)
  },

  extendRequest: ({ settings }) => authorization(settings),

  onDelete: async (request, { payload }) => {
    await erase(request, payload)
    return { output: 'Erased' }
  },

  actions,

  presets: presetsFor(actions)
}

export default destination
