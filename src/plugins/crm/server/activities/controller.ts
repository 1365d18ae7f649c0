import { z } from 'zod';

import {
  noteChangeSchema,
  noteInputSchema,
  taskChangeSchema,
  taskInputSchema,
} from '../../shared/activities';
import { customerOfUrl, staffOf } from '../customers';
import { action, controller, refuse, success, type Result } from '../kernel';
import { activitiesService } from './index';

const params = z.object({ id: z.string() });
const own = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });

const noCustomer = () => refuse('customers.not-found', 404);

const data = <T>(result: Result<T>): Result<{ data: T }> =>
  result.ok ? success({ data: result.value }) : result;

const ofCustomer = action(z.object({ params }), async ({ strapi, input }) => {
  const customer = await customerOfUrl(strapi, input.params.id);
  if (!customer) return noCustomer();
  return success({ data: await activitiesService(strapi).of(customer.id) });
});

const addNote = action(
  z.object({ params, body: noteInputSchema }),
  async ({ strapi, ctx, input }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return noCustomer();
    const note = await activitiesService(strapi).addNote(customer.id, input.body, staffOf(ctx));
    return success({ data: note });
  },
);

const addTask = action(
  z.object({ params, body: taskInputSchema }),
  async ({ strapi, ctx, input }) => {
    const customer = await customerOfUrl(strapi, input.params.id);
    if (!customer) return noCustomer();
    return data(await activitiesService(strapi).addTask(customer.id, input.body, staffOf(ctx)));
  },
);

const changeNote = action(
  z.object({ params: own, body: noteChangeSchema }),
  async ({ strapi, input }) =>
    data(await activitiesService(strapi).changeNote(input.params.id, input.body)),
);

const deleteNote = action(z.object({ params: own }), async ({ strapi, input }) =>
  data(await activitiesService(strapi).deleteNote(input.params.id)),
);

const restoreNote = action(z.object({ params: own }), async ({ strapi, input }) =>
  data(await activitiesService(strapi).restoreNote(input.params.id)),
);

const changeTask = action(
  z.object({ params: own, body: taskChangeSchema }),
  async ({ strapi, input }) =>
    data(await activitiesService(strapi).changeTask(input.params.id, input.body)),
);

const deleteTask = action(z.object({ params: own }), async ({ strapi, input }) =>
  data(await activitiesService(strapi).deleteTask(input.params.id)),
);

const restoreTask = action(z.object({ params: own }), async ({ strapi, input }) =>
  data(await activitiesService(strapi).restoreTask(input.params.id)),
);

const mine = action(z.object({}), async ({ strapi, ctx }) => {
  const { tasks, total, today } = await activitiesService(strapi).openTasksOf(staffOf(ctx) ?? 0);
  return success({ data: tasks, total, today });
});

export const activitiesController = controller({
  ofCustomer,
  addNote,
  changeNote,
  deleteNote,
  restoreNote,
  addTask,
  changeTask,
  deleteTask,
  restoreTask,
  mine,
});
