import { ActionIcon } from '@mantine/core';
import { ArrowLeftIcon } from '@phosphor-icons/react/dist/csr/ArrowLeft';
import { ListIcon } from '@phosphor-icons/react/dist/csr/List';
import { Link, type LinkProps } from '@tanstack/react-router';
import { memo, type ReactNode } from 'react';
import { useT } from '@/shared/i18n/language';
import classes from './Bar.module.css';
import { setListOpen } from './shellStore';
import { useFocusOnOpen } from './useFocusOnOpen';
import { useWidth } from './useWidth';

interface BarProps {
  title: string;
  /** One quiet line below the title, phones only: "Diszi · Claude Sonnet 5". */
  subtitle?: string | undefined;
  /** Where the arrow of the phone leads. */
  back: NonNullable<LinkProps['to']>;
  /** Whether the page has a list, which tablets open from here. */
  hasList?: boolean;
  /** Beside the title: chips. */
  beside?: ReactNode;
  /** At the right end: icon buttons. */
  actions?: ReactNode;
}

/** The sheet's top bar: its heading, the way back on phones, the way to the list on tablets. */
export const Bar = memo(function Bar({ title, subtitle, back, hasList = true, beside, actions }: BarProps) {
  const t = useT();
  const width = useWidth();
  const heading = useFocusOnOpen<HTMLHeadingElement>(title);
  return (
    <header className={classes.bar}>
      {width === 'phone' && (
        <ActionIcon component={Link} to={back} variant="subtle" color="gray" size={44} aria-label={t('shell.back')}>
          <ArrowLeftIcon size={19} />
        </ActionIcon>
      )}
      {width === 'tablet' && hasList && (
        <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('shell.openList')} onClick={() => setListOpen(true)}>
          <ListIcon size={18} />
        </ActionIcon>
      )}
      <div className={classes.title}>
        <h1 ref={heading} tabIndex={-1} dir="auto">
          {title}
        </h1>
        {width === 'phone' && subtitle !== undefined && <div className="at-meta at-cut">{subtitle}</div>}
      </div>
      {beside}
      <span className="at-grow" />
      {actions}
    </header>
  );
});
