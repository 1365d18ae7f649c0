/** Records that staff have open side by side, each with what was typed and not saved yet. Pure. */
import { z } from 'zod';

const formSchema = z.record(z.string(), z.string());
/** Texts of the form by field; the operator's own fields as `custom.<name>`. */
export type RecordForm = z.infer<typeof formSchema>;

const draftSchema = z.object({ before: formSchema, form: formSchema });
export type Draft = z.infer<typeof draftSchema>;

export const openSchema = z.object({
  id: z.number(),
  name: z.string(),
  draft: draftSchema.nullable(),
});
export type OpenRecord = z.infer<typeof openSchema>;

const MOST = 12;

export const isUnsaved = ({ draft }: Pick<OpenRecord, 'draft'>): boolean =>
  draft !== null && Object.keys(draft.form).some((key) => draft.form[key] !== draft.before[key]);

/** Room for a new one is made by closing the oldest without unsaved text. */
export function withOpened(
  all: readonly OpenRecord[],
  opened: Pick<OpenRecord, 'id' | 'name'>,
): readonly OpenRecord[] {
  const known = all.find((record) => record.id === opened.id);
  if (known?.name === opened.name) return all;
  if (known) return all.map((record) => (record === known ? { ...record, ...opened } : record));
  const spare = all.length < MOST ? undefined : all.find((record) => !isUnsaved(record));
  return [...all.filter((record) => record !== spare), { ...opened, draft: null }];
}
