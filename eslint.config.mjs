import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

// A rule is an error or off. Sizes are those of docs/architecture.md.
const sizes = {
  'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
  'max-depth': ['error', 3],
  complexity: ['error', 12],
};

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      'build/**',
      '.strapi/**',
      '.cache/**',
      '.tmp/**',
      '.demo/**',
      '.cluster/**',
      'types/**',
      '**/node_modules/**',
      'public/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      ...sizes,
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // A describe block is a chapter, not a function.
    files: ['**/*.test.ts', '**/*.test.tsx', '**/*.test.mjs'],
    // The story and the tables of cases read on.
    rules: { 'max-lines-per-function': 'off', 'max-lines': ['error', { max: 400 }] },
  },
  {
    // Somebody else's project, in JavaScript as Strapi makes it.
    files: ['tests/fixtures/**/*.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // Programs for a terminal print.
    files: ['tools/**', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: [
      'tools/line-emulator/phone/**',
      'src/plugins/crm/server/**/browser/**',
      'src/site/browser/**',
    ],
    languageOptions: { globals: { ...globals.browser } },
  },
);
