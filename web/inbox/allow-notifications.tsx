import { Bell } from 'lucide-react';
import { useState } from 'react';
import { askForNotifications, notificationPermission } from '../shell/notify.ts';
import { Button } from '../ui/button.tsx';

/** Offers to say when something waits while the page is not looked at; gone once the browser knows the answer. */
export function AllowNotifications() {
  const [permission, setPermission] = useState(notificationPermission);
  if (permission !== 'default') return null;
  const ask = () => void askForNotifications().then(setPermission);
  return (
    <Button size="small" onClick={ask}>
      <Bell aria-hidden className="size-4" /> Notify me
    </Button>
  );
}
