import { useEffect, useState } from 'react';

/** Whole seconds since a time, counting; never below zero, since the server's clock may be ahead of this one. */
export function useSeconds(since: string): number {
  const read = () => Math.max(0, Math.floor((Date.now() - new Date(since).getTime()) / 1000));
  const [seconds, setSeconds] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.max(0, Math.floor((Date.now() - new Date(since).getTime()) / 1000))), 1000);
    return () => clearInterval(timer);
  }, [since]);
  return seconds;
}
