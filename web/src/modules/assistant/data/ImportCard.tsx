import { Button, FileButton, Progress } from '@mantine/core';
import { UploadSimpleIcon } from '@phosphor-icons/react/dist/csr/UploadSimple';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useProblemText } from '@/shared/http/useProblemText';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { useWorking } from '@/shared/shell/shellStore';
import { Note } from '@/shared/ui/Note';
import { SettingRow } from '@/shared/ui/SettingRow';
import { importConversations, type ImportProgress } from './importConversations';
import { ImportReportNote } from './ImportReportNote';
import classes from './ImportCard.module.css';

/** Brings in what ChatGPT exports: choose the file, watch it go, read what became of it. */
export function ImportCard() {
  const t = useT();
  const problemText = useProblemText();
  const client = useQueryClient();
  const [progress, setProgress] = useState<ImportProgress>();
  const giveUp = useRef<AbortController>(undefined);
  const work = useMutation({
    mutationFn: (file: File) => {
      giveUp.current = new AbortController();
      setProgress({ phase: 'sending', done: 0, total: file.size });
      return importConversations(file, setProgress, giveUp.current.signal);
    },
    onSettled: () => {
      setProgress(undefined);
      return client.invalidateQueries({ queryKey: ['assistant', 'conversations'] });
    },
  });
  useWorking(work.isPending);
  useEffect(() => () => giveUp.current?.abort(), []);
  const failed = work.error instanceof DOMException ? null : work.error;

  return (
    <>
      <div className="at-card">
        <SettingRow icon={<UploadSimpleIcon size={18} aria-hidden />} title={t('assistant.import.title')} text={t('assistant.import.text')}>
          <FileButton accept=".zip,.json,application/zip,application/json" onChange={(file) => file && work.mutate(file)}>
            {(button) => (
              <Button {...button} size="xs" variant="default" disabled={work.isPending}>
                {t('assistant.import.choose')}
              </Button>
            )}
          </FileButton>
        </SettingRow>
        {progress && <Running progress={progress} name={work.variables?.name ?? ''} onGiveUp={() => giveUp.current?.abort()} />}
      </div>
      <div className={classes.end}>
        {work.data && <ImportReportNote report={work.data} />}
        {failed && (
          <Note kind="bad" role="alert" title={t('assistant.import.failed')}>
            {problemText(failed)}
          </Note>
        )}
        {work.error !== null && !failed && <Note role="status">{t('assistant.import.givenUp')}</Note>}
      </div>
    </>
  );
}

function Running({ progress, name, onGiveUp }: { progress: ImportProgress; name: string; onGiveUp: () => void }) {
  const t = useT();
  const format = useFormat();
  const { phase, done, total } = progress;
  const share = total > 0 ? Math.min(100, (done / total) * 100) : 0;
  const of = { done: phase === 'sending' ? `${format.compact(done)}B` : format.number(done), total: phase === 'sending' ? `${format.compact(total)}B` : format.number(total) };
  return (
    <div className={classes.running}>
      <div className={classes.head}>
        <b className="at-cut at-grow">{t(phase === 'sending' ? 'assistant.import.sending' : 'assistant.import.reading', { name })}</b>
        <span className="at-num">{t('assistant.import.of', of)}</span>
      </div>
      <Progress value={share} color="gold" aria-label={t('assistant.import.title')} />
      <Button variant="subtle" color="gray" size="compact-xs" onClick={onGiveUp}>
        {t('assistant.import.stop')}
      </Button>
    </div>
  );
}
