// Loaded before the test files: gives fast-check the seed of the run, so that what failed once fails again under the same
// seed. A value that broke something then becomes a case of its own, in the test that found it.
import { configureGlobal, readConfigureGlobal } from 'fast-check';

const seed = process.env.ASSENT_TEST_SEED;
if (seed) configureGlobal({ ...readConfigureGlobal(), seed: Number(seed) });
