import { memo, useMemo, type Ref } from 'react';
import type { Attachment, Conversation, Message } from '@/api/types';
import { Composer, type ComposerHandle } from '@/shared/composer/Composer';
import type { Question } from '@/shared/composer/queue';
import { useT } from '@/shared/i18n/language';
import { useMe } from '@/shared/session/queries';
import { useWidth } from '@/shared/shell/useWidth';
import { draftHome, upload, type ConversationChange } from '@/modules/assistant/api';
import { ModelChip } from '@/modules/assistant/models/ModelChip';
import { PersonaChip } from '@/modules/assistant/models/PersonaChip';
import { BranchHint } from './BranchHint';
import { CostLine } from './CostLine';
import classes from './Talk.module.css';
import { Queue } from './Waiting';

interface TalkFootProps {
  id: string;
  conversation: Conversation | undefined;
  /** An answer is being written. */
  busy: boolean;
  queue: readonly Question[];
  queuePaused: boolean;
  /** Whether the next question begins a branch, and below which message. */
  branching: boolean;
  branch: Message | undefined;
  lastQuestion: string | undefined;
  onSend: (text: string, attachments: readonly Attachment[]) => void;
  onSendNow: (question: Question) => void;
  onUnqueue: (clientId: string) => void;
  onStop: () => void;
  onCancelBranch: () => void;
  onEdit: (messageId: string) => void;
  onChange: (change: ConversationChange) => void;
  ref: Ref<ComposerHandle>;
}

/** Below the messages: what waits, where one writes, what it costs. Not drawn again with every streamed word. */
export const TalkFoot = memo(function TalkFoot(props: TalkFootProps) {
  const { id, conversation, busy, lastQuestion, onEdit, onChange } = props;
  const t = useT();
  const phone = useWidth() === 'phone';
  const { preferences } = useMe();
  const home = useMemo(() => draftHome(id), [id]);
  return (
    <div className={classes.foot}>
      <div className={classes.column}>
        <Queue queue={props.queue} paused={props.queuePaused} onSend={props.onSendNow} onRemove={props.onUnqueue} />
        {props.branching && <BranchHint message={props.branch} onCancel={props.onCancelBranch} />}
        {phone && <CostLine cost={conversation?.cost} />}
        <Composer
          ref={props.ref}
          place={id}
          draftHome={home}
          label={t('assistant.composer.label')}
          placeholder={t(phone ? 'assistant.composer.nextShort' : busy ? 'assistant.composer.whileAnswering' : 'assistant.composer.next')}
          enterSends={preferences.enterSends}
          busy={busy}
          onSend={props.onSend}
          onStop={props.onStop}
          onEditLast={lastQuestion === undefined ? undefined : () => onEdit(lastQuestion)}
          upload={upload}
          tools={
            !phone &&
            conversation && (
              <>
                <PersonaChip persona={conversation.persona} onChange={(persona) => onChange({ persona })} />
                <ModelChip model={conversation.model ?? undefined} onChange={(model) => onChange({ model })} />
              </>
            )
          }
        />
        {!phone && <CostLine cost={conversation?.cost} />}
      </div>
    </div>
  );
});
