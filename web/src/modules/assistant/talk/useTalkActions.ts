import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { Message } from '@/api/types';
import { newClientId } from '@/shared/composer/clientId';
import { useProblemText } from '@/shared/http/useProblemText';
import { notify } from '@/shared/notify/toasts';
import { textOf } from '@/shared/stream/message';
import { copyText } from '@/shared/ui/CopyButton';
import { computerModelId } from '@/shared/ollama/ollama';
import { answerAgain, changeConversation, continueAnswer, stopAnswer } from '@/modules/assistant/api';
import { runBrowserAnswer, stopBrowserAnswer } from './browserAnswers';
import { browserModelFor } from './browserModelFor';
import { tellOtherTabs } from './otherTabs';
import type { OpenTalk } from './useTalk';

/** What can be done with a message. The object stays the same, so that rows need not be drawn again. */
export interface TalkActions {
  copy: (message: Message) => Promise<boolean>;
  /** Asks a changed question beside the old one. */
  edit: (message: Message, text: string) => void;
  again: (answer: Message, model?: string) => void;
  goOn: (answer: Message) => void;
  stop: () => void;
  /** Shows another branch: the one that a sibling of a message leads to. */
  show: (messageId: string) => void;
}

export function useTalkActions(id: string, open: OpenTalk): TalkActions {
  const client = useQueryClient();
  const problemText = useProblemText();
  const latest = useRef({ open, problemText });
  useEffect(() => {
    latest.current = { open, problemText };
  });

  return useMemo(() => {
    const attempt = async (work: () => Promise<void>) => {
      try {
        await work();
        tellOtherTabs(id);
      } catch (problem) {
        notify(latest.current.problemText(problem), { kind: 'bad' });
      }
    };
    const now = () => latest.current.open;
    return {
      copy: (message) => copyText(textOf(message)),
      edit: (message, text) => now().send({ clientId: newClientId(), text, attachments: attachmentsOf(message), parentId: message.parentId ?? null }),
      again: (answer, model) =>
        void attempt(async () => {
          const browser = await browserModelFor(client, id, model);
          const started = await answerAgain(id, answer.id, model, browser);
          if (browser && started.call) void runBrowserAnswer(started.generationId, browser, started.call);
          now().dispatch({ type: 'again', of: answer.id, ...started, at: new Date().toISOString() });
        }),
      goOn: (answer) =>
        void attempt(async () => {
          const own = answer.provider === 'ollama-browser' && answer.model != null ? computerModelId(answer.model) : '';
          const browser = await browserModelFor(client, id, own);
          const started = await continueAnswer(id, answer.id, browser);
          if (browser && started.call) void runBrowserAnswer(started.generationId, browser, started.call);
          now().dispatch({ type: 'continued', ...started });
        }),
      stop: () => {
        const generation = now().running?.generationId;
        if (!generation) return;
        stopBrowserAnswer(generation);
        void attempt(() => stopAnswer(generation));
      },
      show: (messageId) =>
        void attempt(async () => {
          now().dispatch({ type: 'switching', on: true });
          try {
            await changeConversation(id, { leafId: messageId });
            await now().reload();
          } finally {
            now().dispatch({ type: 'switching', on: false });
          }
        }),
    };
  }, [client, id]);
}

function attachmentsOf(message: Message) {
  return message.parts.flatMap((part) =>
    part.type === 'image' || part.type === 'file' ? { id: part.attachmentId, name: part.name, mediaType: part.mediaType, size: part.type === 'file' ? part.size : 0 } : [],
  );
}
