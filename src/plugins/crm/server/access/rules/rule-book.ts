/**
 * The named rules, and which groups of people there are, in memory, for decisions that cannot wait
 * for a query. A change shows with the next request, on every node.
 */
import type { Core } from '@strapi/strapi';

import type { Audience } from '../../../shared/access';
import { clock, nodeMemory } from '../../kernel';
import { parseAudience, type GroupKind, type NamedRules, type Setting } from '../domain/decide';
import { storedGroups } from '../store';
import { ACCESS_RULE } from './content-type';
import { storedRules } from './store';

type Groups = Readonly<Record<GroupKind, ReadonlySet<string>>>;

interface RuleBook {
  /** A rule as it was at the last `refresh`; none before the first, so nothing opens too early. */
  readonly named: NamedRules;
  /** Is there this tier, plan or segment? */
  readonly exists: Setting['exists'];
  /** Reads the rules again when they may have changed. */
  refresh(): Promise<void>;
  /** Something was written. */
  forget(): void;
  /** The other nodes hear of it once it has committed. */
  told(): Promise<void>;
}

const GROUPS = ['plugin::crm.member-tier', 'plugin::crm.plan', 'plugin::crm.segment'];

const books = new WeakMap<object, RuleBook>();

export function ruleBook(strapi: Core.Strapi): RuleBook {
  const existing = books.get(strapi);
  if (existing) return existing;
  const created = createRuleBook(strapi);
  books.set(strapi, created);
  return created;
}

function createRuleBook(strapi: Core.Strapi): RuleBook {
  let rules: ReadonlyMap<string, Audience> = new Map();
  let groups: Groups = { tier: new Set(), plan: new Set(), segment: new Set() };
  let readAt: number | null = null;
  let writes = 0;
  const forget = () => {
    writes += 1;
    readAt = null;
  };
  const memory = nodeMemory(strapi, 'access.rules', forget);
  return {
    named: (id) => rules.get(id),
    exists: (kind, name) => groups[kind].has(name),
    async refresh() {
      const now = clock(strapi).shared().getTime();
      if (readAt !== null && Math.abs(now - readAt) < memory.maxAge()) return;
      const before = writes;
      const stored = await storedRules(strapi);
      groups = await storedGroups(strapi);
      rules = new Map(
        stored.flatMap(({ documentId, audience }) => {
          const parsed = parseAudience(audience);
          return parsed ? [[documentId, parsed] as const] : [];
        }),
      );
      // What was written while reading is read again by the next request.
      readAt = before === writes ? now : null;
    },
    forget,
    told: () => memory.changed(),
  };
}

/** However a rule is written: by the screen, by an import, by code of the application. */
export function watchRules(strapi: Core.Strapi): void {
  const forget = async () => {
    ruleBook(strapi).forget();
    await ruleBook(strapi).told();
    if (!strapi.db.inTransaction()) return;
    // Until the transaction has committed others still read the old rule.
    await strapi.db.transaction(async ({ onCommit }) => {
      onCommit(() => ruleBook(strapi).forget());
    });
  };
  strapi.db.lifecycles.subscribe({
    models: [ACCESS_RULE, ...GROUPS],
    afterCreate: forget,
    afterDelete: forget,
    afterCreateMany: forget,
    afterDeleteMany: forget,
  });
  strapi.db.lifecycles.subscribe({
    // A segment is written with every count of its members, and its documentId stays.
    models: [ACCESS_RULE, 'plugin::crm.member-tier', 'plugin::crm.plan'],
    afterUpdate: forget,
    afterUpdateMany: forget,
  });
}
