import type { MessageKey, Translate } from '@/shared/i18n/messages';

const labels: Readonly<Record<string, MessageKey>> = {
  endpoint: 'gateway.setting.endpoint',
  endpointUrl: 'gateway.setting.endpoint',
  endpointId: 'gateway.setting.endpointId',
  deployment: 'gateway.setting.deployment',
  resource: 'gateway.setting.resource',
  apiVersion: 'gateway.setting.apiVersion',
  organization: 'gateway.setting.organization',
  project: 'gateway.setting.project',
  projectId: 'gateway.setting.project',
  region: 'gateway.setting.region',
  accessKeyId: 'gateway.setting.accessKeyId',
  secretAccessKey: 'gateway.setting.secretAccessKey',
  sessionToken: 'gateway.setting.sessionToken',
};

/** Whether the house has its own word for a setting; then the provider's technical note is not needed. */
export const isKnownSetting = (name: string): boolean => name in labels;

/** A setting's name for people: translated where it is known, else its words apart ("compartmentId" → "Compartment id"). */
export function settingLabel(t: Translate, name: string): string {
  const key = labels[name];
  if (key !== undefined) return t(key);
  const words = name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
