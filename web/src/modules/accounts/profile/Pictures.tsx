import { Button, FileButton } from '@mantine/core';
import type { Me } from '@/api/types';
import { Problem } from '@/shared/http/problem';
import { useProblemText } from '@/shared/http/useProblemText';
import { useT } from '@/shared/i18n/language';
import { Note } from '@/shared/ui/Note';
import { PersonAvatar, pictureAddress } from '@/shared/ui/PersonAvatar';
import classes from './Profile.module.css';
import { useSetPicture, type PictureKind } from './queries';

const kinds = 'image/png,image/jpeg,image/gif,image/webp';

/** The banner with the avatar before it, as others see them, and the buttons that change them. */
export function Pictures({ me }: { me: Me }) {
  const t = useT();
  return (
    <>
      <div className={classes.pictures} aria-hidden="true">
        {me.bannerId ? <img className={classes.banner} src={pictureAddress(me.bannerId)} alt="" /> : <span className={classes.banner} />}
        <span className={classes.avatar}>
          <PersonAvatar name={me.displayName || me.username} picture={me.avatarId} size={84} />
        </span>
      </div>
      {me.role === 'guest' ? (
        <p className={`at-meta ${classes.buttons}`}>{t('accounts.picture.guest')}</p>
      ) : (
        <div className={classes.buttons}>
          <PictureButtons kind="avatar" shown={me.avatarId != null} />
          <PictureButtons kind="banner" shown={me.bannerId != null} />
        </div>
      )}
    </>
  );
}

function PictureButtons({ kind, shown }: { kind: PictureKind; shown: boolean }) {
  const t = useT();
  const text = useProblemText();
  const set = useSetPicture(kind);
  const refused = set.error instanceof Problem && set.error.code === 'unsupported-file';
  return (
    <div className={classes.kind} role="group" aria-label={t(`accounts.picture.${kind}`)}>
      <FileButton accept={kinds} onChange={(file) => file && set.mutate(file)}>
        {(button) => (
          <Button {...button} size="xs" variant="default" loading={set.isPending}>
            {t(`accounts.picture.${kind}.choose`)}
          </Button>
        )}
      </FileButton>
      {shown && (
        <Button size="xs" variant="subtle" color="gray" disabled={set.isPending} onClick={() => set.mutate(null)}>
          {t(`accounts.picture.${kind}.remove`)}
        </Button>
      )}
      {set.isError && (
        <Note kind="bad" role="alert">
          {refused ? t('accounts.picture.kinds') : text(set.error)}
        </Note>
      )}
    </div>
  );
}
