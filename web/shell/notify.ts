import type { Invocation } from '../../src/contract/invocation.ts';
import { visibleName } from '../../src/shared/look-alikes.ts';

export type Permission = NotificationPermission | 'unsupported';

export function notificationPermission(): Permission {
  return 'Notification' in window ? Notification.permission : 'unsupported';
}

/** Asks the person, who must have pressed something for it. */
export async function askForNotifications(): Promise<Permission> {
  return 'Notification' in window ? Notification.requestPermission() : 'unsupported';
}

/**
 * Says that something waits, where the person has allowed it and is looking elsewhere; `open` leads there. Holds no params: others
 * may see the screen.
 */
export function notifyOfRequest({ id, actionId, status }: Invocation, open: (id: string) => void): void {
  if (status !== 'pending' || !document.hidden || notificationPermission() !== 'granted') return;
  const notification = newNotification('An agent asks', { body: visibleName(actionId), tag: id });
  notification?.addEventListener('click', () => {
    window.focus();
    open(id);
    notification.close();
  });
}

/** Some browsers on phones know notifications, and make none for a page. */
function newNotification(title: string, options: NotificationOptions): Notification | undefined {
  try {
    return new Notification(title, options);
  } catch {
    return undefined;
  }
}
