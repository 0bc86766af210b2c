import { ActionIcon, Badge, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { ArrowClockwiseIcon } from '@phosphor-icons/react/dist/csr/ArrowClockwise';
import { ArrowsClockwiseIcon } from '@phosphor-icons/react/dist/csr/ArrowsClockwise';
import { CheckIcon } from '@phosphor-icons/react/dist/csr/Check';
import { DotsThreeIcon } from '@phosphor-icons/react/dist/csr/DotsThree';
import { PauseIcon } from '@phosphor-icons/react/dist/csr/Pause';
import { PencilSimpleIcon } from '@phosphor-icons/react/dist/csr/PencilSimple';
import { PlayIcon } from '@phosphor-icons/react/dist/csr/Play';
import { TrashIcon } from '@phosphor-icons/react/dist/csr/Trash';
import { useState } from 'react';
import type { Provider, ProviderKey } from '@/api/types';
import { firstSentence, useFailureText } from '@/shared/http/failureText';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import classes from './KeyList.module.css';
import { ProviderTile } from './ProviderTile';
import { useTestProvider } from './queries';
import { NameField } from './NameField';
import { testProblem } from './testProblem';

interface KeyRowProps {
  item: ProviderKey;
  provider: Provider | undefined;
  /** Whether this is the key that answers are asked with. */
  inUse: boolean;
  onUse: () => void;
  onReplace: () => void;
  onRename: (name: string) => void;
  onToggle: () => void;
  onDelete: () => void;
}

export function KeyRow({ item, provider, inUse, onUse, onReplace, onRename, onToggle, onDelete }: KeyRowProps) {
  const t = useT();
  const format = useFormat();
  const failureText = useFailureText();
  const test = useTestProvider();
  const [renaming, setRenaming] = useState(false);
  const works = test.data?.works;

  const rename = (name: string) => {
    setRenaming(false);
    if (name !== '' && name !== item.name) onRename(name);
  };

  return (
    <li className={classes.row}>
      <ProviderTile name={provider?.name ?? item.provider} />
      <div className="at-grow">
        {renaming ? (
          <NameField name={item.name} onDone={rename} />
        ) : (
          <b dir="auto">{item.name}</b>
        )}
        <div className="at-meta">{provider?.name ?? item.provider}</div>
      </div>
      <div className={`at-meta ${classes.facts}`}>
        <span className={classes.print}>{t('gateway.key.fingerprint', { fingerprint: item.fingerprint })}</span>
        <br />
        {item.lastUsedAt ? t('gateway.key.used', { when: format.ago(item.lastUsedAt) }) : t('gateway.key.unused')}
        {item.lastUsedAt && item.spentThisMonth != null && <Spent amount={format.money(item.spentThisMonth)} />}
      </div>
      <span className={classes.state}>
        {item.needsSecret ? (
          <Badge color="gold" variant="light" size="lg">
            {t('gateway.key.enterAgain')}
          </Badge>
        ) : !item.enabled ? (
          <Badge variant="default" size="lg">
            {t('gateway.key.paused')}
          </Badge>
        ) : works === true ? (
          <Badge color="leaf" size="lg">
            {t('gateway.key.works')}
          </Badge>
        ) : works === false ? (
          <Badge color="brick" size="lg">
            {t(test.data?.code === 'key-refused' ? 'gateway.key.fails' : 'gateway.key.silent')}
          </Badge>
        ) : (
          <Badge color={inUse ? 'patina' : 'gray'} variant={inUse ? 'light' : 'default'} size="lg">
            {t(inUse ? 'gateway.key.inUse' : 'gateway.key.ready')}
          </Badge>
        )}
      </span>
      <div className={classes.tools}>
        <Tooltip label={t('gateway.test')}>
          <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('gateway.key.testOne', { name: item.name })} loading={test.isPending} onClick={() => test.mutate({ provider: item.provider, keyId: item.id })}>
            <ArrowClockwiseIcon size={17} />
          </ActionIcon>
        </Tooltip>
        <Menu position="bottom-end" radius="lg" shadow="md" width={210}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('gateway.key.more', { name: item.name })}>
              <DotsThreeIcon size={20} weight="bold" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {item.enabled && !item.needsSecret && !inUse && provider?.usable === true && (
              <Menu.Item leftSection={<CheckIcon size={16} />} onClick={onUse}>
                {t('gateway.key.use')}
              </Menu.Item>
            )}
            {provider !== undefined && (
              <Menu.Item leftSection={<ArrowsClockwiseIcon size={16} />} onClick={onReplace}>
                {t('gateway.key.replace')}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<PencilSimpleIcon size={16} />} onClick={() => setRenaming(true)}>
              {t('gateway.key.rename')}
            </Menu.Item>
            <Menu.Item leftSection={item.enabled ? <PauseIcon size={16} /> : <PlayIcon size={16} />} onClick={onToggle}>
              {t(item.enabled ? 'gateway.key.pause' : 'gateway.key.resume')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="brick" leftSection={<TrashIcon size={16} />} onClick={onDelete}>
              {t('gateway.key.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {item.needsSecret && (
        <p className={classes.refused}>
          {t('gateway.key.dropped', { provider: provider?.name ?? item.provider })}{' '}
          <UnstyledButton className={classes.replace} onClick={onReplace}>
            {t('gateway.key.replace')}
          </UnstyledButton>
        </p>
      )}
      {item.lastFailure && test.data === undefined && (
        <p className={classes.refused}>
          {t('gateway.key.lastFailure', { when: format.ago(item.lastFailure.at), what: firstSentence(failureText({ ...item.lastFailure, values: { provider: provider?.name ?? item.provider, key: item.name, status: null } })) })}
        </p>
      )}
      {test.data?.works === false && (
        <p className={classes.refused} role="alert">
          {testProblem(t, test.data, provider?.name ?? item.provider)}{' '}
          {provider !== undefined && test.data.code === 'key-refused' && (
            <UnstyledButton className={classes.replace} onClick={onReplace}>
              {t('gateway.key.replace')}
            </UnstyledButton>
          )}
        </p>
      )}
      {test.data?.works === true && (
        <p className={classes.works} role="status">
          {t('gateway.test.models', { count: test.data.models.length, seconds: format.number(Math.round(test.data.milliseconds / 100) / 10) })}
        </p>
      )}
    </li>
  );
}

function Spent({ amount }: { amount: string }) {
  const t = useT();
  const [before, after] = t('gateway.key.spent', { amount: '\u0000' }).split('\u0000');
  return (
    <>
      {' · '}
      {before}
      <span className="at-num">{amount}</span>
      {after}
    </>
  );
}
