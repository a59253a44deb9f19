import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin'

/** The members of a definition that are only displayed. */
const DISPLAYED = ['label', 'description']

const IGNORED = 'A displayed text. It changes no behavior, and `npm run check` compares it with metadata.json.'

const isText = (node) => ['StringLiteral', 'TemplateLiteral'].includes(node.type)

const nameOf = ({ type, name, value }) => (type === 'Identifier' ? name : value)

/** Ignores the labels and descriptions of fields, actions and settings. All other texts are mutated. */
const displayTexts = {
  shouldIgnore({ node, parent }) {
    const isShown = isText(node) && parent?.type === 'ObjectProperty' && DISPLAYED.includes(nameOf(parent.key))
    return isShown ? IGNORED : undefined
  }
}

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'display-texts', displayTexts)]
