// Loaded before each test file: gives fast-check the seed of the run, so that what failed once fails again under the same
// seed. A value that broke something then becomes a case of its own, in the test that found it.
import { readFileSync } from 'node:fs';

const seed = process.env.ASSENT_TEST_SEED;
const file = process.argv[1];
// Most files use no fast-check, and loading it takes longer than many of them run.
if (seed && file && readFileSync(file, 'utf8').includes("from 'fast-check'")) {
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
}
