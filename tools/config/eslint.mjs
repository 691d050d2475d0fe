import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const TESTS = ['**/*.test.ts', 'packages/*/src/**/testing/**'];

const container = {
  group: ['tsyringe'],
  message: 'Only packages/core/src/registry knows the container; use provide({ needs }).',
};
const tfjs = {
  group: ['@tensorflow/*'],
  message: 'Only the engine packages know TensorFlow.js; build a graph instead.',
};
const deep = {
  group: ['@pare/*/src/**', '@pare/*/dist/**', '**/packages/**'],
  message: 'Import what a package exports, by its name.',
};
const arrow = (...group) => ({
  group,
  message: 'This arrow is not allowed: graph <- core <- engines, models, datasets, methods <- cli.',
});

/** The import rule of one area. A later area replaces an earlier one, so each names all its patterns. */
const imports = (files, ...patterns) => ({
  files,
  ignores: TESTS,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

/** Lint rules of the whole workspace; layout is prettier's. */
export default tseslint.config(
  {
    ignores: [
      'tools/create-plugin/template/',
      '**/dist/',
      '**/coverage/',
      '**/runs/',
      '**/.turbo/',
      '**/.venv/',
    ],
  },
  eslint.configs.recommended,
  {
    languageOptions: {
      globals: { Buffer: 'readonly', console: 'readonly', process: 'readonly', URL: 'readonly' },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { 'max-lines': ['error', 300], eqeqeq: ['error', 'always'] },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      complexity: ['error', 10],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'Chance is an argument: use deps.random().',
        },
        { object: 'Date', property: 'now', message: 'Time is an argument: use deps.clock.' },
        {
          object: 'jest',
          property: 'mock',
          message: 'Replace parts by registry.bind(), not by module mocks.',
        },
        {
          object: 'jest',
          property: 'unstable_mockModule',
          message: 'Replace parts by registry.bind(), not by module mocks.',
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportAllDeclaration',
          message: 'The public surface is a list: name what is exported.',
        },
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Only the index.ts of a plugin has a default export.',
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNullish: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  imports(['packages/*/src/**/*.ts'], container, tfjs, deep),
  imports(['packages/graph/src/**/*.ts'], container, tfjs, deep, arrow('@pare/*')),
  imports(['packages/core/src/**/*.ts'], container, tfjs, deep, arrow('@pare/*', '!@pare/graph')),
  imports(['packages/core/src/registry/**/*.ts'], tfjs, deep, arrow('@pare/*', '!@pare/graph')),
  imports(
    ['packages/engine-*/src/**/*.ts'],
    container,
    deep,
    arrow('@pare/*', '!@pare/graph', '!@pare/core'),
  ),
  imports(
    ['packages/{models,datasets,method-*}/src/**/*.ts'],
    container,
    tfjs,
    deep,
    arrow('@pare/*', '!@pare/graph', '!@pare/core'),
  ),
  {
    files: ['**/{seeded-random,clock}.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['packages/{models,datasets,method-*}/src/index.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportAllDeclaration',
          message: 'The public surface is a list: name what is exported.',
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts'],
    rules: { 'max-lines': ['error', 500], '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  prettier,
);
