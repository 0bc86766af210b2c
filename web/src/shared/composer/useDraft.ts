import { useEffect, useRef, useState, type Dispatch, type SetStateAction } from 'react';
import { onDraftOffered, readDraft, writeDraft } from './drafts';
import { draftSync, type DraftHome } from './draftSync';

/** What is typed and not sent in a place: kept in this browser at once and, where there is a home for it, on the person's other devices soon after. */
export function useDraft(place: string, home?: DraftHome): [string, Dispatch<SetStateAction<string>>] {
  const [text, setText] = useState(() => readDraft(place));
  const sync = useRef<ReturnType<typeof draftSync>>(undefined);

  useEffect(() => writeDraft(place, text), [place, text]);
  useEffect(() => onDraftOffered(place, () => setText(readDraft(place))), [place]);

  useEffect(() => {
    if (home === undefined) return;
    const kept = draftSync(place, home, readDraft(place), setText);
    sync.current = kept;
    const seen = () => {
      if (document.visibilityState === 'visible') void kept.look();
      else kept.save();
    };
    seen();
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('pagehide', kept.save);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      window.removeEventListener('pagehide', kept.save);
      kept.save();
    };
  }, [place, home]);
  useEffect(() => sync.current?.change(text), [text]);

  return [text, setText];
}
