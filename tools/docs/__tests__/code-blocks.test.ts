import { codeBlocks, npmScripts } from '../code-blocks'

describe('codeBlocks', () => {
  it('finds a block with its language and its line', () => {
    expect(codeBlocks('# A\n\n```sh\nls\npwd\n```\n')).toStrictEqual([
      { line: 3, language: 'sh', code: 'ls\npwd\n', notRun: undefined, keepsRunning: false }
    ])
  })

  it('takes the indentation of a list away', () => {
    expect(codeBlocks('1. A:\n\n   ```js\n   if (a) {\n     b()\n   }\n   ```\n')[0].code).toBe('if (a) {\n  b()\n}\n')
  })

  it('reads the comment above a block, and no comment above another', () => {
    const markdown =
      '<!-- not run: needs\na network -->\n\n```sh\na\n```\n\n<!-- runs until it is stopped -->\n\n```sh\nb\n```\n'
    expect(codeBlocks(markdown)).toMatchObject([
      { notRun: 'needs a network', keepsRunning: false },
      { notRun: undefined, keepsRunning: true }
    ])
  })
})

describe('npmScripts', () => {
  it('finds the scripts with and without options', () => {
    expect(npmScripts('`npm run a:b` and npm run --silent c -- --d')).toStrictEqual(['a:b', 'c'])
  })
})
