/** Whether this device may be told of something while the page is not looked at. */
export type NoticePermission = 'never' | 'ask' | 'allowed' | 'refused';

export function noticePermission(): NoticePermission {
  if (!('Notification' in window)) return 'never';
  return { default: 'ask', granted: 'allowed', denied: 'refused' }[Notification.permission] as NoticePermission;
}

/** Asks the person; browsers answer only to a click. */
export async function askForNotices(): Promise<NoticePermission> {
  if (noticePermission() === 'ask') await Notification.requestPermission();
  return noticePermission();
}

interface SystemNotice {
  title: string;
  text: string;
  /** A newer notice with the same name takes this one's place. */
  name: string;
  /** Where a click leads. */
  address: string;
}

/** Shows a notice of the system, if it is allowed; phones take one from the service worker only. */
export async function showNotice({ title, text, name, address }: SystemNotice): Promise<void> {
  if (noticePermission() !== 'allowed') return;
  const options = { body: text, tag: name, icon: '/icon-192.png', data: address };
  const worker = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration().catch(() => undefined) : undefined;
  if (worker?.active) {
    await worker.showNotification(title, options);
    return;
  }
  const notice = new Notification(title, options);
  notice.onclick = () => {
    window.focus();
    window.history.pushState(null, '', address);
    notice.close();
  };
}

/** Opens what a clicked notice names: the service worker tells the page. */
export function openFromNotices(): void {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'object' && data !== null && 'open' in data && typeof data.open === 'string' && data.open.startsWith('/')) window.history.pushState(null, '', data.open);
  });
}
