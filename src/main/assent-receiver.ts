#!/usr/bin/env node
// The receiver alone, for a machine that has only Node. The build makes one file of it that needs nothing else.
import { parseArgs } from 'node:util';
import { receiverFlags, receiverSettings, settingsOf } from '../config/receiver.ts';
import { codeOf, messageOf } from '../lib/errors.ts';
import { version } from '../lib/version.ts';
import { runReceiver } from './receiver.ts';

const usage = 2;
const flags = Object.keys(receiverSettings).flatMap(receiverFlags);
const options = Object.fromEntries(flags.map((flag) => [flag, { type: 'string' as const }]));

try {
  const { values } = parseArgs({
    options: { ...options, help: { type: 'boolean' }, version: { type: 'boolean' } },
  });
  if (values.help) process.stdout.write(help());
  else if (values.version) process.stdout.write(`${version}\n`);
  else await runReceiver(settingsOf(values), process.env);
} catch (error) {
  process.stderr.write(`assent-receiver: ${messageOf(error)}\n`);
  process.exitCode = isUsage(error) ? usage : 1;
}

function isUsage(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return code === 'usage' || code.startsWith('ERR_PARSE_ARGS');
}

function help(): string {
  const rows = Object.entries(receiverSettings).map(([name, [value, about]]) => {
    const [flag] = receiverFlags(name);
    return `  ${`--${flag} ${value}`.padEnd(24)}${about}\n`;
  });
  return `Runs signed action packs, and trusts nobody but its own files.\nusage: assent-receiver --root DIR [flags]\n\n${rows.join('')}`;
}
