import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Invitation, NewInvitation, Role } from '@/api/types';
import { http } from '@/shared/http/http';
import { pagesQuery } from '@/shared/http/pages';

const path = '/api/admin/invitations';

export const invitationsQuery = pagesQuery<Invitation>(['house', 'invitations'], path);

/** Nobody becomes an admin by a link. */
export const invitedRoles = ['guest', 'user', 'developer'] as const satisfies readonly Role[];

export interface InvitationDraft {
  role: (typeof invitedRoles)[number];
  note: string;
  days: number;
}

export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: InvitationDraft) => http.post<NewInvitation>(path, { ...draft, note: draft.note.trim() }),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
}

export function useTakeBack() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Invitation) => http.delete(`${path}/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
}

/** The token is a fragment: no log of a proxy ever holds it. */
export const invitationLink = (token: string): string => `${window.location.origin}/sign-up#${token}`;

export const stateOf = ({ usedAt, expiresAt }: Invitation, now = Date.now()): 'used' | 'old' | 'open' => (usedAt != null ? 'used' : new Date(expiresAt).getTime() <= now ? 'old' : 'open');
