import { memo } from 'react';
import type { Message } from '@/api/types';
import type { TalkActions } from '@/modules/assistant/talk/useTalkActions';
import { AnswerMessage } from './AnswerMessage';
import { UserMessage } from './UserMessage';

export interface MessageRowProps {
  message: Message;
  actions: TalkActions;
  /** Where in the whole branch this message stands, for screen readers. */
  position: number;
  /** The person is changing this question. */
  editing: boolean;
  onEditing: (messageId: string | undefined) => void;
  onBranch: (messageId: string) => void;
  /** The stream is not heard at the moment. */
  away: boolean;
}

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  return props.message.role === 'user' ? <UserMessage {...props} /> : <AnswerMessage {...props} />;
});
