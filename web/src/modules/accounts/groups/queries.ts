import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { GroupMember, HouseGroup } from '@/api/types';
import { http } from '@/shared/http/http';
import { pagesQuery } from '@/shared/http/pages';
import { groupsQuery } from '@/shared/people/queries';

const path = '/api/admin/groups';

export const membersQuery = (id: string) => pagesQuery<GroupMember>(['house', 'groups', id, 'members'], `${path}/${id}/members`);

export interface GroupChange {
  name?: string;
  takesNewPeople?: boolean;
}

/** A change of the groups; the list and the members of each are asked again. */
function useGroups<T, R>(change: (value: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: groupsQuery.queryKey }) });
}

export const useMakeGroup = () => useGroups((name: string) => http.post<HouseGroup>(path, { name }));
export const useChangeGroup = () => useGroups(({ id, ...change }: GroupChange & { id: string }) => http.patch<HouseGroup>(`${path}/${id}`, change));
export const useDissolveGroup = () => useGroups((id: string) => http.delete(`${path}/${id}`));
export const useAddMember = (id: string) => useGroups((person: string) => http.put(`${path}/${id}/members/${person}`, {}));
export const useRemoveMember = (id: string) => useGroups((person: string) => http.delete(`${path}/${id}/members/${person}`));
