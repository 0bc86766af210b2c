import { useEffect, useEffectEvent, useState } from 'react';

const wait = 8;

/** Counts down and tries, again and again, until the component goes; or at once when asked. */
export function useRetry(attempt: () => Promise<void>): { seconds: number; tryNow: () => void } {
  const [seconds, setSeconds] = useState(wait);
  const run = useEffectEvent(() => void attempt());

  useEffect(() => {
    const clock = setInterval(() => setSeconds((left) => (left <= 1 ? wait : left - 1)), 1000);
    return () => clearInterval(clock);
  }, []);

  useEffect(() => {
    if (seconds === wait) run();
  }, [seconds]);

  useEffect(() => {
    const online = () => run();
    window.addEventListener('online', online);
    return () => window.removeEventListener('online', online);
  }, []);

  return {
    seconds,
    tryNow: () => {
      setSeconds(wait);
      void attempt();
    },
  };
}
