/** The subprotocol that is spoken, and the prefix of the one that carries a ticket: a URL would end in logs. */
export const eventsProtocol = 'assent.events.v1';
export const ticketProtocolPrefix = 'assent.ticket.';

/** Why the gateway ends a connection: RFC 6455, section 7.4.1, and one of our own. */
export const eventCloseCodes = {
  /** The gateway stops. */
  goingAway: 1001,
  /** Who was let in may no longer listen. */
  notAllowed: 1008,
  /** Something may have been lost on the way here: connect again with `?after=`. */
  interrupted: 1012,
  /** More was missed than is told: read the list (`GET …/invocations`), then connect without `?after=`. */
  tooFarBehind: 4010,
} as const;
