import { useEffect, useState } from 'react';

/** A value that follows another once it has rested: a search asks when the typing pauses. */
export function useLater<T>(value: T, milliseconds = 250): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return later;
}
