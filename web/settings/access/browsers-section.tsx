import { LogOut } from 'lucide-react';
import { useState } from 'react';
import type { Grant } from '../../../src/contract/ways-in.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { EndOthers } from './end-others.tsx';
import { GrantRows } from './grant-rows.tsx';

/** Where somebody is signed in. */
export function BrowsersSection({ all }: { readonly all: readonly Grant[] }) {
  const [isEnding, setEnding] = useState(false);
  const browsers = all.filter(({ kind }) => kind === 'browser_session');
  const others = browsers.filter(({ isCurrent }) => !isCurrent);
  return (
    <Section
      title="Browsers"
      intro="Where you are signed in. What a browser calls itself is its own word."
      actions={
        others.length > 0 && (
          <Button look="danger" onClick={() => setEnding(true)}>
            <LogOut aria-hidden className="size-4" /> Sign out everywhere else
          </Button>
        )
      }
    >
      <GrantRows
        label="Browsers"
        // This one first, then the newest.
        grants={[...browsers.filter(({ isCurrent }) => isCurrent), ...others.toReversed()]}
        all={all}
        empty="You are signed in with no browser."
      />
      {isEnding && <EndOthers others={others} close={() => setEnding(false)} />}
    </Section>
  );
}
