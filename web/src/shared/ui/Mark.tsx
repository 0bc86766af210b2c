import { useId } from 'react';

/** The house from above: four walls around an open, lit court. */
export function Mark({ size = 34, label }: { size?: number; label?: string }) {
  const clip = useId();
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}>
      <clipPath id={clip}>
        <rect width="64" height="64" rx="15" />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        <path d="M0 0h64L44 22H20z" fill="#46A08B" />
        <path d="M64 0v64L44 46V22z" fill="#1D6A5A" />
        <path d="M64 64H0l20-18h24z" fill="#0F463B" />
        <path d="M0 64V0l20 22v24z" fill="#2C8471" />
        <path d="M20 22h24v24H20z" fill="#EFB857" />
        <path d="M20 22h24L20 46z" fill="#F9D393" />
      </g>
    </svg>
  );
}
