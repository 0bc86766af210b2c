import { useQuery } from '@tanstack/react-query';
import { useT } from '@/shared/i18n/language';
import { QueryState } from '@/shared/ui/QueryState';
import { Section } from '@/shared/ui/Section';
import { NewPeopleCard } from '@/modules/accounts/house/NewPeopleCard';
import { rulesQuery } from '@/modules/accounts/house/queries';
import { RegistrationModes } from '@/modules/accounts/house/RegistrationModes';
import { Invitations } from './Invitations';
import { InviteForm } from './InviteForm';

/** The house, Who may come in: how people get an account, the links that let one in, and what new people are. */
export function RegistrationPage() {
  const t = useT();
  const rules = useQuery(rulesQuery);
  return (
    <>
      <Section title={t('accounts.registration')}>
        <QueryState query={rules} opening={t('accounts.house.opening')} height={172}>
          {({ registration }) => <RegistrationModes registration={registration} />}
        </QueryState>
      </Section>
      <Section title={t('accounts.invitations')} text={t('accounts.invitations.text')}>
        <InviteForm />
        <Invitations />
      </Section>
      {rules.data && (
        <Section title={t('accounts.newPeople')}>
          <NewPeopleCard newPeople={rules.data.newPeople} />
        </Section>
      )}
    </>
  );
}
