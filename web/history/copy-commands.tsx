import type { Invocation } from '../../src/contract/invocation.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { cliCommand } from './cli-command.ts';
import { plainJson } from './plain-json.ts';

/** Takes it along: as a record, or as the command that asks for the same again. */
export function CopyCommands({ invocation }: { readonly invocation: Invocation }) {
  const command = cliCommand(invocation);
  return (
    <>
      <CopyButton text={plainJson(invocation, 2)} label="Copy as JSON" />
      {command !== undefined && <CopyButton text={command} label="Copy as CLI command" />}
    </>
  );
}
