type Work = () => Promise<unknown>;

// Newest first: it is what the reader has just scrolled to.
const waiting: Work[] = [];
let asked = false;

/** Does work when the browser has time, one piece each time and within half a second, so that no frame pays for several. Returns how to call it off. */
export function whenIdle(work: Work): () => void {
  waiting.push(work);
  ask();
  return () => {
    const index = waiting.indexOf(work);
    if (index >= 0) waiting.splice(index, 1);
  };
}

function ask(): void {
  if (asked || waiting.length === 0) return;
  asked = true;
  // Safari has no requestIdleCallback.
  if ('requestIdleCallback' in window) requestIdleCallback(next, { timeout: 500 });
  else setTimeout(next, 50);
}

function next(): void {
  const work = waiting.pop();
  const done = () => {
    asked = false;
    ask();
  };
  if (work) work().then(done, done);
  else done();
}
