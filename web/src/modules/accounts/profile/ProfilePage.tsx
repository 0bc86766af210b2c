import { useQuery } from '@tanstack/react-query';
import { useT } from '@/shared/i18n/language';
import { useMe } from '@/shared/session/queries';
import { EmptyCard } from '@/shared/ui/EmptyCard';
import { QueryState } from '@/shared/ui/QueryState';
import { Section } from '@/shared/ui/Section';
import { EmailForm } from './EmailForm';
import { Pictures } from './Pictures';
import classes from './Profile.module.css';
import { ProfileForm } from './ProfileForm';
import { groupsQuery } from './queries';

/** Settings, Profile: how others in the house see you. */
export function ProfilePage() {
  const t = useT();
  const me = useMe();
  return (
    <>
      <Section title={t('accounts.profile')} text={t('accounts.profile.text')}>
        <div className={`at-card ${classes.card}`}>
          <Pictures me={me} />
          <ProfileForm me={me} />
        </div>
      </Section>
      <Section title={t('accounts.email')} text={t('accounts.email.text')}>
        <EmailForm me={me} />
      </Section>
      <Section title={t('accounts.myGroups')}>
        <QueryState query={useQuery(groupsQuery)} opening={t('accounts.groups.opening')} height={58}>
          {(groups) =>
            groups.length === 0 ? (
              <EmptyCard>{t('accounts.myGroups.none')}</EmptyCard>
            ) : (
              <ul className={`at-card ${classes.groups}`}>
                {groups.map(({ id, name }) => (
                  <li key={id} dir="auto">
                    {name}
                  </li>
                ))}
              </ul>
            )
          }
        </QueryState>
      </Section>
    </>
  );
}
