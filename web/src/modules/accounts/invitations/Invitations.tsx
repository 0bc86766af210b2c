import { Badge, Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Invitation } from '@/api/types';
import { useProblemText } from '@/shared/http/useProblemText';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { notify } from '@/shared/notify/toasts';
import { EmptyCard } from '@/shared/ui/EmptyCard';
import { MoreButton } from '@/shared/ui/MoreButton';
import { QueryState } from '@/shared/ui/QueryState';
import { SettingRow } from '@/shared/ui/SettingRow';
import { invitationsQuery, stateOf, useTakeBack } from './queries';

/** Invitations that are open, were used or are too old. */
export function Invitations() {
  const t = useT();
  const invitations = useInfiniteQuery(invitationsQuery);
  return (
    <>
      <QueryState query={invitations} opening={t('accounts.invitations.opening')} height={124}>
        {(items) =>
          items.length === 0 ? (
            <EmptyCard>{t('accounts.invitations.none')}</EmptyCard>
          ) : (
            <div className="at-card">
              {items.map((invitation) => (
                <InvitationRow key={invitation.id} invitation={invitation} />
              ))}
            </div>
          )
        }
      </QueryState>
      <MoreButton list={invitations} />
    </>
  );
}

const colours = { open: 'patina', used: 'leaf', old: 'gray' } as const;

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const t = useT();
  const text = useProblemText();
  const format = useFormat();
  const takeBack = useTakeBack();
  const { note, role, createdBy, usedBy, usedAt, expiresAt } = invitation;
  const state = stateOf(invitation);
  const title = note || t('accounts.invitations.unnamed');
  const facts = {
    open: () => t('accounts.invitations.until', { when: format.dateTime(expiresAt) }),
    old: () => t('accounts.invitations.ran', { when: format.dateTime(expiresAt) }),
    used: () => t('accounts.invitations.usedBy', { name: usedBy ?? '', when: format.ago(usedAt ?? expiresAt) }),
  }[state]();
  return (
    <SettingRow title={<span dir="auto">{title}</span>} text={[t(`shell.role.${role}`), createdBy && t('accounts.invitations.by', { name: createdBy }), facts].filter(Boolean).join(' · ')}>
      <div className="at-row">
        <Badge color={colours[state]} variant={state === 'old' ? 'default' : 'light'} size="lg">
          {t(`accounts.invitations.${state}`)}
        </Badge>
        {state === 'open' && (
          <Button
            variant="default"
            size="xs"
            loading={takeBack.isPending}
            aria-label={t('accounts.invitations.takeBackOne', { note: title })}
            onClick={() => takeBack.mutate(invitation, { onSuccess: () => notify(t('accounts.invitations.takenBack')), onError: (error) => notify(text(error), { kind: 'bad' }) })}
          >
            {t('accounts.invitations.takeBack')}
          </Button>
        )}
      </div>
    </SettingRow>
  );
}
