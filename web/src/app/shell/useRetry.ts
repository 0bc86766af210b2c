import { useEffect, useEffectEvent, useState } from 'react';

const wait = 8;

/** Counts down and tries, again and again, until the component goes; at once when asked or when the network is back. */
export function useRetry(attempt: () => Promise<void>): { seconds: number; tryNow: () => void } {
  const [seconds, setSeconds] = useState(wait);
  const tryNow = () => {
    setSeconds(wait);
    void attempt();
  };
  const tick = useEffectEvent(() => {
    if (seconds > 1) setSeconds(seconds - 1);
    else tryNow();
  });
  const online = useEffectEvent(tryNow);

  useEffect(() => {
    const clock = setInterval(() => tick(), 1000);
    const back = () => online();
    window.addEventListener('online', back);
    return () => {
      clearInterval(clock);
      window.removeEventListener('online', back);
    };
  }, []);

  return { seconds, tryNow };
}
