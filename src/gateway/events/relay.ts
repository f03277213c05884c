import { z } from 'zod';
import { type Event, type EventSubject, eventSubject } from '../../contract/events.ts';
import type { NotifyChannel } from '../../store/engine/pg-notify.ts';
import { findInvocations } from '../../store/history/list-changes.ts';
import { eventOf, subjectOf } from '../event-of.ts';
import type { Gateway } from '../gateway.ts';

/** Ids alone, no values: PostgreSQL takes fewer than 8,000 bytes, and a subject has about 200. */
const notice = z.object({
  from: z.string(),
  /** The sender has lost some before these. */
  lost: z.boolean(),
  events: z.array(eventSubject),
});
type Notice = z.infer<typeof notice>;

/** Invocations that one notice to other gateways names. */
const subjectsInNotice = 30;
/** Rows that are read at a time for other gateways' notices. */
const rowsAtOnce = 200;
/** Notices that wait, either way: what is beyond this is given up for lost, and said to be. */
const mostWaiting = 10_000;

/**
 * Where gateways share a database, tells the others of what this one does, and this one's subscribers of what the others do.
 * Outside of every write, and coalesced: while one notice is on its way, the next fills. The receiver reads the rows that
 * somebody there wants, and no others.
 */
export async function relayEvents(gateway: Gateway): Promise<{ end(): Promise<void> }> {
  const open = gateway.store.openNotifyChannel;
  if (open === undefined) return { end: async () => undefined };
  const incoming = new Incoming(gateway);
  const opening = open({
    hear: (text) => incoming.take(text),
    restored: () => {
      gateway.log.info('the connection to other gateways is there again');
      gateway.bus.missed();
      outgoing.flush();
    },
    failed: (error) =>
      gateway.log.warn({ err: error }, 'other gateways are not heard, and will be tried again'),
  });
  const outgoing = new Outgoing(gateway, async (text) => (await opening).send(text));
  const unsubscribe = gateway.bus.subscribeOwn((event) => {
    // Others read rows, and progress stands in none.
    if (event.type !== 'action_progress') outgoing.add(event);
  });
  const notices = await opening;
  // For those who subscribed before this gateway listened.
  gateway.bus.missed();
  return {
    end: async () => {
      unsubscribe();
      await outgoing.settled();
      await notices.close();
    },
  };
}

class Outgoing {
  readonly #gateway: Gateway;
  readonly #send: NotifyChannel['send'];
  #waiting: EventSubject[] = [];
  #lost = false;
  #sending: Promise<void> | undefined;

  constructor(gateway: Gateway, send: NotifyChannel['send']) {
    this.#gateway = gateway;
    this.#send = send;
  }

  add(event: Event): void {
    if (this.#waiting.push(subjectOf(event)) > mostWaiting) this.#giveUp();
    this.flush();
  }

  flush(): void {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
  }

  async settled(): Promise<void> {
    await this.#sending;
  }

  /** One that fails is not tried again: the next says that something is lost, and `restored` sends one. */
  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0 || this.#lost) {
      const events = this.#waiting.splice(0, subjectsInNotice);
      const text = JSON.stringify({ from: this.#gateway.id, lost: this.#lost, events } satisfies Notice);
      try {
        await this.#send(text);
        this.#lost = false;
      } catch {
        return this.#giveUp();
      }
    }
  }

  #giveUp(): void {
    this.#waiting = [];
    this.#lost = true;
  }
}

class Incoming {
  readonly #gateway: Gateway;
  #waiting: EventSubject[] = [];
  #isReading = false;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  take(text: string): void {
    const { bus, id } = this.#gateway;
    const heard = parsed(text);
    if (heard?.from === id) return;
    if (heard === undefined || heard.lost) bus.missed();
    this.#waiting.push(...(heard?.events ?? []).filter((subject) => bus.isWanted(subject)));
    if (this.#waiting.length > mostWaiting) this.#giveUp();
    if (!this.#isReading) void this.#readAll();
  }

  async #readAll(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#waiting.length > 0) await this.#read(this.#waiting.splice(0, rowsAtOnce));
    } catch (error) {
      this.#gateway.log.warn({ err: error }, 'what another gateway did could not be read');
      this.#giveUp();
    } finally {
      this.#isReading = false;
    }
  }

  async #read(subjects: readonly EventSubject[]): Promise<void> {
    const { store, bus } = this.#gateway;
    const ids = new Set(subjects.map(({ invocationId }) => invocationId));
    const rows = new Map((await findInvocations(store.db, [...ids])).map((row) => [row.id, row]));
    for (const { type, invocationId } of subjects) {
      const row = rows.get(invocationId);
      const event = row === undefined ? undefined : eventOf(row);
      // What has gone on since has a notice of its own.
      if (event?.type === type) bus.hear(event);
    }
  }

  #giveUp(): void {
    this.#waiting = [];
    this.#gateway.bus.missed();
  }
}

/** Another version of Assent may write notices that this one cannot read: then something is missing here. */
function parsed(text: string): Notice | undefined {
  try {
    return notice.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
