import { defineConfig } from 'vitest/config';

/** A machine may be much slower than the one where a test was written: only what hangs runs into these. */
const shared = {
  environment: 'node',
  testTimeout: 120_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 30_000 } },
} as const;

export default defineConfig({
  test: {
    poolOptions: { forks: { maxForks: 2, minForks: 1 } },
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['src/**/*.test.ts', 'tools/**/*.test.{ts,mjs}', 'bench/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          setupFiles: ['tests/support/random-seed.ts'],
        },
      },
      {
        test: { ...shared, name: 'architecture', include: ['tests/architecture/**/*.test.ts'] },
      },
      {
        test: {
          ...shared,
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/support/template-setup.ts'],
          // Half a second after a page was read events have a limit: tests of theirs set it themselves.
          env: { CRM_EVENTS_PER_SECOND: '1000000' },
          // One Strapi a process: every file gets a process of its own.
          pool: 'forks',
        },
      },
      {
        test: {
          ...shared,
          name: 'demo',
          include: ['tests/demo/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          pool: 'forks',
        },
      },
      {
        test: {
          ...shared,
          // The packed plugin in somebody else's Strapi project.
          name: 'own-project',
          include: ['tests/own-project/**/*.test.ts'],
          pool: 'forks',
        },
      },
      {
        test: {
          ...shared,
          // Needs purchase records that are not in this repository: npm run check:real-data.
          name: 'real-data',
          include: ['tests/real-data/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          pool: 'forks',
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          pool: 'forks',
          poolOptions: { forks: { singleFork: true } },
        },
      },
    ],
  },
});
