import { cloneElement, lazy, Suspense, useState, type ReactElement } from 'react';
import type { MenuPopupProps } from './MenuPopup';

const MenuPopup = lazy(async () => ({ default: (await import('./MenuPopup')).MenuPopup }));

interface TargetProps {
  onClick?: () => void;
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
}

/** A button with a menu. What menus are made of comes with the first one that is opened: a long list has hundreds that never are. */
export function LazyMenu(props: Omit<MenuPopupProps, 'target'> & { target: ReactElement<TargetProps> }) {
  const [wanted, setWanted] = useState(false);
  const closed = cloneElement(props.target, { 'aria-haspopup': 'menu', 'aria-expanded': false, onClick: () => setWanted(true) });
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <MenuPopup {...props} />
    </Suspense>
  );
}
