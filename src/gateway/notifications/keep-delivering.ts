import type { Gateway } from '../gateway.ts';
import { type DeliveryOptions, deliverDue } from './deliver.ts';

export interface Delivering {
  /** Settles when no attempt is under way. */
  settled(): Promise<void>;
}

/**
 * Announces what is due: at once when something begins to wait here, and every `everyMs` what is due again or was left by
 * another gateway. A round that fails is logged; one that is slow is waited for.
 */
export function keepDelivering(
  gateway: Gateway,
  options: DeliveryOptions,
  everyMs: number,
  signal: AbortSignal,
): Delivering {
  let running: Promise<void> | undefined;
  let isAsked = false;
  const rounds = async () => {
    try {
      while (isAsked && !signal.aborted && !gateway.stopping.signal.aborted) {
        isAsked = false;
        if ((await deliverDue(gateway, options)) > 0) isAsked = true;
      }
    } catch (error) {
      gateway.log.error({ err: error }, 'announcing failed, and will be tried again');
    }
    running = undefined;
  };
  const ask = () => {
    isAsked = true;
    running ??= rounds();
  };
  const timer = setInterval(ask, everyMs);
  timer.unref();
  const end = gateway.bus.subscribeOwn((event) => {
    if (event.type === 'action_approval_request') ask();
  });
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(timer);
      end();
    },
    { once: true },
  );
  return { settled: async () => running };
}
