import classes from './PersonAvatar.module.css';

const grounds = ['#1D6A5A', '#3459A0', '#496726', '#844070', '#8A4811'];

/** Round, as all people are: the first letter on a ground that stays the same for the same name. */
export function PersonAvatar({ name, size = 34 }: { name: string; size?: number }) {
  const letters = Array.from(name, (letter) => letter);
  const ground = grounds[letters.reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % grounds.length];
  return (
    <span className={classes.avatar} aria-hidden="true" data-letter={letters[0]?.toUpperCase()} style={{ width: size, height: size, fontSize: size * 0.41, background: ground }} />
  );
}
