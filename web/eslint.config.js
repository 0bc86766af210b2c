import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const climbing = { regex: '^\\.\\./', message: 'Use @/… for everything outside this folder.' };

const walls = (files, forbidden, message) => ({
  files: [files],
  rules: { 'no-restricted-imports': ['error', { patterns: [climbing, { regex: forbidden, message }] }] },
});

const modules = readdirSync(new URL('./src/modules', import.meta.url));

export default tseslint.config(
  { ignores: ['dist', 'src/api/schema.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  reactHooks.configs.flat['recommended-latest'],
  {
    languageOptions: { globals: globals.browser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // Routes answer by throwing redirects and not-found marks.
      '@typescript-eslint/only-throw-error': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Export by name.' }],
      'no-restricted-imports': ['error', { patterns: [climbing] }],
    },
  },
  walls('src/shared/**', '^@/(app|modules)/', 'shared/ knows neither app/ nor modules.'),
  walls('src/api/**', '^@/', 'api/ stands alone.'),
  ...modules.map((name) =>
    walls(`src/modules/${name}/**`, `^@/(app/|modules/(?!${name}/))`, 'A module imports only itself, shared/ and api/.'),
  ),
  { files: ['*.js', '*.ts', 'scripts/**', 'public/**'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked, languageOptions: { globals: { ...globals.node, ...globals.serviceworker } } },
);
