import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './AppLayout.module.css';

interface PaneDrawerProps {
  opened: boolean;
  onClose: () => void;
  title: string | undefined;
  size: number | string;
  position: 'left' | 'right';
  children: ReactNode;
}

/** A pane that slides over the sheet where it has no room beside it. */
export function PaneDrawer({ children, ...props }: PaneDrawerProps) {
  return (
    <Drawer {...props} withCloseButton={false} padding={0} classNames={{ content: classes.drawer, header: classes.drawerTitle, body: classes.drawerBody }}>
      {children}
    </Drawer>
  );
}
