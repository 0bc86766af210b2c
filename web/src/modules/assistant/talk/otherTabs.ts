// Tabs of one browser tell each other when a conversation has moved on, so that all show the same.
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('atrium.assistant');

export const tellOtherTabs = (conversationId: string): void => channel?.postMessage(conversationId);

/** Calls back when another tab changed this conversation, or this one comes back from being hidden or offline. */
export function onMaybeChanged(conversationId: string, changed: () => void): () => void {
  const told = (event: MessageEvent) => {
    if (event.data === conversationId) changed();
  };
  const shown = () => {
    if (!document.hidden) changed();
  };
  channel?.addEventListener('message', told);
  document.addEventListener('visibilitychange', shown);
  window.addEventListener('online', changed);
  return () => {
    channel?.removeEventListener('message', told);
    document.removeEventListener('visibilitychange', shown);
    window.removeEventListener('online', changed);
  };
}
