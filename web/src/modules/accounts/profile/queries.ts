import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Me } from '@/api/types';
import { http } from '@/shared/http/http';
import { meQuery } from '@/shared/session/queries';

export type PictureKind = 'avatar' | 'banner';

const fieldOf = { avatar: 'avatarId', banner: 'bannerId' } as const satisfies Record<PictureKind, keyof Me>;

export const groupsQuery = queryOptions({
  queryKey: ['my-groups'],
  queryFn: async ({ signal }) => (await http.get<{ items: { id: string; name: string }[] }>('/api/me/groups', signal)).items,
});

export interface ProfileText {
  displayName: string;
  pronouns: string;
  about: string;
}

export function useSaveProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (profile: ProfileText) => http.patch<Me>('/api/me', profile),
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
}

/** Shows a file, or nothing, as the person's avatar or banner. */
export function useSetPicture(kind: PictureKind) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (file: File | null) => {
      if (file === null) {
        await http.delete(`/api/me/${kind}`);
        return null;
      }
      const form = new FormData();
      form.append('file', file);
      return (await http.put<{ id: string }>(`/api/me/${kind}`, form)).id;
    },
    onSuccess: (id) => client.setQueryData(meQuery.queryKey, (me) => me && { ...me, [fieldOf[kind]]: id }),
  });
}

export function useSetEmail() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { email: string | null; password: string }) => http.put('/api/me/email', change),
    onSuccess: (_nothing, { email }) => client.setQueryData(meQuery.queryKey, (me) => me && { ...me, email }),
  });
}
