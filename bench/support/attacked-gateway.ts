// A gateway in a process of its own, for what is done to it from outside. Prints one JSON document, and ends when it is told to.
import { connectorSources } from '../../src/gateway/actions/connector-source.ts';
import { createToken } from '../../src/gateway/people/tokens.ts';
import { bounded } from './bounded.ts';
import { startIdleGateway } from './idle-gateway.ts';

export interface Attacked {
  readonly address: string;
  readonly ownerToken: string;
}

await bounded(async (bench) => {
  const limits = { invokesPerWindow: 1_000_000 };
  const idle = await startIdleGateway(
    bench,
    { default: 'write' },
    { limits, logLevel: 'silent', allowPrivateAddresses: true },
    [connectorSources({ clock: Date.now, version: 'bench', allowPrivateAddresses: true, allowStdio: false })],
  );
  const { value } = await createToken(idle.gateway, idle.owner, 'bench');
  const attacked: Attacked = { address: idle.address, ownerToken: value.reveal() };
  console.log(JSON.stringify(attacked));
  bench.step('the benchmark to end', 3600);
  await new Promise((resolve) => process.once('SIGTERM', resolve));
});
