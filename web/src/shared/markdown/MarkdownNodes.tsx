import type { Definition, List, ListItem, Nodes, RootContent, Table } from 'mdast';
import { Fragment, type ReactNode } from 'react';
import { CodeBlock } from './CodeBlock';
import { Formula } from './Formula';
import classes from './Markdown.module.css';
import { ExternalLink, Picture } from './Links';

interface Drawing {
  targets: ReadonlyMap<string, string>;
}

/** Markdown nodes as React elements: no string of HTML exists on the way, so nothing written can become markup. */
export function drawNodes(nodes: readonly RootContent[], caret: boolean): ReactNode {
  const definitions = nodes.filter((node): node is Definition => node.type === 'definition');
  const shown = definitions.length === 0 ? nodes : nodes.filter((node) => node.type !== 'definition');
  const drawing = { targets: new Map(definitions.map((node) => [node.identifier, node.url])) };
  return drawAll(shown, drawing, caret);
}

function drawAll(nodes: readonly Nodes[], drawing: Drawing, caret: boolean): ReactNode {
  const drawn = nodes.map((node, index) => <Fragment key={index}>{draw(node, drawing, caret && index === nodes.length - 1)}</Fragment>);
  return caret && nodes.length === 0 ? <Caret /> : drawn;
}

function draw(node: Nodes, drawing: Drawing, caret: boolean): ReactNode {
  const inner = () => ('children' in node ? drawAll(node.children, drawing, caret) : null);
  switch (node.type) {
    case 'paragraph':
      return <p dir="auto">{inner()}</p>;
    case 'heading':
      return <Heading depth={node.depth}>{inner()}</Heading>;
    case 'blockquote':
      return <blockquote dir="auto">{inner()}</blockquote>;
    case 'list':
      return <ListBlock list={node} drawing={drawing} caret={caret} />;
    case 'table':
      return <TableBlock table={node} drawing={drawing} />;
    case 'code':
      return <CodeBlock info={[node.lang, node.meta].filter(Boolean).join(' ')} source={node.value} streaming={caret} />;
    case 'thematicBreak':
      return <hr />;
    case 'emphasis':
      return <em>{inner()}</em>;
    case 'strong':
      return <strong>{inner()}</strong>;
    case 'delete':
      return <del>{inner()}</del>;
    case 'break':
      return <br />;
    case 'link':
      return <ExternalLink to={node.url}>{inner()}</ExternalLink>;
    case 'linkReference':
      return <ExternalLink to={drawing.targets.get(node.identifier) ?? ''}>{inner()}</ExternalLink>;
    case 'image':
      return <Picture address={node.url} alt={node.alt ?? ''} />;
    case 'imageReference':
      return <Picture address={drawing.targets.get(node.identifier) ?? ''} alt={node.alt ?? ''} />;
    case 'formula':
      return withCaret(<Formula source={node.value} display={node.display} />, caret);
    case 'inlineCode':
      return withCaret(<code>{node.value}</code>, caret);
    case 'text':
      return withCaret(withBreaks(node.value), caret);
    default:
      return null;
  }
}

const Caret = () => <span className={classes.caret} aria-hidden="true" />;

const withCaret = (drawn: ReactNode, caret: boolean) =>
  caret ? (
    <>
      {drawn}
      <Caret />
    </>
  ) : (
    drawn
  );

// Tables have no other way to write a line break, so models use HTML's.
function withBreaks(text: string): ReactNode {
  if (!text.includes('<')) return text;
  return text.split(/<br\s*\/?>/i).map((piece, index) => (
    <Fragment key={index}>
      {index > 0 && <br />}
      {piece}
    </Fragment>
  ));
}

/** A message stands below the page's h1 and its own h2. */
function Heading({ depth, children }: { depth: number; children: ReactNode }) {
  const Tag = (['h3', 'h4', 'h5', 'h6', 'h6', 'h6'] as const)[depth - 1] ?? 'h6';
  return (
    <Tag dir="auto" data-depth={depth}>
      {children}
    </Tag>
  );
}

function ListBlock({ list, drawing, caret }: { list: List; drawing: Drawing; caret: boolean }) {
  const items = list.children.map((item, index) => (
    <li key={index} dir="auto" data-task={item.checked !== null && item.checked !== undefined}>
      {typeof item.checked === 'boolean' && <input type="checkbox" checked={item.checked} readOnly tabIndex={-1} aria-label={item.checked ? '✓' : '–'} />}
      {drawItem(item, drawing, caret && index === list.children.length - 1, list.spread ?? false)}
    </li>
  ));
  return list.ordered ? <ol start={list.start ?? 1}>{items}</ol> : <ul>{items}</ul>;
}

// In a tight list the items' paragraphs are plain lines.
function drawItem(item: ListItem, drawing: Drawing, caret: boolean, loose: boolean): ReactNode {
  if (loose || item.spread === true) return drawAll(item.children, drawing, caret);
  return drawAll(
    item.children.flatMap((child): Nodes[] => (child.type === 'paragraph' ? child.children : [child])),
    drawing,
    caret,
  );
}

function TableBlock({ table, drawing }: { table: Table; drawing: Drawing }) {
  const [head, ...rows] = table.children;
  const align = (column: number) => table.align?.[column] ?? undefined;
  return (
    <div className={classes.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head?.children.map((cell, column) => (
              <th key={column} dir="auto" data-align={align(column)}>
                {drawAll(cell.children, drawing, false)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.children.map((cell, column) => (
                <td key={column} dir="auto" data-align={align(column)}>
                  {drawAll(cell.children, drawing, false)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
