import { ActionIcon, Switch } from '@mantine/core';
import { ArrowsClockwiseIcon } from '@phosphor-icons/react/dist/csr/ArrowsClockwise';
import { DotsThreeIcon } from '@phosphor-icons/react/dist/csr/DotsThree';
import { GaugeIcon } from '@phosphor-icons/react/dist/csr/Gauge';
import { TrashIcon } from '@phosphor-icons/react/dist/csr/Trash';
import type { Budget, HouseKey } from '@/api/money';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { useMoney } from '@/shared/money/useMoney';
import { useWidth } from '@/shared/shell/useWidth';
import { LazyMenu } from '@/shared/ui/LazyMenu';
import { useLimitTexts } from '@/modules/gateway/limits/useLimitTexts';
import { ProviderTile } from '@/modules/gateway/ProviderTile';
import classes from './HouseKeys.module.css';
import { groupIn } from './queries';

interface HouseKeyRowProps {
  item: HouseKey;
  limit: Budget | undefined;
  providerName: string;
  groupName: string | undefined;
  onToggle: () => void;
  onLimit: () => void;
  onReplace: () => void;
  onDelete: () => void;
}

/** One key of the house: whose provider, for whom, what it has cost, and whether it is on. */
export function HouseKeyRow({ item, limit, providerName, groupName, onToggle, onLimit, onReplace, onDelete }: HouseKeyRowProps) {
  const t = useT();
  const format = useFormat();
  const money = useMoney();
  const texts = useLimitTexts('house');
  const size = useWidth() === 'phone' ? 44 : 34;
  const { name, fingerprint, enabled, lastUsedAt, spentThisMonth, audience, needsSecret } = item;
  return (
    <li className={classes.row}>
      <ProviderTile name={providerName} />
      <div className={classes.who}>
        <b dir="auto">{name}</b>
        <div className="at-meta">{providerName}</div>
      </div>
      <div className={`at-meta ${classes.facts}`}>
        <span className={classes.print}>{t('gateway.key.fingerprint', { fingerprint })}</span>
        <br />
        {[lastUsedAt ? t('gateway.key.used', { when: format.ago(lastUsedAt) }) : t('gateway.key.unused'), spentThisMonth !== undefined && t('gateway.key.spent', { amount: money.one(spentThisMonth) })].filter(Boolean).join(' · ')}
      </div>
      <div className={`at-meta ${classes.audience}`}>
        {groupIn(audience) === undefined ? t('houseKeys.forAll') : t('limits.whom.group', { name: groupName ?? '' })}
        <br />
        {limit ? texts.used(limit) : t('houseKeys.noLimit')}
      </div>
      <div className={classes.tools}>
        <Switch size="md" aria-label={t('houseKeys.on', { name })} checked={enabled} disabled={needsSecret === true} onChange={onToggle} />
        <LazyMenu
          position="bottom-end"
          width={210}
          target={
            <ActionIcon variant="subtle" color="gray" size={size} aria-label={t('gateway.key.more', { name })}>
              <DotsThreeIcon size={20} weight="bold" />
            </ActionIcon>
          }
          entries={[
            { kind: 'item', text: t(limit ? 'limits.change' : 'limits.setOne'), icon: <GaugeIcon size={16} />, onPick: onLimit },
            { kind: 'item', text: t('gateway.key.replace'), icon: <ArrowsClockwiseIcon size={16} />, onPick: onReplace },
            { kind: 'divider' },
            { kind: 'item', text: t('gateway.key.delete'), icon: <TrashIcon size={16} />, danger: true, onPick: onDelete },
          ]}
        />
      </div>
      {needsSecret === true && <p className={classes.wrong}>{t('gateway.key.dropped', { provider: providerName })}</p>}
    </li>
  );
}
