import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';

const shownMs = 2000;

interface CopyButtonProps {
  readonly text: string;
  readonly label?: string;
}

/** Puts a text into the clipboard, and says whether it did. */
export function CopyButton({ text, label = 'Copy' }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      // A browser keeps its clipboard from pages that came over plain HTTP from elsewhere: then there is none.
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  const Icon = outcome === 'copied' ? Check : Copy;
  return (
    <Button size="small" onClick={() => void copy()}>
      <Icon aria-hidden className="size-3.5" />
      <span aria-live="polite">{outcome === undefined ? label : words[outcome]}</span>
    </Button>
  );
}

const words = { copied: 'Copied', failed: 'Not allowed here' } as const;
