import { useT } from '@/shared/i18n/language';
import { Section } from '@/shared/ui/Section';
import { PasswordForm } from './PasswordForm';
import { SessionList } from './SessionList';

export function DevicesPage() {
  const t = useT();
  return (
    <>
      <Section title={t('accounts.sessions')} text={t('accounts.sessions.text')}>
        <SessionList />
      </Section>
      <Section title={t('accounts.password')}>
        <PasswordForm />
      </Section>
    </>
  );
}
