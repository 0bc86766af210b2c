import { Button } from '@mantine/core';
import { BracketsCurlyIcon } from '@phosphor-icons/react/dist/csr/BracketsCurly';
import { FileTextIcon } from '@phosphor-icons/react/dist/csr/FileText';
import { useT } from '@/shared/i18n/language';
import { Section } from '@/shared/ui/Section';
import { SettingRow } from '@/shared/ui/SettingRow';
import { exportAddress } from '@/modules/assistant/api';
import { ImportCard } from './ImportCard';

/** Settings, Your data: all conversations out of the house, and those of elsewhere into it. */
export function DataPage() {
  const t = useT();
  return (
    <>
      <Section title={t('assistant.data.out')}>
        <div className="at-card">
          <SettingRow icon={<FileTextIcon size={18} aria-hidden />} title={t('assistant.export.markdown')} text={t('assistant.export.markdown.text')}>
            <Button component="a" href={exportAddress('markdown')} download variant="default" size="xs" aria-label={t('assistant.data.downloadMarkdown')}>
              {t('assistant.data.download')}
            </Button>
          </SettingRow>
          <SettingRow icon={<BracketsCurlyIcon size={18} aria-hidden />} title={t('assistant.export.json')} text={t('assistant.export.json.text')}>
            <Button component="a" href={exportAddress('json')} download variant="default" size="xs" aria-label={t('assistant.data.downloadJson')}>
              {t('assistant.data.download')}
            </Button>
          </SettingRow>
        </div>
      </Section>
      <Section title={t('assistant.data.in')}>
        <ImportCard />
      </Section>
    </>
  );
}
