import { CaretDownIcon } from '@phosphor-icons/react/dist/csr/CaretDown';
import { CaretUpIcon } from '@phosphor-icons/react/dist/csr/CaretUp';
import { XIcon } from '@phosphor-icons/react/dist/csr/X';
import { useDeferredValue, useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import type { Message } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { IconButton } from '@/shared/ui/IconButton';
import { findMatches } from './findMatches';
import { markWords } from './markWords';
import classes from './Talk.module.css';

interface FindBarProps {
  messages: readonly Message[];
  /** Whether messages above are still missing; they are fetched while this is open. */
  incomplete: boolean;
  loadOlder: () => Promise<unknown>;
  onShow: (messageId: string) => void;
  onClose: () => void;
}

/** Searches the whole conversation, not only the rows that happen to be drawn; begins with the newest place. */
export function FindBar({ messages, incomplete, loadOlder, onShow, onClose }: FindBarProps) {
  const t = useT();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<string>();
  const wanted = useDeferredValue(query);
  const matches = useMemo(() => findMatches(messages, wanted), [messages, wanted]);
  const index = chosen !== undefined && matches.includes(chosen) ? matches.indexOf(chosen) : matches.length - 1;
  const current = matches[index];

  useEffect(() => {
    if (incomplete) void loadOlder();
  }, [incomplete, loadOlder, messages]);

  useEffect(() => {
    if (current === undefined) {
      markWords(null, '');
      return;
    }
    onShow(current);
    // Two frames: one to bring the row near, one in which it is drawn.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => markWords(document.querySelector(`[data-message="${CSS.escape(current)}"]`), wanted));
    });
    return () => cancelAnimationFrame(frame);
  }, [current, wanted, onShow]);

  useEffect(() => () => markWords(null, ''), []);

  const step = (by: number) => setChosen(matches[(index + by + matches.length) % matches.length]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) step(event.shiftKey ? 1 : -1);
  };

  return (
    <search className={classes.findBar} data-holds-escape>
      <input autoFocus data-find value={query} placeholder={t('assistant.find.label')} aria-label={t('assistant.find.label')} onChange={(event) => setQuery(event.target.value)} onKeyDown={onKeyDown} />
      <span className="at-meta" role="status">
        {query !== '' && (matches.length > 0 ? t('assistant.find.count', { index: index + 1, total: matches.length }) : t(incomplete ? 'assistant.find.loading' : 'assistant.find.none'))}
      </span>
      <IconButton label={t('assistant.find.previous')} onClick={() => step(-1)}>
        <CaretUpIcon size={15} />
      </IconButton>
      <IconButton label={t('assistant.find.next')} onClick={() => step(1)}>
        <CaretDownIcon size={15} />
      </IconButton>
      <IconButton label={t('assistant.find.close')} onClick={onClose}>
        <XIcon size={14} />
      </IconButton>
    </search>
  );
}
