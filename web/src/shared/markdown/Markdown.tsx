import { memo, useMemo, useState } from 'react';
import { closeMarks } from './closeMarks';
import { CodeBlock } from './CodeBlock';
import { Formula } from './Formula';
import classes from './Markdown.module.css';
import { drawNodes } from './MarkdownNodes';
import { definitionsIn, parseMarkdown, parseRemembered } from './parseMarkdown';
import { blocksOf, emptySplit, splitLines, type Block } from './splitBlocks';

interface MarkdownProps {
  text: string;
  /** Whether more is coming: the last block stays open and ends with the gold caret. */
  streaming?: boolean;
}

/** What a person or a model wrote, block by block; a block that has ended is never parsed or drawn again. */
export function Markdown({ text, streaming = false }: MarkdownProps) {
  const [known, setKnown] = useState(emptySplit);
  const split = useMemo(() => splitLines(known, text), [known, text]);
  if (split !== known) setKnown(split);
  const blocks = useMemo(() => blocksOf(split, text), [split, text]);
  const definitions = useMemo(() => definitionsIn(blocks.flatMap((block) => (block.kind === 'markdown' ? block.source : []))), [blocks]);
  return (
    <div className={classes.prose}>
      {blocks.map((block, index) => (
        <MarkdownBlock key={index} block={block} definitions={usedBy(block, definitions)} streaming={streaming && index === blocks.length - 1} />
      ))}
    </div>
  );
}

const usedBy = (block: Block, definitions: string) => (definitions !== '' && block.kind === 'markdown' && block.source.includes('[') ? definitions : '');

interface MarkdownBlockProps {
  block: Block;
  definitions: string;
  streaming: boolean;
}

const MarkdownBlock = memo(function MarkdownBlock({ block, definitions, streaming }: MarkdownBlockProps) {
  if (block.kind === 'code') return <CodeBlock info={block.info} source={block.source} streaming={streaming && !block.closed} />;
  if (block.kind === 'formula') return <Formula source={block.source} display />;
  const nodes = streaming ? parseMarkdown(closeMarks(block.source), definitions) : parseRemembered(block.source, definitions);
  return drawNodes(nodes, streaming);
}, same);

// An open block is a new object each frame; its last frame and its closed form are often the same words.
function same(before: MarkdownBlockProps, after: MarkdownBlockProps): boolean {
  return (
    before.streaming === after.streaming &&
    before.definitions === after.definitions &&
    (before.block === after.block || (before.block.kind === after.block.kind && before.block.source === after.block.source && before.block.closed === after.block.closed))
  );
}
