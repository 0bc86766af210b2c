import { useT } from '@/shared/i18n/language';
import classes from './HousePlan.module.css';

const rooms = [
  { name: 'plan.assistant', x: 60, y: 60, width: 260, height: 170, at: [190, 152] },
  { name: 'plan.community', x: 320, y: 60, width: 260, height: 170, at: [450, 152] },
  { name: 'plan.builder', x: 60, y: 230, width: 140, height: 260, at: [128, 420] },
  { name: 'plan.coder', x: 440, y: 230, width: 140, height: 260, at: [512, 420] },
  { name: 'plan.giggles', x: 60, y: 490, width: 190, height: 200, at: [140, 625] },
  { name: 'plan.settings', x: 390, y: 490, width: 190, height: 200, at: [485, 625] },
] as const;

const doors = [
  ['M236 230h50', 'M236 230v-50A50 50 0 0 1 286 230'],
  ['M354 230h50', 'M354 230v-50A50 50 0 0 1 404 230'],
  ['M200 318v50', 'M200 318h-50A50 50 0 0 0 200 368'],
  ['M440 318v50', 'M440 318h50A50 50 0 0 1 440 368'],
  ['M250 524v50', 'M250 524h-50A50 50 0 0 0 250 574'],
  ['M390 524v50', 'M390 524h50A50 50 0 0 1 390 574'],
] as const;

const columns = [
  [230, 262],
  [410, 262],
  [230, 458],
  [410, 458],
] as const;

// The mosaic around the water: eleven tiles a side, light and dark by turns.
const tiles = Array.from({ length: 121 }, (_, index) => ({ column: index % 11, row: Math.floor(index / 11) })).filter(
  ({ column, row }) => column % 10 === 0 || row % 10 === 0,
);

/** The plan of the house: its rooms around an open court with water in the sun. */
export function HousePlan() {
  const t = useT();
  return (
    <svg viewBox="40 10 560 750" className={classes.plan} role="img" aria-label={t('accounts.plan.label')}>
      <defs>
        <radialGradient id="sun">
          <stop offset="0" stopColor="#F9D393" stopOpacity=".6" />
          <stop offset=".45" stopColor="#EFB857" stopOpacity=".2" />
          <stop offset="1" stopColor="#EFB857" stopOpacity="0" />
        </radialGradient>
        <linearGradient id="water" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#FCE9C6" />
          <stop offset="1" stopColor="#DA9C28" />
        </linearGradient>
      </defs>
      <rect x="60" y="60" width="520" height="630" fill="#0D3B32" />
      <rect x="200" y="230" width="240" height="460" fill="#145346" />
      {rooms.map(({ name, x, y, width, height, at }) => (
        <g key={name}>
          <rect x={x} y={y} width={width} height={height} className={classes.wall} />
          <rect x={x + 7} y={y + 7} width={width - 14} height={height - 14} className={classes.thin} />
          <text x={at[0]} y={at[1]} className={classes.name}>
            {t(`accounts.${name}`)}
          </text>
        </g>
      ))}
      <rect x="207" y="237" width="226" height="246" className={classes.thin} />
      <circle cx="320" cy="360" r="180" fill="url(#sun)" />
      {tiles.map(({ column, row }) => {
        const light = (column + row) % 2 === 0;
        return <rect key={`${column} ${row}`} x={249 + column * 13.1} y={289 + row * 13.1} width="10.6" height="10.6" fill={light ? '#D7F2EA' : '#89D4C0'} opacity={light ? 0.9 : 0.5} />;
      })}
      <rect x="267" y="307" width="106" height="106" fill="url(#water)" />
      <path d="M267 307H373L267 413Z" fill="#fff" opacity=".28" />
      {columns.map(([x, y]) => (
        <g key={`${x} ${y}`}>
          <circle cx={x} cy={y} r="11" fill="#D7F2EA" />
          <circle cx={x} cy={y} r="6.5" fill="none" stroke="#145346" />
        </g>
      ))}
      {doors.map(([gap, swing]) => (
        <g key={gap}>
          <path d={gap} stroke="#145346" strokeWidth="6" />
          <path d={swing} className={classes.door} />
        </g>
      ))}
      <path d="M286 690h68" stroke="#EFB857" strokeWidth="6" />
      <path d="M286 690v-68A68 68 0 0 1 354 690" className={classes.door} stroke="#EFB857" />
      <path d="M250 690h36M354 690h36" stroke="#D7F2EA" strokeWidth="3" />
      <path d="M320 744v-34m-7 8 7-9 7 9" stroke="#EFB857" strokeWidth="2" fill="none" />
    </svg>
  );
}
