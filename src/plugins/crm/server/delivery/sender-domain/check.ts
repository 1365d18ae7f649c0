/** Asks DNS about the sender's domain; the resolver is handed in. */
import { createPublicKey } from 'node:crypto';

import type { DomainFinding, SenderDomain } from '../../../shared/sender-domain';

import {
  domainOf,
  isAligned,
  isOpenSpf,
  isSpf,
  SERIOUS,
  SPF_LOOKUPS,
  spfLookups,
  tagsOf,
} from '../domain/mail-domain';

/** The part of node's resolver that is needed. */
export interface TxtResolver {
  resolveTxt(name: string): Promise<string[][]>;
}

export interface SenderSetting {
  readonly from: string;
  /** Envelope sender: what SPF is asked about. */
  readonly envelope: string;
  readonly dkim: {
    readonly domainName: string;
    readonly keySelector: string;
    readonly privateKey: string;
  } | null;
}

export type DomainReport = Omit<SenderDomain, 'checkedAt'>;

const ABSENT = new Set(['ENODATA', 'ENOTFOUND', 'NXDOMAIN']);
const DEEPEST = 5;

/** No record is an answer; no answer is an error. */
async function txt(resolver: TxtResolver, name: string): Promise<string[]> {
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (ABSENT.has(code)) return [];
    throw error;
  }
}

async function lookups(resolver: TxtResolver, record: string, depth = 0): Promise<number> {
  const { own, others } = spfLookups(record);
  let count = own;
  for (const name of depth < DEEPEST ? others : []) {
    if (count > SPF_LOOKUPS) break;
    const included = (await txt(resolver, name)).find(isSpf);
    if (included) count += await lookups(resolver, included, depth + 1);
  }
  return count;
}

interface Part {
  readonly record: string | null;
  readonly findings: readonly DomainFinding[];
}

async function spfOf(resolver: TxtResolver, domain: string): Promise<Part> {
  const records = (await txt(resolver, domain)).filter(isSpf);
  const [record] = records;
  if (record === undefined) return { record: null, findings: ['spf-missing'] };
  const findings: DomainFinding[] = [];
  if (records.length > 1) findings.push('spf-several');
  if (isOpenSpf(record)) findings.push('spf-open');
  if ((await lookups(resolver, record)) > SPF_LOOKUPS) findings.push('spf-lookups');
  return { record, findings };
}

async function dkimOf(resolver: TxtResolver, dkim: SenderSetting['dkim']): Promise<Part> {
  if (!dkim) return { record: null, findings: ['dkim-off'] };
  const name = `${dkim.keySelector}._domainkey.${dkim.domainName}`;
  const record = (await txt(resolver, name)).find((one) => tagsOf(one).has('p'));
  if (record === undefined) return { record: null, findings: ['dkim-missing'] };
  const published = (tagsOf(record).get('p') ?? '').replace(/\s+/g, '');
  const isOurs = publicKeysOf(dkim.privateKey).includes(published);
  return { record, findings: isOurs ? [] : ['dkim-other-key'] };
}

/** As DNS holds it: DER of the key, or for Ed25519 its last 32 bytes. */
function publicKeysOf(privateKey: string): string[] {
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return [der.toString('base64'), der.subarray(-32).toString('base64')];
}

/** The domain's own policy, else that of the domain above. */
async function dmarcOf(resolver: TxtResolver, domain: string): Promise<Part> {
  const labels = domain.split('.');
  for (const name of [domain, labels.slice(-3).join('.'), labels.slice(-2).join('.')]) {
    const records = await txt(resolver, `_dmarc.${name}`);
    const record = records.find((one) => /^v=DMARC1\b/i.test(one));
    if (record === undefined) continue;
    const isNone = tagsOf(record).get('p')?.toLowerCase() === 'none';
    return { record, findings: isNone ? ['dmarc-none'] : [] };
  }
  return { record: null, findings: ['dmarc-missing'] };
}

/** Rejects only where DNS does not answer. */
export async function checkSenderDomain(
  resolver: TxtResolver,
  { from, envelope, dkim }: SenderSetting,
): Promise<DomainReport> {
  const domain = domainOf(from);
  const spf = await spfOf(resolver, domainOf(envelope));
  const key = await dkimOf(resolver, dkim);
  const dmarc = await dmarcOf(resolver, domain);
  const policy = tagsOf(dmarc.record ?? '');
  const spfPasses =
    spf.record !== null && isAligned(domain, domainOf(envelope), policy.get('aspf'));
  const dkimPasses =
    dkim !== null &&
    key.record !== null &&
    isAligned(domain, dkim.domainName.toLowerCase(), policy.get('adkim'));
  const found = [...spf.findings, ...key.findings, ...dmarc.findings];
  if (!spfPasses && !dkimPasses) found.push('not-aligned');
  return {
    domain,
    spf: spf.record,
    dkim: key.record,
    dmarc: dmarc.record,
    findings: found.map((finding) => ({ finding, serious: SERIOUS.includes(finding) })),
  };
}
