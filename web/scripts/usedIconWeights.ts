import type { Plugin } from 'vite';

/** Every Phosphor icon carries six weights, of which the house shows a few: the others leave the build. */
export function usedIconWeights(used: readonly string[]): Plugin {
  return {
    name: 'used-icon-weights',
    apply: 'build',
    transform: {
      filter: { id: /@phosphor-icons\/react\/dist\/defs\// },
      handler(code) {
        const map = this.parse(code)
          .body.flatMap((statement) => (statement.type === 'VariableDeclaration' ? statement.declarations : []))
          .flatMap(({ init }) => (init?.type === 'NewExpression' ? init.arguments : []))
          .flatMap((argument) => (argument.type === 'ArrayExpression' ? argument.elements : []))
          .filter((entry) => entry?.type === 'ArrayExpression');
        if (map.length === 0) this.error('The shape of the icon definitions has changed.');
        const unused = map.filter(({ elements: [name] }) => name?.type === 'Literal' && !used.includes(String(name.value)));
        return {
          code: unused.reduceRight((kept, { start, end }) => `${kept.slice(0, start)}[]${kept.slice(end)}`, code),
          map: null,
        };
      },
    },
  };
}
