import type { EventMessage, EventTicketAnswer } from '../../src/contract/events.ts';
import { eventCloseCodes, eventsProtocol, ticketProtocolPrefix } from '../../src/shared/event-protocol.ts';
import { ask } from './fetch.ts';
import { signInAgain } from './sign-in-again.ts';

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
 * cursor of the last message. A browser lets no page send a header with a WebSocket: each takes a ticket, which opens it once. Gives
 * back what ends it.
 */
export function followEvents(sessionId: string | undefined, listener: EventsListener): () => void {
  const path = sessionId === undefined ? '/v1/events' : `/v1/sessions/${sessionId}/events`;
  let cursor: string | undefined;
  let pauseMs = firstPauseMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let socket: WebSocket | undefined;
  let isOver = false;

  const connect = async () => {
    listener.becomes?.('connecting');
    try {
      const ticket = await newTicket();
      if (!isOver) open(ticket);
    } catch (error) {
      if (isOver) return;
      signInAgain(error);
      again();
    }
  };
  const again = () => {
    listener.becomes?.('offline');
    timer = setTimeout(() => void connect(), pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  };
  const open = (ticket: string) => {
    const url = new URL(path, window.location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    if (cursor !== undefined) url.searchParams.set('after', cursor);
    socket = new WebSocket(url, [eventsProtocol, ticketProtocolPrefix + ticket]);
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
      if (code === eventCloseCodes.tooFarBehind) cursor = undefined;
      again();
    });
  };
  void connect();

  return () => {
    isOver = true;
    clearTimeout(timer);
    socket?.close();
  };
}

async function newTicket(): Promise<string> {
  return (await ask<EventTicketAnswer>('POST', '/v1/events/tickets', {})).ticket;
}
