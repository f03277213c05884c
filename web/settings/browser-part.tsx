import { Bell } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { askForNotifications, notificationPermission, type Permission } from '../shell/notify.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/page.tsx';

/** Whether this browser says so when something waits. */
export function BrowserPart() {
  const permission = useSyncExternalStore(onReturn, notificationPermission);
  const [, setAsked] = useState<Permission>();
  const { word, tone } = words[permission];
  return (
    <Section
      title="Notifications in this browser"
      intro="While a page of Assent is open here and you look elsewhere, the browser says when an agent asks. It names the action, never its parameters."
      actions={<Badge tone={tone}>{word}</Badge>}
    >
      {permission === 'default' ? (
        <Button look="primary" onClick={() => void askForNotifications().then(setAsked)}>
          <Bell aria-hidden className="size-4" /> Allow notifications
        </Button>
      ) : (
        <p className="max-w-prose text-sm text-muted">{adviceFor(permission)}</p>
      )}
    </Section>
  );
}

/** What somebody changes in the browser's own settings shows when they come back. */
function onReturn(listener: () => void): () => void {
  window.addEventListener('focus', listener);
  return () => window.removeEventListener('focus', listener);
}

const words: Readonly<Record<Permission, { readonly word: string; readonly tone: Tone }>> = {
  granted: { word: 'Allowed', tone: 'good' },
  denied: { word: 'Blocked', tone: 'bad' },
  default: { word: 'Not allowed yet', tone: 'plain' },
  unsupported: { word: 'Not available', tone: 'plain' },
};

function adviceFor(permission: Exclude<Permission, 'default'>): string {
  if (permission !== 'granted' && !window.isSecureContext)
    return 'Browsers give notifications only to pages over https, or on localhost. Open this gateway by such an address.';
  return advice[permission];
}

const advice: Readonly<Record<Exclude<Permission, 'default'>, string>> = {
  granted:
    'To stop them, open what the browser knows of this site, at the left of the address, and switch notifications off.',
  denied:
    'The browser has them blocked for this site, and does not ask again. Open what it knows of this site, at the left of the address, allow notifications there, and reload the page.',
  unsupported:
    'This browser has no notifications for pages. On some phones the page must be put on the home screen first.',
};
