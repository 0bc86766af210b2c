import type { HouseGroup, HousePerson } from '@/api/types';
import { pagesQuery } from '@/shared/http/pages';

/** Everybody with an account, newest first, or those whose name or address contains a text. Answers admins only. */
export const peopleQuery = (search: string) => pagesQuery<HousePerson>(['house', 'people', search], '/api/admin/people', { search });

/** The groups of the house. Answers admins only. */
export const groupsQuery = pagesQuery<HouseGroup>(['house', 'groups'], '/api/admin/groups');
