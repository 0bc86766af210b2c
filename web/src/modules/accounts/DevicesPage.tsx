import { useT } from '@/shared/i18n/language';
import { Section } from '@/shared/ui/Section';
import { EndOthers } from './EndOthers';
import { PasswordForm } from './PasswordForm';
import { SessionList } from './SessionList';

export function DevicesPage() {
  const t = useT();
  return (
    <>
      <Section title={t('accounts.sessions')} text={t('accounts.sessions.text')} action={<EndOthers />}>
        <SessionList />
      </Section>
      <Section title={t('accounts.password')}>
        <PasswordForm />
      </Section>
    </>
  );
}
