import { useT } from '@/shared/i18n/language';
import classes from './Talk.module.css';

const examples = ['assistant.example.summarise', 'assistant.example.plan', 'assistant.example.help'] as const;

export function EmptyTalk({ onExample }: { onExample: (text: string) => void }) {
  const t = useT();
  return (
    <div className={classes.middle}>
      <Glyph />
      <h2>{t('assistant.empty.title')}</h2>
      <p>{t('assistant.empty.text')}</p>
      <div className={classes.choices}>
        {examples.map((key) => (
          <button key={key} type="button" className={classes.example} onClick={() => onExample(t(key))}>
            {t(key)}
          </button>
        ))}
      </div>
    </div>
  );
}

/** The plan of the house, with this app's room lit. */
function Glyph() {
  const wall = { fill: 'none', stroke: 'var(--at-line-strong)' };
  return (
    <svg className={classes.glyph} viewBox="0 0 52 52" aria-hidden="true">
      <rect x="1" y="1" width="50" height="50" rx="3" strokeWidth="1.5" {...wall} />
      <rect x="2" y="2" width="22" height="14" rx="1.5" fill="var(--at-app-assistant)" fillOpacity=".9" />
      <rect x="26" y="2" width="24" height="14" rx="1.5" {...wall} />
      <rect x="2" y="18" width="12" height="20" rx="1.5" {...wall} />
      <rect x="38" y="18" width="12" height="20" rx="1.5" {...wall} />
      <rect x="2" y="40" width="16" height="10" rx="1.5" {...wall} />
      <rect x="20" y="22" width="12" height="12" fill="var(--at-live-bright)" />
    </svg>
  );
}
