const allowed = ['http:', 'https:', 'mailto:'];

/** The address of a link somebody or some model wrote, if a click on it can do no more than open a page or a mail. */
export function safeAddress(written: string): URL | undefined {
  const address = URL.parse(written);
  return address && allowed.includes(address.protocol) ? address : undefined;
}

/** Whether a picture can be shown without asking another server for it. */
export const isInlinePicture = (address: string) => /^data:image\/(?:png|jpeg|gif|webp|avif);base64,/i.test(address);
