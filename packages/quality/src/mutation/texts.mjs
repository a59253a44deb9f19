import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin'

/** The members of a definition that are shown to a person and decide nothing. */
const SHOWN = ['label', 'description']

const IGNORED = 'A text for the screen. It decides nothing, and metadata.json, which `npm run check` compares, has it.'

const isText = (node) => ['StringLiteral', 'TemplateLiteral'].includes(node.type)

const nameOf = ({ type, name, value }) => (type === 'Identifier' ? name : value)

/** Leaves the texts of fields, actions and settings alone. Everything else that is a text is mutated. */
const texts = {
  shouldIgnore({ node, parent }) {
    const isShown = isText(node) && parent?.type === 'ObjectProperty' && SHOWN.includes(nameOf(parent.key))
    return isShown ? IGNORED : undefined
  }
}

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'texts', texts)]
