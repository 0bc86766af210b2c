import { Button, FileButton, Progress } from '@mantine/core';
import { UploadSimpleIcon } from '@phosphor-icons/react/dist/csr/UploadSimple';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useProblemText } from '@/shared/http/useProblemText';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { useWorking } from '@/shared/shell/shellStore';
import { Note } from '@/shared/ui/Note';
import { SettingRow } from '@/shared/ui/SettingRow';
import classes from './ImportCard.module.css';
import { ImportReportNote } from './ImportReportNote';
import { importsQuery, isRunning, sendImport } from './imports';

/** Brings in what ChatGPT exports: choose the file, watch it go, read what became of it. Only the sending needs this page. */
export function ImportCard() {
  const t = useT();
  const problemText = useProblemText();
  const client = useQueryClient();
  const { data: imports } = useQuery(importsQuery);
  const [share, setShare] = useState(0);
  const giveUp = useRef<AbortController>(undefined);
  const sending = useMutation({
    mutationFn: (file: File) => {
      giveUp.current = new AbortController();
      setShare(0);
      return sendImport(file, setShare, giveUp.current.signal);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: importsQuery.queryKey }),
  });
  const newest = imports?.[0];
  const reading = newest !== undefined && isRunning(newest);
  useWorking(sending.isPending || reading);
  useEffect(() => () => giveUp.current?.abort(), []);
  useEffect(() => {
    if (!reading) void client.invalidateQueries({ queryKey: ['assistant', 'conversations'] });
  }, [client, reading]);
  const givenUp = sending.error instanceof DOMException;

  return (
    <>
      <div className="at-card">
        <SettingRow icon={<UploadSimpleIcon size={18} aria-hidden />} title={t('assistant.import.title')} text={t('assistant.import.text')}>
          <FileButton accept=".zip,.json,application/zip,application/json" onChange={(file) => file && sending.mutate(file)}>
            {(button) => (
              <Button {...button} size="xs" variant="default" disabled={sending.isPending || reading}>
                {t('assistant.import.choose')}
              </Button>
            )}
          </FileButton>
        </SettingRow>
        {sending.isPending && (
          <Running title={t('assistant.import.sending', { name: sending.variables.name })} share={share}>
            <Button variant="subtle" color="gray" size="compact-xs" onClick={() => giveUp.current?.abort()}>
              {t('assistant.import.stop')}
            </Button>
          </Running>
        )}
        {reading && (
          <Running title={t('assistant.import.reading', { count: newest.report.conversations })} share={newest.done}>
            <p className="at-meta">{t('assistant.import.leave')}</p>
          </Running>
        )}
      </div>
      <div className={classes.end}>
        {newest && !reading && !sending.isPending && <ImportReportNote done={newest} />}
        {sending.error && !givenUp && (
          <Note kind="bad" role="alert" title={t('assistant.import.failed')}>
            {problemText(sending.error)}
          </Note>
        )}
        {givenUp && <Note role="status">{t('assistant.import.givenUp')}</Note>}
      </div>
    </>
  );
}

function Running({ title, share, children }: { title: string; share: number; children: ReactNode }) {
  const format = useFormat();
  return (
    <div className={classes.running}>
      <div className={classes.head}>
        <b className="at-cut at-grow">{title}</b>
        <span className="at-num">{format.number(Math.round(share * 100))} %</span>
      </div>
      <Progress value={share * 100} color="gold" aria-label={title} />
      {children}
    </div>
  );
}
