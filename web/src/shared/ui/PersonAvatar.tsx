import classes from './PersonAvatar.module.css';

const grounds = ['#1D6A5A', '#3459A0', '#496726', '#844070', '#8A4811'];

interface PersonAvatarProps {
  name: string;
  /** Id of the picture they chose. */
  picture?: string | null | undefined;
  size?: number;
}

/** Round, as all people are: their picture, else the first letter on a ground that stays the same for the same name. */
export function PersonAvatar({ name, picture, size = 34 }: PersonAvatarProps) {
  if (picture) return <img className={classes.avatar} src={pictureAddress(picture)} alt="" width={size} height={size} />;
  const letters = Array.from(name, (letter) => letter);
  const ground = grounds[letters.reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % grounds.length];
  return (
    <span className={classes.avatar} aria-hidden="true" data-letter={letters[0]?.toUpperCase()} style={{ width: size, height: size, fontSize: size * 0.41, background: ground }} />
  );
}

/** A new picture has a new id, so what a browser keeps is never out of date. */
export const pictureAddress = (id: string): string => `/api/pictures/${id}`;
