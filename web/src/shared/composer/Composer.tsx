import { ActionIcon, Button } from '@mantine/core';
import { ArrowUpIcon } from '@phosphor-icons/react/dist/csr/ArrowUp';
import { PaperclipIcon } from '@phosphor-icons/react/dist/csr/Paperclip';
import { StopIcon } from '@phosphor-icons/react/dist/csr/Stop';
import { useImperativeHandle, useLayoutEffect, useRef, type ClipboardEvent, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import type { Attachment } from '@/api/types';
import { useT } from '@/shared/i18n/language';
import { useWidth } from '@/shared/shell/useWidth';
import { AttachedFiles } from './AttachedFiles';
import classes from './Composer.module.css';
import type { DraftHome } from './draftSync';
import { useAttachments } from './useAttachments';
import { useDraft } from './useDraft';

export interface ComposerHandle {
  focus: () => void;
  /** Puts a text where the person can change it before sending. */
  write: (text: string) => void;
  attach: (files: Iterable<File>) => void;
}

interface ComposerProps {
  /** Under this name the draft is kept. */
  place: string;
  /** Where the person's other devices find the draft; without one it stays in this browser. */
  draftHome?: DraftHome;
  label: string;
  placeholder: string;
  /** Whether Enter sends and Shift Enter breaks the line, or the other way round. */
  enterSends: boolean;
  /** An answer runs: Stop stands where Send stood, and what is sent waits for its turn. */
  busy: boolean;
  onSend: (text: string, attachments: readonly Attachment[]) => void;
  onStop: () => void;
  /** The up arrow in an empty field. */
  onEditLast?: (() => void) | undefined;
  upload: (file: File) => Promise<Attachment>;
  /** Beside the paperclip: what the question goes to. */
  tools?: ReactNode;
  ref?: Ref<ComposerHandle>;
}

/** Where people write. It grows with the text, keeps a draft, takes files, and never loses either. */
export function Composer(props: ComposerProps) {
  const { place, busy, onSend, onStop, onEditLast, upload, ref } = props;
  const t = useT();
  const phone = useWidth() === 'phone';
  const [text, setText] = useDraft(place, props.draftHome);
  const { files, add, remove, clear } = useAttachments(upload);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const ready = files.every((file) => file.state === 'ready') && (text.trim() !== '' || files.length > 0);

  useLayoutEffect(() => {
    if (field.current) fitHeight(field.current);
  }, [text, phone]);
  useImperativeHandle(ref, () => ({
    focus: () => field.current?.focus(),
    write: (written) => {
      setText(written);
      field.current?.focus();
    },
    attach: add,
  }));

  const send = () => {
    if (!ready) return;
    onSend(text.trim(), files.flatMap((file) => file.attachment ?? []));
    setText('');
    clear();
    field.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While a word is composed, Enter chooses among its spellings.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.altKey && (event.ctrlKey || event.metaKey || event.shiftKey !== props.enterSends)) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp' && text === '' && onEditLast) {
      event.preventDefault();
      onEditLast();
    }
  };

  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    add(event.clipboardData.files);
  };

  return (
    <form
      className={classes.composer}
      data-compact={phone}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <AttachedFiles files={files} onRemove={remove} />
      <textarea
        ref={field}
        className={classes.field}
        aria-label={props.label}
        placeholder={props.placeholder}
        rows={1}
        dir="auto"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        enterKeyHint={props.enterSends ? 'send' : 'enter'}
      />
      <div className={classes.tools}>
        <input ref={picker} type="file" multiple hidden accept="image/png,image/jpeg,image/gif,image/webp,application/pdf,text/*,.md,.csv,.json,.log" onChange={(event) => takeFiles(event.target, add)} />
        <ActionIcon variant="subtle" color="gray" size={phone ? 44 : 34} aria-label={t('assistant.composer.attach')} onClick={() => picker.current?.click()}>
          <PaperclipIcon size={phone ? 19 : 17} />
        </ActionIcon>
        {props.tools}
        <span className="at-grow" />
        {busy && ready && (
          <ActionIcon type="submit" variant="default" size={phone ? 40 : 30} aria-label={t('assistant.composer.queue')}>
            <ArrowUpIcon size={16} weight="bold" />
          </ActionIcon>
        )}
        {busy ? <StopButton compact={phone} onStop={onStop} /> : <SendButton compact={phone} disabled={!ready} />}
      </div>
    </form>
  );
}

function StopButton({ compact, onStop }: { compact: boolean; onStop: () => void }) {
  const t = useT();
  if (compact) {
    return (
      <button type="button" className={classes.stop} aria-label={t('assistant.composer.stop')} onClick={onStop}>
        <StopIcon size={16} weight="fill" />
      </button>
    );
  }
  return (
    <button type="button" className={classes.stop} onClick={onStop} aria-keyshortcuts="Escape">
      <StopIcon size={15} weight="fill" />
      {t('assistant.composer.stop')} <span className={classes.key}>Esc</span>
    </button>
  );
}

function SendButton({ compact, disabled }: { compact: boolean; disabled: boolean }) {
  const t = useT();
  const size = compact ? 40 : 34;
  return (
    <Button type="submit" className={classes.send} w={size} h={size} p={0} aria-label={t('assistant.composer.send')} disabled={disabled}>
      <ArrowUpIcon size={17} weight="bold" />
    </Button>
  );
}

function takeFiles(input: HTMLInputElement, add: (files: Iterable<File>) => void) {
  if (input.files) add([...input.files]);
  // Choosing the same file again must count as a choice.
  input.value = '';
}

function fitHeight(field: HTMLTextAreaElement) {
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, window.innerHeight * 0.4)}px`;
}
