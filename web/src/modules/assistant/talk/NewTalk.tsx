import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { Attachment, PersonaId } from '@/api/types';
import { Composer, type ComposerHandle } from '@/shared/composer/Composer';
import { newClientId } from '@/shared/composer/clientId';
import { writeQueue, type Question } from '@/shared/composer/queue';
import { useT } from '@/shared/i18n/language';
import { useComputer } from '@/shared/ollama/computerModels';
import { computerModelId } from '@/shared/ollama/ollama';
import { useMe } from '@/shared/session/queries';
import { Bar } from '@/shared/shell/Bar';
import { useWidth } from '@/shared/shell/useWidth';
import { createConversation, upload } from '@/modules/assistant/api';
import { ModelChip } from '@/modules/assistant/models/ModelChip';
import { PersonaChip } from '@/modules/assistant/models/PersonaChip';
import { CostLine } from './CostLine';
import { EmptyTalk } from './EmptyTalk';
import { loadTalkPage } from './loadTalkPage';
import type { Outgoing } from './talk';
import classes from './Talk.module.css';
import { useDropFiles } from './useDropFiles';
import { OutgoingQuestion } from './Waiting';

/** A conversation that begins with its first question. */
export function NewTalk() {
  const t = useT();
  const navigate = useNavigate();
  const client = useQueryClient();
  const phone = useWidth() === 'phone';
  const { preferences } = useMe();
  const composer = useRef<ComposerHandle>(null);
  const [persona, setPersona] = useState<PersonaId>(preferences.persona);
  const computer = useComputer((chosen) => chosen.model);
  const [picked, setModel] = useState<string>();
  const model = picked ?? (computer === null ? undefined : computerModelId(computer));
  const [outgoing, setOutgoing] = useState<Outgoing>();
  const { over, handlers } = useDropFiles((files) => composer.current?.attach(files));

  const begin = async (question: Question) => {
    setOutgoing({ question, problem: undefined });
    void loadTalkPage();
    try {
      const { id } = await createConversation({ persona, ...(model !== undefined && { model }) });
      // The conversation's own page sends what waits in its queue.
      writeQueue(id, [question]);
      await navigate({ to: '/assistant/$conversationId', params: { conversationId: id } });
      await client.invalidateQueries({ queryKey: ['assistant', 'conversations'] });
    } catch (problem) {
      setOutgoing({ question, problem });
    }
  };

  const send = (text: string, attachments: readonly Attachment[]) => void begin({ clientId: newClientId(), text, attachments });

  return (
    <div className={classes.page} data-drop={over} {...handlers}>
      <Bar title={t('assistant.new')} back="/assistant" />
      {outgoing ? (
        <div className={classes.talk}>
          <OutgoingQuestion
            outgoing={outgoing}
            onRetry={() => void begin(outgoing.question)}
            onEdit={() => {
              setOutgoing(undefined);
              composer.current?.write(outgoing.question.text);
            }}
            onRemove={() => setOutgoing(undefined)}
          />
        </div>
      ) : (
        <EmptyTalk onExample={(text) => composer.current?.write(text)} />
      )}
      <div className={classes.foot}>
        <div className={classes.column}>
          {phone && <CostLine cost={undefined} />}
          <Composer
            ref={composer}
            place="new"
            label={t('assistant.composer.label')}
            placeholder={t('assistant.composer.first')}
            enterSends={preferences.enterSends}
            busy={false}
            onSend={send}
            onStop={() => {}}
            upload={upload}
            tools={
              !phone && (
                <>
                  <PersonaChip persona={persona} onChange={setPersona} />
                  <ModelChip model={model} onChange={(chosen) => setModel(chosen ?? undefined)} />
                </>
              )
            }
          />
          {!phone && <CostLine cost={undefined} />}
        </div>
      </div>
    </div>
  );
}
