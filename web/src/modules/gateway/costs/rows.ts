import type { CostReport, Sum } from '@/api/money';
import type { Translate } from '@/shared/i18n/messages';
import { featureName, moduleName } from './names';

export const views = ['model', 'module', 'key', 'apiKey', 'thing', 'person', 'group'] as const;
export type View = (typeof views)[number];

/** One line of the table: what it is, a few quiet words, and its sums. */
export interface Row {
  id: string;
  name: string;
  detail?: string;
  /** Written by a person or a provider, in whatever language. */
  isForeign: boolean;
  thing?: { module: string; id: string };
  sum: Sum;
}

/** The views that have anything to tell: people and groups only where everybody's costs are shown. */
export const viewsOf = ({ people, groups, apiKeys, things }: CostReport): View[] =>
  views.filter((view) => (view === 'person' ? people !== undefined : view === 'group' ? groups !== undefined && groups.length > 0 : view === 'apiKey' ? apiKeys.length > 0 : view === 'thing' ? things.length > 0 : true));

export function rowsOf(t: Translate, report: CostReport, view: View): Row[] {
  switch (view) {
    case 'model':
      return report.models.map(({ provider, providerName, model, sum }) => ({ id: `${provider}/${model}`, name: model, detail: providerName, isForeign: true, sum }));
    case 'module':
      return report.modules.map(({ module, features, sum }) => ({ id: module, name: moduleName(t, module), detail: features.map(({ feature }) => featureName(t, feature)).join(', '), isForeign: false, sum }));
    case 'key':
      return report.keys.map(({ keyId, name, provider, sum }) => ({ id: keyId ?? provider, name: name ?? t(keyId === undefined ? 'costs.key.none' : 'costs.key.gone'), detail: provider, isForeign: name !== undefined, sum }));
    case 'apiKey':
      return report.apiKeys.map(({ apiKeyId, name, prefix, sum }) => ({ id: apiKeyId, name: name ?? t('costs.key.gone'), ...(prefix !== undefined && { detail: `${prefix}…` }), isForeign: name !== undefined, sum }));
    case 'thing':
      return report.things.map(({ module, thingId, title, sum }) => ({ id: thingId, name: title ?? t('costs.thing.gone'), detail: moduleName(t, module), isForeign: title !== undefined, ...(title !== undefined && { thing: { module, id: thingId } }), sum }));
    case 'person':
      return (report.people ?? []).map(({ personId, username, sum }) => ({ id: personId, name: username ?? t('costs.person.gone'), isForeign: username !== undefined, sum }));
    case 'group':
      return (report.groups ?? []).map(({ groupId, name, sum }) => ({ id: groupId, name, isForeign: true, sum }));
  }
}

/** The models whose price is not known: what they were asked is in no figure. */
export const unpricedOf = ({ models }: CostReport) => models.filter(({ sum }) => sum.unpriced > 0);
