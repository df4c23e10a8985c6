// What is wrong (ESLint's own recommendation) and what looks unlike the rest (the style rules).

import js from '@eslint/js';
import stylistic from '@stylistic/eslint-plugin';
import globals from 'globals';

const STYLE = {
  'arrow-parens': 'always',
  'brace-style': ['1tbs', { allowSingleLine: true }],
  'comma-dangle': 'always-multiline',
  'comma-spacing': true,
  'eol-last': true,
  indent: [2, { SwitchCase: 1, offsetTernaryExpressions: true }],
  'key-spacing': true,
  'keyword-spacing': true,
  // Lines are to end by 140; what reads better as one, a table's row above all, may be longer.
  'max-len': { code: 160, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true },
  'no-multiple-empty-lines': { max: 1, maxEOF: 0 },
  'no-trailing-spaces': true,
  quotes: ['single', { avoidEscape: true }],
  semi: true,
  'space-before-blocks': true,
  'space-infix-ops': true,
};

export default [
  { ignores: ['dist/', 'target/', 'site/', 'tests/wpt/miniature/'] },
  js.configs.recommended,
  {
    plugins: { '@stylistic': stylistic },
    rules: {
      ...Object.fromEntries(Object.entries(STYLE).map(([rule, options]) => [`@stylistic/${rule}`, ['error', ...(options === true ? [] : [options].flat())]])),
      // A parameter may be there for the function's `length`, and a property be taken out to be left out.
      'no-unused-vars': ['error', { args: 'none', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'prefer-const': 'error',
      eqeqeq: 'error',
    },
  },
  // WORKERD is the build's; setImmediate is looked for before it is used.
  { files: ['js/**'], languageOptions: { globals: { ...globals.browser, ...globals.serviceworker, setImmediate: false, WORKERD: false } } },
  // Functions of tests and benches run in pages, too.
  { ignores: ['js/**'], languageOptions: { globals: { ...globals.nodeBuiltin, ...globals.browser, ...globals.serviceworker } } },
  // What can be constructed is found by constructing it.
  { files: ['js/event.js'], rules: { 'no-constant-binary-expression': 'off' } },
];
