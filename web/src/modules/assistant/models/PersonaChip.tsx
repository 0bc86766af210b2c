import { CaretDownIcon } from '@phosphor-icons/react/dist/csr/CaretDown';
import type { PersonaId } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { LazyMenu } from '@/shared/ui/LazyMenu';
import { PersonaAvatar } from '@/shared/ui/PersonaAvatar';
import classes from './Models.module.css';
import { personaIds, personaName } from './personaName';

const purposes = { diszi: 'assistant.persona.diszi', zily: 'assistant.persona.zily' } as const;

/** Who is asked, and the way to the other. */
export function PersonaChip({ persona, onChange }: { persona: PersonaId; onChange: (persona: PersonaId) => void }) {
  const t = useT();
  return (
    <LazyMenu
      position="top-start"
      width={240}
      target={
        <button type="button" className={classes.chip} aria-label={t('assistant.persona.chip', { name: personaName(persona) })}>
          <PersonaAvatar persona={persona} size={16} />
          {personaName(persona)}
          <CaretDownIcon size={13} />
        </button>
      }
      entries={personaIds.map((id) => ({
        kind: 'item',
        icon: <PersonaAvatar persona={id} />,
        text: (
          <>
            <b>{personaName(id)}</b>
            <div className="at-meta">{t(purposes[id])}</div>
          </>
        ),
        onPick: () => onChange(id),
      }))}
    />
  );
}
