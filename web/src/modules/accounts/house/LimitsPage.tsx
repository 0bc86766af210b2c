import { useQuery } from '@tanstack/react-query';
import type { Limits } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import type { MessageKey } from '@/shared/i18n/messages';
import en from '@/shared/i18n/en.json';
import { Note } from '@/shared/ui/Note';
import { QueryState } from '@/shared/ui/QueryState';
import { Section } from '@/shared/ui/Section';
import classes from './House.module.css';
import { limitsQuery } from './queries';

/** The house, Limits: how much of what one person or one address may ask for. */
export function LimitsPage() {
  const t = useT();
  return (
    <Section title={t('accounts.limits')} text={t('accounts.limits.text')}>
      <QueryState query={useQuery(limitsQuery)} opening={t('accounts.limits.opening')} height={372}>
        {(limits) => <LimitTable limits={limits} />}
      </QueryState>
    </Section>
  );
}

function LimitTable({ limits }: { limits: Limits }) {
  const t = useT();
  return (
    <>
      {!limits.on && <Note kind="live">{t('accounts.limits.off')}</Note>}
      <div className={`at-card ${classes.table}`}>
        <table className={classes.limits}>
          <thead>
            <tr>
              <th scope="col">{t('accounts.limits.what')}</th>
              <th scope="col">{t('accounts.limits.most')}</th>
              <th scope="col">{t('accounts.limits.by')}</th>
            </tr>
          </thead>
          <tbody>
            {limits.items.map((limit) => (
              <tr key={limit.class}>
                <th scope="row">{nameOf(limit.class, t)}</th>
                <td>{t('accounts.limits.rate', { requests: limit.requests, seconds: limit.seconds })}</td>
                <td>{t(limit.by === 'person' ? 'accounts.limits.person' : 'accounts.limits.address')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** A class in words; its own name where the catalogue has none, so that nothing is hidden. */
function nameOf(name: string, t: ReturnType<typeof useT>): string {
  const key = `accounts.limit.${name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
  return Object.hasOwn(en, key) ? t(key as MessageKey) : name;
}
