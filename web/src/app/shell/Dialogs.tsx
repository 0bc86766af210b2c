import { createElement, lazy, Suspense } from 'react';
import { closeDialog, useShell, type Dialog } from '@/shared/shell/shellStore';

const dialogs = {
  palette: lazy(async () => ({ default: (await import('@/app/palette/Palette')).Palette })),
  keys: lazy(async () => ({ default: (await import('@/app/keyboard/KeysDialog')).KeysDialog })),
  provider: lazy(async () => ({ default: (await import('@/modules/gateway/ProviderDialog')).ProviderDialog })),
  key: lazy(async () => ({ default: (await import('@/modules/gateway/ProviderDialog')).KeyDialog })),
} satisfies Record<Dialog, unknown>;

/** The dialogs that any app may open; each is loaded when it is first needed. */
export function Dialogs() {
  const open = useShell((shell) => shell.dialog);
  return (
    <Suspense fallback={null}>
      {open && createElement(dialogs[open], { opened: true, onClose: closeDialog })}
    </Suspense>
  );
}
