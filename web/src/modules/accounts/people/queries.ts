import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { HousePerson, Role } from '@/api/types';
import { http } from '@/shared/http/http';

const path = '/api/admin/people';
const everybody = ['house', 'people'] as const;

export interface PersonChange {
  role?: Role;
  suspended?: boolean;
}

export function useChangePerson() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...change }: PersonChange & { id: string }) => http.patch<HousePerson>(`${path}/${id}`, change),
    onSettled: () => client.invalidateQueries({ queryKey: everybody }),
  });
}

/** Ends every session that a person has, on all of their devices. */
export function useSignOutPerson() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => http.delete(`${path}/${id}/sessions`),
    onSettled: () => client.invalidateQueries({ queryKey: everybody }),
  });
}
