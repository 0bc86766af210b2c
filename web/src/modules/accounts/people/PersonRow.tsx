import { ActionIcon, Badge, Select } from '@mantine/core';
import { DotsThreeIcon } from '@phosphor-icons/react/dist/csr/DotsThree';
import { ProhibitIcon } from '@phosphor-icons/react/dist/csr/Prohibit';
import { SignInIcon } from '@phosphor-icons/react/dist/csr/SignIn';
import { SignOutIcon } from '@phosphor-icons/react/dist/csr/SignOut';
import { roles, type HousePerson, type Role } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { useWidth } from '@/shared/shell/useWidth';
import { LazyMenu } from '@/shared/ui/LazyMenu';
import { PersonAvatar } from '@/shared/ui/PersonAvatar';
import classes from './People.module.css';
import { useChangePerson, useSignOutPerson, type PersonChange } from './queries';

/** One person: what they are here, and what an admin may do about it. What they write and keep is not to be had. */
export function PersonRow({ person, isMe }: { person: HousePerson; isMe: boolean }) {
  const t = useT();
  const text = useProblemText();
  const format = useFormat();
  const size = useWidth() === 'phone' ? 44 : 34;
  const change = useChangePerson();
  const signOut = useSignOutPerson();
  const { id, username, displayName, avatarId, email, role, suspendedAt, lastSeenAt, createdAt } = person;
  const name = displayName || username;
  const suspended = suspendedAt != null;

  const failed = (error: unknown) => notify(text(error), { kind: 'bad' });
  const set = (next: PersonChange, before: PersonChange, said: string) =>
    change.mutate({ id, ...next }, { onError: failed, onSuccess: () => notify(said, { undo: () => change.mutate({ id, ...before }, { onError: failed }) }) });
  const setRole = (next: Role) => set({ role: next }, { role }, t('accounts.people.nowIs', { name, role: t(`shell.role.${next}`) }));
  const setSuspended = (next: boolean) => set({ suspended: next }, { suspended: !next }, t(next ? 'accounts.people.isSuspended' : 'accounts.people.isBack', { name }));

  return (
    <li className={classes.row} data-suspended={suspended}>
      <PersonAvatar name={name} picture={avatarId} />
      <div className={classes.who}>
        <b dir="auto">{name}</b>
        <div className="at-meta at-cut">{[name !== username && username, email ?? t('accounts.people.since', { date: format.date(createdAt) })].filter(Boolean).join(' · ')}</div>
      </div>
      <div className={`at-meta ${classes.seen}`}>{lastSeenAt ? t('accounts.people.seen', { when: format.ago(lastSeenAt) }) : t('accounts.people.unseen')}</div>
      {suspended && (
        <Badge className={classes.state} color="brick" size="lg">
          {t('accounts.people.suspended')}
        </Badge>
      )}
      {isMe ? (
        <span className={`at-meta ${classes.role}`}>{t('accounts.people.you', { role: t(`shell.role.${role}`) })}</span>
      ) : (
        <Select<Role>
          className={classes.role}
          aria-label={t('accounts.people.roleOf', { name })}
          data={roles.map((value) => ({ value, label: t(`shell.role.${value}`) }))}
          value={role}
          allowDeselect={false}
          disabled={change.isPending}
          onChange={(next) => next !== null && next !== role && setRole(next)}
        />
      )}
      <div className={classes.tools}>
        {!isMe && (
          <LazyMenu
            position="bottom-end"
            width={230}
            target={
              <ActionIcon variant="subtle" color="gray" size={size} aria-label={t('accounts.people.more', { name })}>
                <DotsThreeIcon size={20} weight="bold" />
              </ActionIcon>
            }
            entries={[
              { kind: 'item', text: t('accounts.people.signOut'), icon: <SignOutIcon size={16} />, onPick: () => signOut.mutate(id, { onError: failed, onSuccess: () => notify(t('accounts.people.signedOut', { name })) }) },
              { kind: 'divider' },
              suspended
                ? { kind: 'item', text: t('accounts.people.letIn'), icon: <SignInIcon size={16} />, onPick: () => setSuspended(false) }
                : { kind: 'item', text: t('accounts.people.suspend'), icon: <ProhibitIcon size={16} />, danger: true, onPick: () => setSuspended(true) },
            ]}
          />
        )}
      </div>
    </li>
  );
}
