import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { buttonClass } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, ErrorNote } from '../ui/states.tsx';

/** Where a screen could not be shown at all. */
export function Trouble({ error }: ErrorComponentProps) {
  const router = useRouter();
  const shown = error instanceof Error ? error : new Error(String(error));
  return (
    <Page title="That did not work">
      <ErrorNote error={shown} retry={() => void router.invalidate()} />
    </Page>
  );
}

export function NotFound() {
  return (
    <Page title="Nothing is here">
      <Empty icon={Compass} title="There is no such screen">
        <Link to="/inbox" className={`mt-3 ${buttonClass()}`}>
          Go to the inbox
        </Link>
      </Empty>
    </Page>
  );
}
