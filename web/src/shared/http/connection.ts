import { create } from 'zustand';

interface Connection {
  /** Whether the last request got no answer at all. */
  lost: boolean;
}

/** Whether the house answers, as the requests themselves find out. */
export const useConnection = create<Connection>(() => ({ lost: false }));

export const connectionLost = (): void => useConnection.setState({ lost: true });

export function connectionFound(): void {
  if (useConnection.getState().lost) useConnection.setState({ lost: false });
}

/** Asks once whether the house answers. */
export async function lookAgain(): Promise<boolean> {
  try {
    const { ok } = await fetch('/ready', { cache: 'no-store' });
    if (ok) connectionFound();
    return ok;
  } catch {
    return false;
  }
}
