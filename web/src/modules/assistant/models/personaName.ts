import type { PersonaId } from '@/api/types';

const names: Readonly<Record<PersonaId, string>> = { diszi: 'Diszi', zily: 'Zily' };

/** Personas are named alike in every language. */
export const personaName = (persona: PersonaId): string => names[persona];

export const personaIds = Object.keys(names) as PersonaId[];
