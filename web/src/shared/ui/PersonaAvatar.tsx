import { useId } from 'react';
import type { PersonaId } from '@/api/types';

/** Square, as all AI is. The name stands beside it. */
export function PersonaAvatar({ persona, size = 24 }: { persona: PersonaId; size?: number }) {
  const clip = useId();
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
      <clipPath id={clip}>
        <rect width="32" height="32" rx="9" />
      </clipPath>
      <g clipPath={`url(#${clip})`}>{persona === 'diszi' ? <Diszi /> : <Zily />}</g>
    </svg>
  );
}

function Diszi() {
  return (
    <>
      <rect width="32" height="32" fill="#264581" />
      <path d="M13 8 5 16l8 8M19 8l8 8-8 8" fill="none" stroke="#C7DAFB" strokeWidth="3" strokeLinecap="square" />
      <rect x="14" y="14" width="4" height="4" fill="#EFB857" />
    </>
  );
}

function Zily() {
  return (
    <>
      <rect width="32" height="32" fill="#693058" />
      <circle cx="12.5" cy="16" r="7" fill="none" stroke="#F2CCE4" strokeWidth="2.6" />
      <circle cx="19.5" cy="16" r="7" fill="none" stroke="#F2CCE4" strokeWidth="2.6" />
      <path d="M16 10.4a7 7 0 0 1 0 11.2 7 7 0 0 1 0-11.2z" fill="#EFB857" />
    </>
  );
}
