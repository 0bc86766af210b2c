import { ImageIcon } from '@phosphor-icons/react/dist/csr/Image';
import type { ReactNode } from 'react';
import { useT } from '@/shared/i18n/language';
import classes from './Markdown.module.css';
import { isInlinePicture, safeAddress } from './safeAddress';

/** A link to elsewhere: a new tab that learns nothing of this page. What is no safe address stays text. */
export function ExternalLink({ to, children }: { to: string; children: ReactNode }) {
  const address = safeAddress(to);
  if (!address) return children;
  return (
    <a href={address.href} target="_blank" rel="noopener noreferrer nofollow" title={address.host || address.href}>
      {children}
    </a>
  );
}

/** A picture in a text. One that lies elsewhere is named, not fetched: fetching tells its server who reads, and when. */
export function Picture({ address, alt }: { address: string; alt: string }) {
  const t = useT();
  if (isInlinePicture(address)) return <img src={address} alt={alt} className={classes.picture} />;
  const remote = safeAddress(address);
  if (!remote) return <span>{alt}</span>;
  return (
    <a className={classes.remote} href={remote.href} target="_blank" rel="noopener noreferrer nofollow">
      <ImageIcon size={15} aria-hidden />
      {alt === '' ? t('assistant.picture.open', { host: remote.host }) : t('assistant.picture.openNamed', { name: alt, host: remote.host })}
    </a>
  );
}
