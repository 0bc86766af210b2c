import { Highlight, Kbd } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useT } from '@/shared/i18n/language';
import type { Entry, EntryGroup } from './arrange';
import classes from './Palette.module.css';

interface PaletteGroupProps {
  group: EntryGroup;
  /** The id of the list; an option's id is this and its place. */
  list: string;
  chosen: number;
  query: string;
  onRun: (index: number) => void;
}

export function PaletteGroup({ group, list, chosen, query, onRun }: PaletteGroupProps) {
  const t = useT();
  const { first } = group;
  return (
    <div role="group" aria-label={t(group.name)}>
      <div className={classes.name} aria-hidden="true">
        {t(group.name)}
      </div>
      {group.entries.map((entry, index) => (
        <Option key={entry.id} entry={entry} id={`${list}-${first + index}`} chosen={first + index === chosen} query={query} onRun={() => onRun(first + index)} />
      ))}
    </div>
  );
}

function Option({ entry, id, chosen, query, onRun }: { entry: Entry; id: string; chosen: boolean; query: string; onRun: () => void }) {
  const option = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) option.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    // The keys are the input's, which points here by aria-activedescendant.
    <div ref={option} role="option" id={id} aria-selected={chosen} className={classes.option} onClick={onRun}>
      <span className={classes.icon}>{entry.icon}</span>
      <div className={classes.text}>
        <Highlight highlight={query} component="span" className="at-cut" dir="auto">
          {entry.title}
        </Highlight>
        {entry.text !== undefined && (
          <Highlight highlight={query} component="small" className="at-cut" dir="auto">
            {entry.text}
          </Highlight>
        )}
      </div>
      {entry.where !== undefined && <span className={classes.where}>{entry.where}</span>}
      {chosen && <Kbd aria-hidden="true">Enter</Kbd>}
    </div>
  );
}
