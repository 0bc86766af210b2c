import { useEffect, useState } from 'react';

const importTalkPage = () => import('./TalkPage');

type Loaded = Awaited<ReturnType<typeof importTalkPage>>;

let loaded: Loaded | undefined;

/** The part of the app that shows a talk; whoever knows that one will be opened loads it ahead. */
export async function loadTalkPage(): Promise<Loaded> {
  loaded ??= await importTalkPage();
  return loaded;
}

/**
 * That part, once it is here. Not a lazy component: React keeps the fallback of one for 300 ms, even where the part is
 * here after ten.
 */
export function useTalkPage(): Loaded['TalkPage'] | undefined {
  const [state, setState] = useState<{ page?: Loaded | undefined; problem?: unknown }>(() => ({ page: loaded }));
  useEffect(() => {
    if (state.page) return;
    loadTalkPage().then(
      (page) => setState({ page }),
      (problem: unknown) => setState({ problem }),
    );
  }, [state.page]);
  if (state.problem !== undefined) throw state.problem;
  return state.page?.TalkPage;
}
