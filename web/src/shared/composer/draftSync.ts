/** Where a draft is kept besides this browser, for the person's other devices. */
export interface DraftHome {
  load: () => Promise<string>;
  save: (text: string) => Promise<unknown>;
}

/** A draft is saved this many milliseconds after the last letter. */
const pause = 1000;
const prefix = 'atrium.drafted.';

/**
 * Keeps the draft of a place in step with its home. What was typed here goes there; what was typed on another device is shown here, unless this one
 * has typed since: then this one is right.
 */
export function draftSync(place: string, home: DraftHome, text: string, show: (text: string) => void) {
  // What is at home for certain, and what is on its way there: after a reload only the first is known.
  let known = readKnown(place);
  let sent = known;
  let timer: number | undefined;
  let saves = Promise.resolve();

  const remember = (next: string) => {
    known = next;
    writeKnown(place, next);
  };

  const save = () => {
    window.clearTimeout(timer);
    if (text === sent) return;
    const saved = text;
    sent = saved;
    // One after the other, so that the newest is also the last to arrive.
    saves = saves.then(() => home.save(saved)).then(
      () => remember(saved),
      () => {
        if (sent === saved) sent = known;
      },
    );
  };

  const look = async () => {
    const before = known;
    const theirs = await home.load().catch(() => undefined);
    if (theirs === undefined || known !== before || sent !== known) return;
    if (text !== known) {
      save();
      return;
    }
    remember(theirs);
    sent = theirs;
    if (theirs === text) return;
    text = theirs;
    show(theirs);
  };

  const change = (next: string) => {
    text = next.trim() === '' ? '' : next;
    window.clearTimeout(timer);
    // What was sent must not come up again on the other device.
    if (text === '') save();
    else if (text !== sent) timer = window.setTimeout(save, pause);
  };

  return { change, look, save };
}

function readKnown(place: string): string {
  try {
    return localStorage.getItem(prefix + place) ?? '';
  } catch {
    return '';
  }
}

function writeKnown(place: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(prefix + place);
    else localStorage.setItem(prefix + place, text);
  } catch {
    // Then a reload takes this device's draft for the newer one.
  }
}
