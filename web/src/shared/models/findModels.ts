import type { Model } from '@/api/types';

export interface ModelGroup {
  providerName: string;
  models: readonly Model[];
}

/** Models by provider, in the order given, of which every word of the search is a part. */
export function findModels(models: readonly Model[], search: string): readonly ModelGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, Model[]>();
  for (const model of models) {
    const named = `${model.id} ${model.providerName}`.toLowerCase();
    if (!words.every((word) => named.includes(word))) continue;
    const group = groups.get(model.providerName);
    if (group) group.push(model);
    else groups.set(model.providerName, [model]);
  }
  return [...groups].map(([providerName, found]) => ({ providerName, models: found }));
}
