import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Conversation, Message } from '@/api/types';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { modelsQuery } from '@/shared/models/modelsQuery';
import { usePayer } from '@/modules/assistant/models/usePayer';
import classes from './Pane.module.css';

/** What the newest answer used and cost, and how full the model's memory is. */
export function DetailsPane({ conversation, answer }: { conversation: Conversation; answer: Message | undefined }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      {answer ? <AnswerDetails answer={answer} /> : <p className={classes.none}>{t('assistant.details.none')}</p>}
      <section className={classes.section}>
        <h2>{t('assistant.details.conversation')}</h2>
        <dl className={classes.pairs}>
          <Pair name={t('assistant.details.messages')}>{format.number(conversation.messageCount)}</Pair>
          <Pair words name={t('assistant.details.begun')}>{format.dateTime(conversation.createdAt)}</Pair>
          <Pair name={t('assistant.details.together')} strong>
            {format.money(conversation.cost)}
          </Pair>
        </dl>
        <Memory conversation={conversation} answer={answer} />
      </section>
    </>
  );
}

function AnswerDetails({ answer }: { answer: Message }) {
  const t = useT();
  const format = useFormat();
  const payer = usePayer(answer);
  const { usage } = answer;
  const seconds = answer.finishedAt == null ? undefined : Math.max(0, Math.round((new Date(answer.finishedAt).getTime() - new Date(answer.createdAt).getTime()) / 1000));
  return (
    <section className={classes.section}>
      <h2>{t(answer.status === 'streaming' ? 'assistant.details.answerSoFar' : 'assistant.details.answer')}</h2>
      <dl className={classes.pairs}>
        {answer.model != null && <Pair words name={t('assistant.details.model')}>{answer.model}</Pair>}
        {answer.providerName != null && <Pair words name={t('assistant.details.provider')}>{answer.providerName}</Pair>}
        {payer !== undefined && <Pair words name={t('assistant.details.paid')}>{payer}</Pair>}
        {seconds !== undefined && <Pair name={t('assistant.details.time')}>{t('assistant.details.seconds', { count: seconds })}</Pair>}
        {usage && (
          <>
            <Pair name={t('assistant.details.read')}>
              {usage.cachedTokens > 0
                ? t('assistant.details.tokensCached', { tokens: format.number(usage.inputTokens), cached: format.number(usage.cachedTokens) })
                : t('assistant.details.tokens', { count: usage.inputTokens })}
            </Pair>
            <Pair name={t('assistant.details.written')}>{t('assistant.details.tokens', { count: usage.outputTokens })}</Pair>
            {usage.reasoningTokens > 0 && <Pair name={t('assistant.details.thought')}>{t('assistant.details.tokens', { count: usage.reasoningTokens })}</Pair>}
          </>
        )}
        {answer.cost != null && (
          <Pair name={t('assistant.details.cost')} strong>
            {format.money(answer.cost)}
          </Pair>
        )}
      </dl>
      {usage?.estimated && <p className="at-meta">{t('assistant.details.estimated')}</p>}
    </section>
  );
}

function Memory({ conversation, answer }: { conversation: Conversation; answer: Message | undefined }) {
  const t = useT();
  const format = useFormat();
  const { data } = useQuery(modelsQuery);
  const model = data?.items.find(({ id, model: name, provider }) => id === conversation.model || (name === answer?.model && provider === answer.provider));
  const size = model?.contextTokens;
  return (
    <div className={classes.memory}>
      <div className="at-row at-meta">
        <span className="at-grow">{t('assistant.details.memory')}</span>
        <span className="at-num">{size == null ? format.compact(conversation.contextTokens) : t('assistant.details.memoryOf', { used: format.compact(conversation.contextTokens), size: format.compact(size) })}</span>
      </div>
      {size != null && (
        <div className={classes.meter} aria-hidden="true">
          <i style={{ width: `${Math.min(100, (conversation.contextTokens / size) * 100)}%` }} />
        </div>
      )}
    </div>
  );
}

/** A name and its value, in the figures' letters unless it is words. */
function Pair({ name, strong = false, words = false, children }: { name: string; strong?: boolean; words?: boolean; children: ReactNode }) {
  return (
    <>
      <dt data-strong={strong}>{name}</dt>
      <dd className={words ? undefined : 'at-num'} data-strong={strong}>
        {children}
      </dd>
    </>
  );
}
