import { ActionIcon, Button, Switch, TextInput } from '@mantine/core';
import { CaretDownIcon } from '@phosphor-icons/react/dist/csr/CaretDown';
import { DotsThreeIcon } from '@phosphor-icons/react/dist/csr/DotsThree';
import { PencilSimpleIcon } from '@phosphor-icons/react/dist/csr/PencilSimple';
import { TrashIcon } from '@phosphor-icons/react/dist/csr/Trash';
import { useId, useState } from 'react';
import type { HouseGroup } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { useWidth } from '@/shared/shell/useWidth';
import { LazyMenu } from '@/shared/ui/LazyMenu';
import { useFocusAfterMenu } from '@/shared/ui/useFocusAfterMenu';
import { DissolveDialog } from './DissolveDialog';
import classes from './Groups.module.css';
import { Members } from './Members';
import { useChangeGroup, type GroupChange } from './queries';

export function GroupCard({ group }: { group: HouseGroup }) {
  const t = useT();
  const text = useProblemText();
  const size = useWidth() === 'phone' ? 44 : 34;
  const change = useChangeGroup();
  const [open, setOpen] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const [dissolving, setDissolving] = useState(false);
  const members = useId();
  const { id, name, takesNewPeople } = group;
  const set = (next: GroupChange) => change.mutate({ id, ...next }, { onError: (error) => notify(text(error), { kind: 'bad' }) });

  return (
    <li className="at-card">
      <div className={classes.head}>
        {renaming ? (
          <Rename
            name={name}
            onDone={(next) => {
              setRenaming(false);
              if (next !== '' && next !== name) set({ name: next });
            }}
          />
        ) : (
          <h3 className={classes.name} dir="auto">
            {name}
          </h3>
        )}
        <Button
          variant="default"
          size="xs"
          rightSection={<CaretDownIcon size={13} weight="bold" className={classes.caret} data-open={open} />}
          aria-expanded={open}
          aria-controls={members}
          onClick={() => setOpen(!open)}
        >
          {t('accounts.groups.members', { count: group.members })}
        </Button>
        <LazyMenu
          position="bottom-end"
          width={200}
          target={
            <ActionIcon variant="subtle" color="gray" size={size} aria-label={t('accounts.groups.more', { name })}>
              <DotsThreeIcon size={20} weight="bold" />
            </ActionIcon>
          }
          entries={[
            { kind: 'item', text: t('accounts.groups.rename'), icon: <PencilSimpleIcon size={16} />, onPick: () => setRenaming(true) },
            { kind: 'divider' },
            { kind: 'item', text: t('accounts.groups.dissolve'), icon: <TrashIcon size={16} />, danger: true, onPick: () => setDissolving(true) },
          ]}
        />
      </div>
      <div className={classes.new}>
        <Switch size="sm" label={t('accounts.groups.takesNew')} checked={change.isPending ? (change.variables.takesNewPeople ?? takesNewPeople) : takesNewPeople} onChange={(event) => set({ takesNewPeople: event.currentTarget.checked })} />
      </div>
      <div id={members} hidden={!open}>
        {open && <Members group={group} />}
      </div>
      {dissolving && <DissolveDialog group={group} onClose={() => setDissolving(false)} />}
    </li>
  );
}

/** Enter or leaving keeps the name, Escape does not. */
function Rename({ name, onDone }: { name: string; onDone: (name: string) => void }) {
  const t = useT();
  const field = useFocusAfterMenu();
  const [value, setValue] = useState(name);
  return (
    <TextInput
      ref={field}
      className="at-grow"
      size="xs"
      aria-label={t('accounts.groups.name')}
      maxLength={128}
      dir="auto"
      value={value}
      onChange={(event) => setValue(event.currentTarget.value)}
      onBlur={() => onDone(value.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) onDone(value.trim());
        if (event.key === 'Escape') onDone('');
      }}
    />
  );
}
