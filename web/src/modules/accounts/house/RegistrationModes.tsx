import { Radio } from '@mantine/core';
import type { HouseRules, RegistrationMode } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { useSetRegistration } from './queries';
import classes from './Registration.module.css';

/** From the widest open door to the closed one. */
const modes = ['open', 'invite', 'closed'] as const satisfies readonly RegistrationMode[];

/** How people get an account. The operator's setting is as far as the door opens. */
export function RegistrationModes({ registration }: Pick<HouseRules, 'registration'>) {
  const t = useT();
  const text = useProblemText();
  const set = useSetRegistration();
  const { current, allowed } = registration;
  const choose = (mode: RegistrationMode) =>
    set.mutate(mode, {
      onError: (error) => notify(text(error), { kind: 'bad' }),
      onSuccess: () => notify(t(`accounts.registration.${mode}.now`), { undo: () => set.mutate(current) }),
    });
  return (
    <Radio.Group aria-label={t('settings.registration')} value={set.isPending ? set.variables : current} onChange={choose}>
      <div className={`at-card ${classes.modes}`}>
        {modes.map((mode) => {
          const tooOpen = modes.indexOf(mode) < modes.indexOf(allowed);
          return (
            <Radio
              key={mode}
              value={mode}
              disabled={tooOpen}
              label={t(`accounts.registration.${mode}`)}
              description={t(tooOpen ? 'accounts.registration.notAllowed' : `accounts.registration.${mode}.text`)}
            />
          );
        })}
      </div>
    </Radio.Group>
  );
}
