import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, describe, expect, it } from 'vitest';

import { rules } from './rules';

const root = path.resolve(__dirname, '..', '..');

async function violations(baseDir: string): Promise<string[]> {
  const { output } = await cruise(['src'], {
    baseDir,
    ruleSet: { forbidden: rules },
    validate: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/.*/dist/|\\.test\\.tsx?$' },
    tsPreCompilationDeps: true,
  });
  return (output as ICruiseResult).summary.violations.map(
    ({ rule, from, to }) => `${rule.name}: ${from} → ${to}`,
  );
}

describe('import rules', () => {
  it('hold in the whole tree', async () => {
    expect(await violations(root)).toEqual([]);
  }, 120_000);
});

/** Every rule is shown to bite: a tree with one offence each. */
describe('a broken tree is found out', () => {
  const folder = mkdtempSync(path.join(root, '.tmp-imports-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const plugin = 'src/plugins/crm/server';

  const offences: readonly [rule: string, file: string, source: string, target: string][] = [
    [
      'feature-through-index',
      `${plugin}/segments/service.ts`,
      '../customers/store',
      `${plugin}/customers/store.ts`,
    ],
    [
      'order-customers',
      `${plugin}/customers/service.ts`,
      '../segments/index',
      `${plugin}/segments/index.ts`,
    ],
    [
      'manifest-is-private',
      `${plugin}/line/service.ts`,
      '../line/feature',
      `${plugin}/line/feature.ts`,
    ],
    [
      'kernel-knows-no-feature',
      `${plugin}/kernel/jobs.ts`,
      '../consent/index',
      `${plugin}/consent/index.ts`,
    ],
    [
      'domain-is-pure',
      `${plugin}/access/domain/decide.ts`,
      '../../kernel/clock',
      `${plugin}/kernel/clock.ts`,
    ],
    [
      'controllers-call-services',
      `${plugin}/consent/controller.ts`,
      './store',
      `${plugin}/consent/store.ts`,
    ],
    [
      'admin-meets-server-in-shared',
      'src/plugins/crm/admin/page.ts',
      '../server/index',
      `${plugin}/index.ts`,
    ],
    [
      'shared-stands-alone',
      'src/plugins/crm/shared/access.ts',
      '../server/index',
      `${plugin}/index.ts`,
    ],
    [
      'server-meets-admin-in-shared',
      `${plugin}/tracking/service.ts`,
      '../../admin/ui',
      'src/plugins/crm/admin/ui.ts',
    ],
    [
      'plugin-stands-alone',
      `${plugin}/content/service.ts`,
      '../../../../site/pages',
      'src/site/pages.ts',
    ],
    ['no-cycles', `${plugin}/commerce/a.ts`, './b', `${plugin}/commerce/b.ts`],
  ];

  it.each(offences)(
    '%s',
    async (rule, file, source, target) => {
      const base = mkdtempSync(path.join(folder, 'case-'));
      const write = (name: string, text: string) => {
        mkdirSync(path.dirname(path.join(base, name)), { recursive: true });
        writeFileSync(path.join(base, name), text);
      };
      const back =
        rule === 'no-cycles'
          ? "import { a } from './a';\nexport const b = () => a;"
          : 'export const b = 1;';
      write(target, back);
      write(file, `import { b } from '${source}';\nexport const a = b;\n`);
      const found = await violations(base);
      expect(found.map((violation) => violation.split(':')[0])).toContain(rule);
    },
    60_000,
  );

  it('sdk rules', async () => {
    const base = mkdtempSync(path.join(folder, 'case-'));
    const file = path.join(base, plugin, 'delivery');
    mkdirSync(file, { recursive: true });
    writeFileSync(
      path.join(file, 'service.ts'),
      "import * as sdk from '@line/bot-sdk';\nexport { sdk };\n",
    );
    const found = await violations(base);
    expect(found.some((violation) => violation.startsWith('sdk--line-bot-sdk'))).toBe(true);
  }, 60_000);
});
