import type { EventMessage } from '../../src/contract/events.ts';
import { eventCloseCodes, eventsProtocol } from '../../src/shared/event-protocol.ts';

export type EventsState = 'connecting' | 'live' | 'offline';

export interface EventsListener {
  /** Something has happened; what holds is what is read afterwards. */
  readonly hear: (message: EventMessage) => void;
  readonly becomes?: (state: EventsState) => void;
}

const firstPauseMs = 500;
const longestPauseMs = 15_000;

/**
 * Follows what happens in the organization, or in one session, over the gateway's WebSocket; connects again by itself, after the
 * cursor of the last message. Gives back what ends it.
 */
export function followEvents(sessionId: string | undefined, listener: EventsListener): () => void {
  const path = sessionId === undefined ? '/v1/events' : `/v1/sessions/${sessionId}/events`;
  let cursor: string | undefined;
  let pauseMs = firstPauseMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let socket: WebSocket | undefined;
  let isOver = false;

  const connect = () => {
    listener.becomes?.('connecting');
    const url = new URL(path, window.location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    if (cursor !== undefined) url.searchParams.set('after', cursor);
    socket = new WebSocket(url, eventsProtocol);
    socket.addEventListener('message', ({ data }) => {
      // The gateway's own words: `contract/events`.
      const message = JSON.parse(String(data)) as EventMessage;
      cursor = message.cursor;
      if (message.type === 'subscribed') {
        pauseMs = firstPauseMs;
        listener.becomes?.('live');
      }
      listener.hear(message);
    });
    socket.addEventListener('close', ({ code }) => {
      if (isOver) return;
      listener.becomes?.('offline');
      if (code === eventCloseCodes.tooFarBehind) cursor = undefined;
      timer = setTimeout(connect, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    });
  };
  connect();

  return () => {
    isOver = true;
    clearTimeout(timer);
    socket?.close();
  };
}
