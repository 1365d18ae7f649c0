/** Rules that withhold because what they name is gone, or because they are no rules. */
import type { Core } from '@strapi/strapi';

import type { AccessProblem, ReferenceKind } from '../../../shared/access-rules';
import { translate, type Locale } from '../../kernel';
import { referencesOf } from '../domain/references';
import { parseAudience } from '../domain/decide';
import { storedRules } from '../rules/store';
import { storedGroups } from '../store';
import { findUsages, namedAnywhere, type StoredUsage } from './store';
import { titlesFor } from './where-used';

type Known = Readonly<Record<Exclude<ReferenceKind, 'invalid'>, ReadonlySet<string>>>;

export interface ProblemFilter {
  readonly uid?: string;
  readonly documentId?: string;
  readonly locale?: string;
}

/** Of one entry, or of all. */
export async function accessProblems(
  strapi: Core.Strapi,
  { uid, documentId, locale }: ProblemFilter,
  reader: Locale,
): Promise<AccessProblem[]> {
  const known = await knownReferences(strapi);
  const broken = (usage: { kind: ReferenceKind; ref: string }) => isBroken(known, usage);
  const usages =
    uid === undefined && documentId === undefined
      ? await brokenAnywhere(strapi, broken)
      : (await findUsages(strapi, { uid, documentId })).filter(broken);
  const wanted = usages.filter((usage) => locale === undefined || usage.locale === locale);
  const titles = await titlesFor(strapi, wanted);
  return wanted.map((usage) => ({
    ...usage,
    title: titles.get(`${usage.uid} ${usage.documentId}`) ?? usage.documentId,
    message: translate(strapi, reader, `access.problem.${usage.kind}`, { ref: usage.ref }),
  }));
}

async function brokenAnywhere(
  strapi: Core.Strapi,
  broken: (usage: { kind: ReferenceKind; ref: string }) => boolean,
): Promise<StoredUsage[]> {
  const gone = (await namedAnywhere(strapi)).filter(broken);
  const found = await Promise.all(gone.map((reference) => findUsages(strapi, reference)));
  return found.flat();
}

async function knownReferences(strapi: Core.Strapi): Promise<Known> {
  const rules = await storedRules(strapi);
  return {
    ...(await storedGroups(strapi)),
    // A rule that cannot be read is as good as none.
    rule: new Set(
      rules.filter(({ audience }) => parseAudience(audience)).map(({ documentId }) => documentId),
    ),
  };
}

function isBroken(known: Known, { kind, ref }: { kind: ReferenceKind; ref: string }): boolean {
  return kind === 'invalid' || !known[kind].has(ref);
}

/** Named rules that name something that is gone: documentId → what. */
export async function brokenRules(
  strapi: Core.Strapi,
  reader: Locale,
): Promise<ReadonlyMap<string, string>> {
  const known = await knownReferences(strapi);
  const found = (await storedRules(strapi)).flatMap(({ documentId, audience }) => {
    const parsed = parseAudience(audience);
    const gone = parsed ? referencesOf(parsed).find((one) => isBroken(known, one)) : undefined;
    const kind = parsed ? gone?.kind : 'invalid';
    if (!kind) return [];
    const message = translate(strapi, reader, `access.problem.${kind}`, { ref: gone?.ref ?? '' });
    return [[documentId, message] as const];
  });
  return new Map(found);
}
