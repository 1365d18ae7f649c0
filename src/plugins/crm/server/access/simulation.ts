/**
 * A request as somebody else would make it. What an editor chooses becomes headers and query, so
 * that everything which reads a request (device, language, campaign) reads it the one way there is.
 * Nothing of the editor's own request is left: no cookie, no token.
 */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import type { PreviewContext, PreviewPerson } from '../../shared/preview';
import { clock, crmConfig } from '../kernel';
import { customersService } from '../customers';
import { unknownVisitor, type Viewer, type ViewerContext } from './domain/viewer';

export interface Simulation {
  readonly person: PreviewPerson;
  readonly context: PreviewContext & { readonly language: string };
  /** What is not published yet is shown. */
  readonly drafts: boolean;
}

const simulations = new WeakMap<object, Simulation>();

export const simulationOf = (ctx: Context): Simulation | undefined => simulations.get(ctx);

/** Of the network, not of the person. */
const KEPT = /^(host|connection|x-forwarded-.*|forwarded)$/;

const BROWSERS = {
  desktop:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
  mobile:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
  tablet:
    'Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1',
} as const;

/** Turns `ctx` into a reading request for `path` by the chosen person. */
export function simulate(
  strapi: Core.Strapi,
  ctx: Context,
  path: string,
  simulation: Simulation,
): void {
  const { headers } = ctx.req;
  const { device, language, country, referrer } = simulation.context;
  const { countryHeader } = crmConfig(strapi).context;
  for (const name of Object.keys(headers)) if (!KEPT.test(name)) delete headers[name];
  headers.accept = 'text/html';
  headers['accept-language'] = language;
  headers['user-agent'] = BROWSERS[device];
  if (referrer) headers.referer = `https://${referrer}/`;
  if (country && countryHeader) headers[countryHeader.toLowerCase()] = country;
  ctx.method = 'GET';
  ctx.url = path + queryOf(simulation.context);
  simulations.set(ctx, simulation);
}

function queryOf({ utm }: PreviewContext): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(utm ?? {})) if (value) query.set(`utm_${key}`, value);
  return query.size > 0 ? `?${query.toString()}` : '';
}

/** `load` finds the facts of a customer the way every request does. */
export async function simulatedViewer(
  strapi: Core.Strapi,
  { person, drafts }: Simulation,
  context: ViewerContext,
  load: (customerId: number) => Promise<Viewer | undefined>,
): Promise<Viewer> {
  const simulated = { drafts };
  const stranger: Viewer = { ...unknownVisitor, context, simulated };
  switch (person.kind) {
    case 'visitor':
      return stranger;
    case 'person': {
      const { customerId } = person;
      const identities = await customersService(strapi).identities(customerId);
      // Somebody without a login cannot be anybody else on the site than a stranger.
      if (!identities.some(({ kind }) => kind === 'member')) return stranger;
      const facts = (await load(customerId)) ?? unknownVisitor;
      return { ...facts, kind: 'member', customerId, context, simulated };
    }
    case 'profile':
      return {
        ...stranger,
        kind: 'member',
        memberSince: new Date(clock(strapi).now().getTime() - person.memberDays * 86_400_000),
        ...(person.tier ? { tier: person.tier } : {}),
        plans: person.plans,
        segments: new Set(person.segments),
      };
  }
}
