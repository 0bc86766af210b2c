import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '@mantine/core';
import type { CostCall } from '@/api/money';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { useMoney } from '@/shared/money/useMoney';
import { MoreButton } from '@/shared/ui/MoreButton';
import { QueryState } from '@/shared/ui/QueryState';
import classes from './Costs.module.css';
import { featureName, moduleName, thingAddress } from './names';
import { Panel } from './Panel';
import { callsQuery } from './queries';
import type { Range } from './range';

/** Every call of these days, newest first; asked for only when somebody wants to see them. */
export function Calls({ range }: { range: Range }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <Panel
      title={t('costs.calls')}
      action={
        <Button size="compact-sm" variant="subtle" color="gray" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'costs.calls.hide' : 'costs.calls.show')}
        </Button>
      }
    >
      {open ? <CallList range={range} /> : <p className="at-meta">{t('costs.calls.text')}</p>}
    </Panel>
  );
}

function CallList({ range }: { range: Range }) {
  const t = useT();
  const calls = useInfiniteQuery(callsQuery(range));
  return (
    <>
      <QueryState query={calls} opening={t('costs.calls.opening')} height={240}>
        {(items) => (
          <ol className={classes.calls} aria-label={t('costs.calls')}>
            {items.map((call) => (
              <CallRow key={call.id} call={call} />
            ))}
          </ol>
        )}
      </QueryState>
      <MoreButton list={calls} />
    </>
  );
}

function CallRow({ call }: { call: CostCall }) {
  const t = useT();
  const format = useFormat();
  const money = useMoney();
  const { at, module, feature, provider, model, inputTokens, outputTokens, images, estimated, cost, saved, status, thingId } = call;
  const address = thingId === undefined ? undefined : thingAddress(module, thingId);
  const what = t('costs.call.what', { app: moduleName(t, module), feature: featureName(t, feature) });
  const facts = [
    t('costs.call.tokens', { read: format.number(inputTokens), written: format.number(outputTokens) }),
    images > 0 && t('costs.images.count', { count: images }),
    estimated && t('costs.call.estimated'),
    status !== 'complete' && t(`costs.call.${status}`),
    saved !== undefined && t('costs.call.saved', { amount: money.one(saved) }),
  ];
  return (
    <li className={classes.call} data-status={status}>
      <time className="at-meta" dateTime={at}>
        {format.dateTime(at)}
      </time>
      <span className={classes.callWhat}>{address === undefined ? what : <Link to={address}>{what}</Link>}</span>
      <span className={classes.callModel} dir="auto">
        {provider}/{model}
      </span>
      <span className={`at-meta ${classes.callFacts}`}>{facts.filter(Boolean).join(' · ')}</span>
      <span className={`at-num ${classes.callCost}`}>{cost === undefined ? t('costs.unknown') : Number(cost) === 0 ? t('costs.free') : money.one(cost)}</span>
    </li>
  );
}
