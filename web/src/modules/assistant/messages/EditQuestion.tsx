import { Button, Textarea } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { useT } from '@/shared/i18n/language';
import classes from './Messages.module.css';

interface EditQuestionProps {
  text: string;
  onSave: (text: string) => void;
  onCancel: () => void;
}

/** A question being changed in its place. What it was stays, as the other branch. */
export function EditQuestion({ text, onSave, onCancel }: EditQuestionProps) {
  const t = useT();
  const [changed, setChanged] = useState(text);
  const save = () => {
    if (changed.trim() !== '') onSave(changed.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) save();
  };
  return (
    <div className={classes.edit} data-holds-escape>
      <Textarea value={changed} onChange={(event) => setChanged(event.currentTarget.value)} onKeyDown={onKeyDown} autosize minRows={2} maxRows={14} autoFocus aria-label={t('assistant.edit.label')} dir="auto" />
      <div className={classes.editActions}>
        <span className="at-meta at-grow">{t('assistant.edit.kept')}</span>
        <Button variant="subtle" color="gray" size="xs" onClick={onCancel}>
          {t('assistant.edit.cancel')}
        </Button>
        <Button size="xs" onClick={save} disabled={changed.trim() === ''}>
          {t('assistant.edit.save')}
        </Button>
      </div>
    </div>
  );
}
