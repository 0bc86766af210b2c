import { Button } from '@mantine/core';
import { HandPalmIcon } from '@phosphor-icons/react/dist/csr/HandPalm';
import { KeyIcon } from '@phosphor-icons/react/dist/csr/Key';
import { PlugsIcon } from '@phosphor-icons/react/dist/csr/Plugs';
import { RulerIcon } from '@phosphor-icons/react/dist/csr/Ruler';
import { StopCircleIcon } from '@phosphor-icons/react/dist/csr/StopCircle';
import { Link } from '@tanstack/react-router';
import type { Message } from '@/api/types';
import { firstSentence, useFailureText } from '@/shared/http/failureText';
import { useFormat } from '@/shared/i18n/format';
import { useT } from '@/shared/i18n/language';
import { countWords, textOf } from '@/shared/stream/message';
import { Note } from '@/shared/ui/Note';
import type { TalkActions } from '@/modules/assistant/talk/useTalkActions';
import classes from './Messages.module.css';

interface AnswerNoticeProps {
  message: Message;
  actions: TalkActions;
}

/** How an answer ended, when it did not end well: what happened, what is safe, what to do next. */
export function AnswerNotice({ message, actions }: AnswerNoticeProps) {
  switch (message.status) {
    case 'interrupted':
      return <CutOff message={message} actions={actions} />;
    case 'stopped':
      return <Stopped message={message} actions={actions} />;
    case 'failed':
      return <Failed message={message} actions={actions} />;
    default:
      return message.stopReason === 'length' ? <AtItsLength message={message} actions={actions} /> : null;
  }
}

function CutOff({ message, actions }: AnswerNoticeProps) {
  const t = useT();
  const failureText = useFailureText();
  const count = countWords(textOf(message));
  return (
    <div className={classes.notice}>
      <Note kind="live" icon={PlugsIcon} title={t('assistant.cutOff.title', { count })}>
        {message.error && <>{firstSentence(failureText(message.error, message.providerName))} </>}
        <Kept message={message} />
      </Note>
      <div className={classes.noticeActions}>
        <Button size="xs" onClick={() => actions.goOn(message)}>
          {t('assistant.cutOff.continue')}
        </Button>
        <Button size="xs" variant="default" onClick={() => actions.again(message)}>
          {t('assistant.cutOff.again')}
        </Button>
      </div>
    </div>
  );
}

function AtItsLength({ message, actions }: AnswerNoticeProps) {
  const t = useT();
  return (
    <div className={classes.notice}>
      <Note icon={RulerIcon} title={t('assistant.length.title')}>
        {t('assistant.length.text')}
      </Note>
      <div className={classes.noticeActions}>
        <Button size="xs" variant="default" onClick={() => actions.goOn(message)}>
          {t('assistant.cutOff.continue')}
        </Button>
      </div>
    </div>
  );
}

function Stopped({ message, actions }: AnswerNoticeProps) {
  const t = useT();
  const count = countWords(textOf(message));
  return (
    <div className={classes.notice}>
      <Note icon={StopCircleIcon} title={count === 0 ? t('assistant.stopped.before') : t('assistant.stopped.title', { count })}>
        {count > 0 && <Kept message={message} />}
      </Note>
      <div className={classes.noticeActions}>
        {count > 0 && (
          <Button size="xs" variant="default" onClick={() => actions.goOn(message)}>
            {t('assistant.cutOff.continue')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => actions.again(message)}>
          {t('assistant.cutOff.again')}
        </Button>
      </div>
    </div>
  );
}

function Kept({ message }: { message: Message }) {
  const t = useT();
  const format = useFormat();
  // A stopped answer may have used what nobody has put a price on.
  if (message.cost == null && message.usage != null) return t('assistant.kept.plain');
  if (message.cost == null || Number(message.cost) === 0) return t('assistant.kept.free');
  const [before, after] = t('assistant.kept.cost', { cost: '\u0000' }).split('\u0000');
  return (
    <>
      {before}
      <span className="at-num">{format.money(message.cost)}</span>
      {after}
    </>
  );
}

const keyProblems = ['key-refused', 'key-not-allowed', 'key-missing', 'key-unreadable'];
const limitProblems = ['limit-reached', 'budget-reached', 'messages-reached', 'price-unknown'];

function Failed({ message, actions }: AnswerNoticeProps) {
  const t = useT();
  const failureText = useFailureText();
  const code = message.error?.code ?? '';
  const text = (message.error && failureText(message.error, message.providerName)) ?? t('assistant.failed.title');
  const aboutKey = keyProblems.includes(code);
  const icon = aboutKey ? { icon: KeyIcon } : limitProblems.includes(code) ? { icon: HandPalmIcon } : {};
  return (
    <div className={classes.notice}>
      <Note kind={limitProblems.includes(code) ? 'live' : 'bad'} {...icon} title={firstSentence(text)}>
        {text.slice(firstSentence(text).length).trim() || t('assistant.failed.kept')}
      </Note>
      <div className={classes.noticeActions}>
        {aboutKey && (
          <Button size="xs" component="a" href="/settings/general/api-provider">
            {t('assistant.failed.replaceKey')}
          </Button>
        )}
        {limitProblems.includes(code) && <LimitsButton />}
        <Button size="xs" variant="default" onClick={() => actions.again(message)}>
          {t('assistant.failed.again')}
        </Button>
      </div>
    </div>
  );
}

/** The way to what stopped the call, and to raising it. */
function LimitsButton() {
  const t = useT();
  return (
    <Button size="xs" component={Link} to="/costs" hash="limits">
      {t('assistant.failed.limits')}
    </Button>
  );
}

/** Says who answered instead of whom, above the words that came from elsewhere. */
export function FallbackNotice({ message }: { message: Message }) {
  const t = useT();
  const failureText = useFailureText();
  return (
    <div className={classes.fallback}>
      <Note icon={PlugsIcon} title={firstSentence(failureText(message.fallback ?? {}))} actions={limitProblems.includes(message.fallback?.code ?? '') ? <LimitsButton /> : undefined}>
        {t('assistant.fallback.answered', { answered: message.providerName ?? message.provider ?? '' })}
      </Note>
    </div>
  );
}
