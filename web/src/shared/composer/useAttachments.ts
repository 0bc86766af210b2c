import { useCallback, useEffect, useRef, useState } from 'react';
import type { Attachment } from '@/api/types';

export interface AttachedFile {
  key: string;
  name: string;
  size: number;
  /** A local address of a picture, for its preview. */
  preview: string | undefined;
  state: 'uploading' | 'ready' | 'failed';
  attachment: Attachment | undefined;
  problem: unknown;
}

let nextKey = 1;

/** Files beside a text that is being written; each is uploaded as soon as it is added. */
export function useAttachments(upload: (file: File) => Promise<Attachment>) {
  const [files, setFiles] = useState<readonly AttachedFile[]>([]);
  const previews = useRef(new Set<string>());

  useEffect(() => {
    const made = previews.current;
    return () => {
      for (const preview of made) URL.revokeObjectURL(preview);
    };
  }, []);

  const add = useCallback(
    (added: Iterable<File>) => {
      for (const file of added) {
        const key = String(nextKey++);
        const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined;
        if (preview) previews.current.add(preview);
        const settle = (change: Partial<AttachedFile>) => setFiles((before) => before.map((one) => (one.key === key ? { ...one, ...change } : one)));
        setFiles((before) => [...before, { key, name: file.name, size: file.size, preview, state: 'uploading', attachment: undefined, problem: undefined }]);
        upload(file).then(
          (attachment) => settle({ state: 'ready', attachment }),
          (problem: unknown) => settle({ state: 'failed', problem }),
        );
      }
    },
    [upload],
  );

  const remove = useCallback((key: string) => setFiles((before) => before.filter((one) => one.key !== key)), []);
  const clear = useCallback(() => setFiles([]), []);
  return { files, add, remove, clear };
}
