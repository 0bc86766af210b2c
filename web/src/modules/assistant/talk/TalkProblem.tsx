import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { Bar } from '@/shared/shell/Bar';
import classes from './Talk.module.css';

/** A conversation that cannot be shown: not here or not yours, or not now. */
export function TalkProblem({ problem, onRetry }: { problem: unknown; onRetry: () => void }) {
  const t = useT();
  const problemText = useProblemText();
  const missing = problem instanceof Problem && problem.status === 404;
  return (
    <>
      <Bar title={missing ? t('shell.notHere.title') : t('assistant.name')} back="/assistant" />
      <div className={classes.middle} role="alert">
        <h2>{missing ? t('shell.notHere.title') : t('assistant.notOpened.title')}</h2>
        <p>{missing ? t('shell.notHere.text') : problemText(problem)}</p>
        <div className={classes.choices}>
          {missing ? (
            <Button component={Link} to="/assistant" size="sm">
              {t('assistant.new')}
            </Button>
          ) : (
            <Button size="sm" onClick={onRetry}>
              {t('shell.tryAgain')}
            </Button>
          )}
        </div>
      </div>
    </>
  );
}
