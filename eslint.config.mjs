import js from '@eslint/js'
import globals from 'globals'
import jest from 'eslint-plugin-jest'
import tseslint from 'typescript-eslint'

const SCRIPTS = ['**/*.{js,cjs,mjs}']
const SHIPPED = ['packages/{cli,console,lint,local-segment,sandbox}/src/**/*.ts']

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/coverage/**',
      '**/reports/**',
      '**/.stryker-tmp/**',
      '**/generated-types.ts',
      // These are wrong on purpose: the tests of the command load them.
      'packages/testing/src/definitions/**/*.js'
    ]
  },
  {
    files: SCRIPTS,
    ...js.configs.recommended,
    languageOptions: { globals: { ...globals.node, ...globals.jest } }
  },
  { files: ['**/*.{js,cjs}'], languageOptions: { sourceType: 'commonjs' } },
  {
    files: ['**/*.ts'],
    extends: tseslint.configs.recommendedTypeChecked,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_', ignoreRestSiblings: true }
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error'
    }
  },
  { rules: { eqeqeq: ['error', 'always', { null: 'ignore' }] } },
  {
    files: SHIPPED,
    ignores: ['packages/local-segment/src/definition.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Destination"]',
          message: 'Use createDestination of local-segment: actions-core refuses most display names as URIs.'
        }
      ]
    }
  },
  {
    // print and printError keep control characters from the terminal.
    files: ['packages/cli/src/**/*.ts'],
    ignores: ['packages/cli/src/terminal.ts', '**/__tests__/**'],
    rules: { 'no-console': 'error' }
  },
  {
    files: ['**/__tests__/**/*.ts'],
    ...jest.configs['flat/recommended'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }]
    }
  }
)
