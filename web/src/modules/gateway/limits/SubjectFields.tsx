import { Autocomplete, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useT } from '@/shared/i18n/language';
import { modelsQuery } from '@/shared/models/modelsQuery';
import { knownModules, moduleName } from '@/modules/gateway/costs/names';
import { programKeysQuery } from '@/modules/gateway/programs/queries';
import type { LimitDraft } from './limitDraft';

interface SubjectFieldsProps {
  draft: LimitDraft;
  isHouse: boolean;
  error: string | undefined;
  onChange: (part: Partial<LimitDraft>) => void;
}

/** What a limit counts: everything, or one model, app or key. */
export function SubjectFields({ draft, isHouse, error, onChange }: SubjectFieldsProps) {
  const t = useT();
  const models = useQuery({ ...modelsQuery, enabled: draft.kind === 'model' });
  const keys = useQuery(programKeysQuery);
  const live = keys.data?.filter(({ revokedAt }) => revokedAt === undefined) ?? [];
  // Keys belong to people: an admin sets limits for those, not for their keys.
  const kinds = (['all', 'model', 'module', 'key'] as const).filter((kind) => kind !== 'key' || (!isHouse && live.length > 0));
  return (
    <>
      <Select
        data-autofocus={!isHouse || undefined}
        label={t('limits.kind')}
        allowDeselect={false}
        data={kinds.map((value) => ({ value, label: t(`limits.kind.${value}`) }))}
        value={draft.kind}
        onChange={(kind) => kind !== null && onChange({ kind, subject: '' })}
      />
      {draft.kind === 'model' && (
        <Autocomplete
          label={t('limits.kind.model')}
          placeholder="openai/gpt-5.4-mini"
          error={error}
          limit={60}
          maxLength={200}
          spellCheck={false}
          data={[...new Set(models.data?.items.map(({ id }) => id) ?? [])]}
          value={draft.subject}
          onChange={(subject) => onChange({ subject })}
        />
      )}
      {draft.kind === 'module' && (
        <Select label={t('limits.kind.module')} error={error} allowDeselect={false} data={knownModules.map((value) => ({ value, label: moduleName(t, value) }))} value={draft.subject || null} onChange={(subject) => onChange({ subject: subject ?? '' })} />
      )}
      {draft.kind === 'key' && <Select label={t('limits.kind.key')} error={error} allowDeselect={false} data={live.map(({ id, name }) => ({ value: id, label: name }))} value={draft.subject || null} onChange={(subject) => onChange({ subject: subject ?? '' })} />}
    </>
  );
}
