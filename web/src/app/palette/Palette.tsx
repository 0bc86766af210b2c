import { Kbd, Modal } from '@mantine/core';
import { MagnifyingGlassIcon } from '@phosphor-icons/react/dist/csr/MagnifyingGlass';
import { useId, useState, type KeyboardEvent } from 'react';
import { useT } from '@/shared/i18n/language';
import classes from './Palette.module.css';
import { PaletteGroup } from './PaletteGroup';
import { useCommands } from './useCommands';
import { useFound } from './useFound';
import { arrange } from './arrange';

/** Ctrl K: what was found, what can be done, where one can go; the best match first. */
export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT();
  const list = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const commandsOnly = query.startsWith('>');
  const wanted = query.replace(/^>/, '').trim();
  const found = useFound(commandsOnly ? null : wanted);
  const commands = useCommands(wanted);
  const groups = arrange(found.items, commands, wanted);
  const entries = groups.flatMap((group) => group.entries);
  const chosen = Math.min(active, entries.length - 1);

  const run = (index: number) => {
    const entry = entries[index];
    if (!entry) return;
    onClose();
    entry.run();
  };

  const keyed = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(chosen);
    else if (event.key === 'ArrowDown') setActive((chosen + 1) % Math.max(1, entries.length));
    else if (event.key === 'ArrowUp') setActive((chosen - 1 + entries.length) % Math.max(1, entries.length));
    else return;
    event.preventDefault();
  };

  return (
    <Modal.Root opened={opened} onClose={onClose} size={684} padding={0} radius="xl" yOffset={96} classNames={{ content: classes.content }}>
      <Modal.Overlay color="var(--at-scrim)" backgroundOpacity={1} />
      <Modal.Content aria-label={t('palette.label')}>
        <div className={classes.query}>
          <MagnifyingGlassIcon size={21} aria-hidden />
          <input
            data-autofocus
            role="combobox"
            aria-expanded
            aria-controls={list}
            aria-activedescendant={entries[chosen] ? `${list}-${chosen}` : undefined}
            aria-label={t('palette.label')}
            placeholder={t('palette.placeholder')}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            value={query}
            onChange={(event) => {
              setQuery(event.currentTarget.value);
              setActive(0);
            }}
            onKeyDown={keyed}
          />
        </div>
        <div className={classes.results} role="listbox" id={list} aria-label={t('palette.label')}>
          {groups.map((group) => (
            <PaletteGroup key={group.name} group={group} list={list} chosen={chosen} query={wanted} onRun={run} />
          ))}
          {entries.length === 0 && !found.searching && <p className={classes.none}>{t('palette.none', { query: wanted })}</p>}
        </div>
        <footer className={classes.foot} aria-hidden="true">
          <span>
            <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('palette.choose')}
          </span>
          <span>
            <Kbd>&gt;</Kbd> {t('palette.commands')}
          </span>
          <span className={classes.end}>
            <Kbd>Esc</Kbd> {t('palette.close')}
          </span>
        </footer>
      </Modal.Content>
    </Modal.Root>
  );
}
