import { Button, Select, SegmentedControl, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CostReport, Sum } from '@/api/money';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { shareOf, toPico } from '@/shared/money/amounts';
import { useMoney } from '@/shared/money/useMoney';
import { useWidth } from '@/shared/shell/useWidth';
import { Meter } from '@/shared/ui/Meter';
import classes from './Costs.module.css';
import { thingAddress } from './names';
import { Panel } from './Panel';
import { rowsOf, viewsOf, type Row, type View } from './rows';

const first = 8;

interface BreakdownProps {
  report: CostReport;
  /** Shows one person's costs only; absent where that is no choice. */
  onPerson: ((id: string) => void) | undefined;
}

/** The same money by model, app, key, program, thing or person. */
export function Breakdown({ report, onPerson }: BreakdownProps) {
  const t = useT();
  const narrow = useWidth() === 'phone';
  const views = viewsOf(report);
  const [wanted, setWanted] = useState<View>('model');
  const [all, setAll] = useState(false);
  const view = views.includes(wanted) ? wanted : 'model';
  const rows = rowsOf(t, report, view);
  const choices = views.map((value) => ({ value, label: t(`costs.by.${value}`) }));
  const choose = (value: string | null) => {
    setAll(false);
    setWanted(value as View);
  };
  return (
    <Panel
      title={t(`costs.by.${view}.title`)}
      action={
        narrow || views.length > 5 ? (
          <Select size="xs" className={classes.view} aria-label={t('costs.by')} allowDeselect={false} data={choices} value={view} onChange={choose} />
        ) : (
          <SegmentedControl size="xs" aria-label={t('costs.by')} data={choices} value={view} onChange={choose} />
        )
      }
    >
      <RowTable rows={rows} shown={all ? rows.length : first} name={t(`costs.by.${view}`)} onPerson={view === 'person' ? onPerson : undefined} />
      {rows.length > first && !all && (
        <Button mt="xs" variant="subtle" color="gray" size="compact-sm" onClick={() => setAll(true)}>
          {t('costs.by.all', { count: rows.length })}
        </Button>
      )}
      {view === 'group' && <p className="at-meta">{t('costs.by.group.note')}</p>}
      {report.total.estimated > 0 && <p className={`at-meta ${classes.estimated}`}>{t('costs.estimated', { count: report.total.estimated })}</p>}
    </Panel>
  );
}

interface RowTableProps {
  rows: readonly Row[];
  shown: number;
  name: string;
  onPerson: ((id: string) => void) | undefined;
}

function RowTable({ rows, shown, name, onPerson }: RowTableProps) {
  const t = useT();
  const format = useFormat();
  const money = useMoney();
  const costs = money.together(rows.map(({ sum }) => sum.cost));
  const highest = rows[0]?.sum.cost ?? '0';
  const costText = (sum: Sum, index: number) => (toPico(sum.cost) > 0n ? costs.parts[index] : t(sum.unpriced > 0 ? 'costs.unknown' : 'costs.free'));
  return (
    <table className={`${classes.table} ${classes.breakdown}`}>
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col">{t('costs.requests')}</th>
          <th scope="col">{t('costs.read')}</th>
          <th scope="col">{t('costs.written')}</th>
          <th scope="col">{t('costs.cost')}</th>
          <td aria-hidden="true" />
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, shown).map((row, index) => (
          <tr key={row.id}>
            <th scope="row">
              <RowName row={row} onPerson={onPerson} />
            </th>
            <td className="at-num">{format.number(row.sum.requests)}</td>
            <td className="at-num">{format.compact(row.sum.inputTokens)}</td>
            <td className="at-num">{row.sum.images > 0 ? t('costs.images.count', { count: row.sum.images }) : format.compact(row.sum.outputTokens)}</td>
            <td className="at-num">{costText(row.sum, index)}</td>
            <td aria-hidden="true">
              <Meter share={shareOf(row.sum.cost, highest)} />
            </td>
          </tr>
        ))}
      </tbody>
      {shown >= rows.length && rows.length > 1 && (
        <tfoot>
          <tr>
            <th scope="row">{t('costs.total')}</th>
            <td className="at-num">{format.number(rows.reduce((sum, row) => sum + row.sum.requests, 0))}</td>
            <td className="at-num">{format.compact(rows.reduce((sum, row) => sum + row.sum.inputTokens, 0))}</td>
            <td className="at-num">{format.compact(rows.reduce((sum, row) => sum + row.sum.outputTokens, 0))}</td>
            <td className="at-num">{costs.total}</td>
            <td aria-hidden="true" />
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function RowName({ row, onPerson }: { row: Row; onPerson: ((id: string) => void) | undefined }) {
  const address = row.thing && thingAddress(row.thing.module, row.thing.id);
  const name = <span {...(row.isForeign && { dir: 'auto' })}>{row.name}</span>;
  return (
    <>
      {address !== undefined ? (
        <Link to={address}>{name}</Link>
      ) : onPerson ? (
        <UnstyledButton className={classes.person} onClick={() => onPerson(row.id)}>
          {name}
        </UnstyledButton>
      ) : (
        <b>{name}</b>
      )}{' '}
      {row.detail !== undefined && <span className={classes.detail}>{row.detail}</span>}
    </>
  );
}
