/**
 * Properties are asked about the same random cases every time: what fails here fails everywhere.
 * FAST_CHECK_SEED asks about others.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_122) });
