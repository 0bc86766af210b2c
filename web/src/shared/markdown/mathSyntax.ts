import type { CompileContext, Extension as FromMarkdownExtension } from 'mdast-util-from-markdown';
import type { Code, Construct, Effects, Extension, State, Token, TokenizeContext } from 'micromark-util-types';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    formula: 'formula';
    formulaMark: 'formulaMark';
    formulaText: 'formulaText';
  }
}

declare module 'mdast' {
  interface FormulaNode {
    type: 'formula';
    value: string;
    display: boolean;
  }
  interface PhrasingContentMap {
    formula: FormulaNode;
  }
  interface RootContentMap {
    formula: FormulaNode;
  }
}

const dollar = 36;
const backslash = 92;
const isSpace = (code: Code) => code === null || code < 0 || code === 32;
const isDigit = (code: Code) => code !== null && code >= 48 && code <= 57;

// $x$ and $$x$$. Amounts of money stay text: after "$" and before the closing "$" stands no space, after it no digit.
const dollars: Construct = { name: 'formula', tokenize: tokenizeDollars };

function tokenizeDollars(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  let size = 0;
  let closing = 0;
  let previous: Code = null;

  const open: State = (code) => {
    if (code === dollar && size < 2) {
      size++;
      effects.consume(code);
      return open;
    }
    if (code === dollar || (size === 1 && isSpace(code)) || code === null) return nok(code);
    effects.exit('formulaMark');
    return between(code);
  };

  const between: State = (code) => {
    if (code === null) return nok(code);
    if (code === dollar && (size === 2 || !isSpace(previous))) {
      effects.enter('formulaMark');
      closing = 0;
      return close(code);
    }
    if (code < -2 && code >= -5) {
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      previous = code;
      return between;
    }
    effects.enter('formulaText');
    return inside(code);
  };

  const inside: State = (code) => {
    if (code === null || code === dollar || (code < -2 && code >= -5)) {
      // A dollar after a backslash, or after a space in $…$, belongs to the text.
      if (code === dollar && (previous === backslash || (size === 1 && isSpace(previous)))) return take(code);
      effects.exit('formulaText');
      return between(code);
    }
    return take(code);
  };

  const take: State = (code) => {
    effects.consume(code);
    previous = code;
    return inside;
  };

  const close: State = (code) => {
    if (code === dollar && closing < size) {
      closing++;
      effects.consume(code);
      return close;
    }
    if (closing < size || (size === 1 && (isDigit(code) || code === dollar))) return nok(code);
    effects.exit('formulaMark');
    effects.exit('formula');
    return ok(code);
  };

  return (code) => {
    effects.enter('formula');
    effects.enter('formulaMark');
    return open(code);
  };
}

// \(x\) and \[x\], as several model families write them.
const brackets: Construct = { name: 'formula', tokenize: tokenizeBrackets };

function tokenizeBrackets(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  let closer = 0;
  let previous: Code = null;

  const opener: State = (code) => {
    if (code !== 40 && code !== 91) return nok(code);
    closer = code === 40 ? 41 : 93;
    effects.consume(code);
    effects.exit('formulaMark');
    return between;
  };

  const between: State = (code) => {
    if (code === null) return nok(code);
    if (code < -2 && code >= -5) {
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      return between;
    }
    effects.enter('formulaText');
    return inside(code);
  };

  const inside: State = (code) => {
    if (code === null || (code < -2 && code >= -5)) {
      effects.exit('formulaText');
      return between(code);
    }
    const ends = previous === backslash && code === closer;
    effects.consume(code);
    previous = code === backslash && previous === backslash ? null : code;
    if (!ends) return inside;
    effects.exit('formulaText');
    effects.exit('formula');
    return ok;
  };

  return (code) => {
    effects.enter('formula');
    effects.enter('formulaMark');
    effects.consume(code);
    return opener;
  };
}

export const mathSyntax: Extension = { text: { [dollar]: dollars, [backslash]: brackets } };

/** Turns the tokens of `mathSyntax` into nodes. */
export const mathFromMarkdown: FromMarkdownExtension = {
  enter: {
    formula(this: CompileContext, token: Token) {
      const source = this.sliceSerialize(token);
      const wide = source.startsWith('$$') || source.startsWith('\\[');
      const mark = wide || source.startsWith('\\') ? 2 : 1;
      this.enter({ type: 'formula', value: source.slice(mark, -mark).trim(), display: wide }, token);
    },
  },
  exit: {
    formula(this: CompileContext, token: Token) {
      this.exit(token);
    },
  },
};
