import tseslint from 'typescript-eslint';

// One rule set for the whole tree. The floors (who may import whom) live in .dependency-cruiser.cjs.
export default tseslint.config(
  { ignores: ['dist/', 'var/', 'node_modules/', 'coverage/', 'db/types.ts', '**/*.cjs', 'eslint.config.js'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A leading underscore says: the shape asks for it, this code does not.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: 'No clock here: take a clock or use transforms/dates.ts' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only bin/ reads the environment' },
      ],
    },
  },
  // bin/ owns the environment and the clock; tests and benches set both up; transforms/dates.ts is where calendar arithmetic lives.
  {
    files: ['bin/**', 'test/**', 'bench/**', 'transforms/dates.ts', 'vitest.config.ts'],
    rules: { 'no-restricted-globals': 'off', 'no-restricted-properties': 'off' },
  },
);
