import type { Invocation } from '../../src/contract/invocation.ts';

export type Permission = NotificationPermission | 'unsupported';

export function notificationPermission(): Permission {
  return 'Notification' in window ? Notification.permission : 'unsupported';
}

/** Asks the person, who must have pressed something for it. */
export async function askForNotifications(): Promise<Permission> {
  return 'Notification' in window ? Notification.requestPermission() : 'unsupported';
}

/** Says that something waits, where the person has allowed it and is looking elsewhere. Holds no params: others may see the screen. */
export function notifyOfRequest({ id, actionId, status }: Invocation): void {
  if (status !== 'pending' || !document.hidden || notificationPermission() !== 'granted') return;
  const notification = new Notification('An agent asks', { body: actionId, tag: id });
  notification.addEventListener('click', () => {
    window.focus();
    window.location.assign(`/inbox/${id}`);
    notification.close();
  });
}
