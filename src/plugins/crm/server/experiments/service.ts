import type { Core } from '@strapi/strapi';

import type { Experiment } from '../../shared/experiments';
import type { Viewer } from '../access';
import { clock, inTransaction } from '../kernel';
import { customerUnit, groupsOfPeople, unitsOf, visitorUnit } from './assignment';
import type { ExperimentsService } from './index';
import { live } from './live';
import { createRecent } from './recent';
import { adoptVisitor, insertPeople } from './store/people';

export function createExperimentsService({ strapi }: { strapi: Core.Strapi }): ExperimentsService {
  const recent = createRecent();
  const running = async (ids: readonly string[] | 'any'): Promise<readonly Experiment[]> =>
    (await live(strapi).read()).filter(
      ({ documentId, state }) => state === 'running' && (ids === 'any' || ids.includes(documentId)),
    );

  const exposed: ExperimentsService['exposed'] = async (viewer, ids) => {
    const units = unitsOf(viewer);
    if (units.length === 0 || viewer.simulated || viewer.kind === 'preview') return;
    const experiments = (await running(ids)).filter(
      ({ documentId }) => !recent.has(`${documentId} ${units.join()}`),
    );
    if (experiments.length === 0) return;
    try {
      await recordExposure(strapi, viewer, experiments);
    } catch (error) {
      strapi.log.error(`crm: an experiment could not be counted: ${String(error)}`);
      return;
    }
    for (const { documentId } of experiments) recent.add(`${documentId} ${units.join()}`);
  };

  return {
    exposed,
    async pageFor(uid, documentId, viewer) {
      const test = (await live(strapi).read()).find(
        ({ pageType, variants }) => pageType === uid && variants[0]?.documentId === documentId,
      );
      if (!test) return null;
      const key = viewer.experiments?.get(test.documentId) ?? 'a';
      const shown = test.variants.find((variant) => variant.key === key)?.documentId;
      return { documentId: shown ?? documentId, experiment: test.documentId };
    },
    running: async (ids) =>
      (await running(ids)).map(({ documentId, variants }) => ({
        documentId,
        keys: variants.map(({ key }) => key),
      })),
  };
}

async function recordExposure(
  strapi: Core.Strapi,
  { customerId, visitorId }: Viewer,
  experiments: readonly Experiment[],
): Promise<void> {
  const person = { customerId, visitorId };
  const [groups] = await groupsOfPeople(strapi, experiments, [person]);
  const units = unitsOf(person);
  if (!groups) return;
  const exposedAt = clock(strapi).now().getTime();
  const ids = experiments.map(({ documentId }) => documentId);
  await inTransaction(strapi, async ({ trx }) => {
    if (customerId !== undefined && visitorId !== undefined) {
      const to = customerUnit(customerId);
      await adoptVisitor(trx, ids, { unit: visitorUnit(visitorId), to, customerId });
    }
    await insertPeople(
      trx,
      // Her browser too, not counted beside her: it shows the same when she has logged out.
      [...groups].flatMap(([experiment, variant]) =>
        units.map((unit) => ({
          experiment,
          unit,
          variant,
          customer_id: customerId ?? null,
          visitor_id: visitorId ?? null,
          exposed_at: exposedAt,
        })),
      ),
    );
  });
}
