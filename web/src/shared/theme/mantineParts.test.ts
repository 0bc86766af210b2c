import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const styles = 'node_modules/@mantine/core/styles/';

it('imports the styles of every part of Mantine that the app uses', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  const used = sources.flatMap((name) => [...readFileSync(`src/${name}`, 'utf8').matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap(([, names = '']) => names.split(',').map((each) => each.trim())));
  const styled = [...new Set(used)].filter((name) => existsSync(`${styles}${name}.css`));
  const imported = [...readFileSync('src/shared/theme/mantineParts.css', 'utf8').matchAll(/styles\/([\w-]+)\.css/g)].map(([, name]) => name);
  expect(styled.length).toBeGreaterThan(10);
  expect(styled.filter((name) => !imported.includes(name))).toEqual([]);
  expect(imported.filter((name) => !existsSync(`${styles}${name}.css`))).toEqual([]);
});
