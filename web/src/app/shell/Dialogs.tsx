import { lazy, Suspense } from 'react';
import { closeDialog, useShell, type Dialog } from '@/shared/shell/shellStore';

const dialogs = {
  palette: lazy(async () => ({ default: (await import('@/app/palette/Palette')).Palette })),
  keys: lazy(async () => ({ default: (await import('@/app/keyboard/KeysDialog')).KeysDialog })),
  provider: lazy(async () => ({ default: (await import('@/modules/gateway/ProviderDialog')).ProviderDialog })),
} satisfies Record<Dialog, unknown>;

/** The dialogs that any app may open; each is loaded when it is first needed. */
export function Dialogs() {
  const open = useShell((shell) => shell.dialog);
  const Open = open && dialogs[open];
  return <Suspense fallback={null}>{Open && <Open opened onClose={closeDialog} />}</Suspense>;
}
