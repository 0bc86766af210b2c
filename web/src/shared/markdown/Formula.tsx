import { useEffect, useRef, useState } from 'react';
import classes from './Markdown.module.css';

/** A TeX formula. KaTeX comes when the first one is seen; until then, and when it cannot be read, the source stands here. */
export function Formula({ source, display }: { source: string; display: boolean }) {
  const place = useRef<HTMLSpanElement>(null);
  const [drawn, setDrawn] = useState<string>();

  useEffect(() => {
    let stale = false;
    void import('./katex').then(
      ({ drawFormula }) => {
        if (!stale && place.current && drawFormula(source, place.current, display)) setDrawn(source);
      },
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [source, display]);

  const ready = drawn === source;
  return (
    <span className={display ? classes.display : undefined} tabIndex={display ? 0 : undefined}>
      {!ready && <code>{source}</code>}
      <span ref={place} hidden={!ready} />
    </span>
  );
}
