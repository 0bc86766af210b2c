import type { ProxyCheck } from '@/api/types';
import { http } from '@/shared/http/http';

export type CheckCode = 'scheme' | 'host' | 'forwarded' | 'origin' | 'stream' | 'socket';

/** One thing between browser and server, and whether it is as it must be. */
export interface Check {
  code: CheckCode;
  good: boolean;
}

export interface Connection {
  publicUrl: string;
  scheme: string;
  host: string;
  address: string;
  checks: Check[];
}

const path = '/api/admin/proxy-check';

/** Events leave the server 300 ms apart: five that arrive within this many milliseconds were held back. */
const heldBack = 600;
const patience = 10_000;

/** Asks what the server sees, and measures what only a browser can: streams, sockets and state changes through the proxy in front. */
export async function checkConnection(signal: AbortSignal): Promise<Connection> {
  const [seen, origin, stream, socket] = await Promise.all([http.get<ProxyCheck>(path, signal), passesOrigin(), streams(signal), opensSocket()]);
  return {
    ...seen,
    checks: [
      ...seen.findings.map(({ code, verdict }) => ({ code: code as CheckCode, good: verdict === 'good' })),
      { code: 'origin', good: origin },
      { code: 'stream', good: stream },
      { code: 'socket', good: socket },
    ],
  };
}

async function passesOrigin(): Promise<boolean> {
  try {
    await http.post(path);
    return true;
  } catch {
    return false;
  }
}

/** @returns true when the events arrived as they left, one after the other. */
export function arrivedApart(times: readonly number[]): boolean {
  const [first, last] = [times[0], times.at(-1)];
  return first !== undefined && last !== undefined && times.length > 1 && last - first > heldBack;
}

async function streams(signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(`${path}/stream`, { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) });
    if (!response.ok || response.body === null) return false;
    const times: number[] = [];
    for (const reader = response.body.getReader(); ; ) {
      const { done } = await reader.read();
      if (done) return arrivedApart(times);
      times.push(performance.now());
    }
  } catch {
    return false;
  }
}

function opensSocket(): Promise<boolean> {
  return new Promise((resolve) => {
    const address = new URL(`${path}/socket`, window.location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    const timer = window.setTimeout(() => socket.close(), patience);
    let opened = false;
    socket.onopen = () => (opened = true);
    socket.onclose = () => {
      window.clearTimeout(timer);
      resolve(opened);
    };
  });
}
