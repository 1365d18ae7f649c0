/** Which of the operator's own fields members are asked for; kept where Strapi keeps settings. */
import type { Core } from '@strapi/strapi';

import type { CustomerFields } from '../../../shared/customers';
import {
  memberFieldsSchema,
  memberFieldTypes,
  type MemberField,
  type MemberFieldsAnswer,
  type MemberFieldType,
} from '../../../shared/member-fields';
import { customFields, customValue, type CustomField } from '../../customers';
import { crmConfig, refuse, success, translate, type Locale, type Result } from '../../kernel';
import type { AskedField } from './domain';

type Askable = AskedField['field'];

const settingOf = (strapi: Core.Strapi) =>
  strapi.store({ type: 'plugin', name: 'crm', key: 'members-own-fields' });

const isAskable = (field: CustomField): field is Askable =>
  memberFieldTypes.includes(field.type as MemberFieldType);

const askable = (strapi: Core.Strapi): ReadonlyMap<string, Askable> =>
  new Map(
    customFields(strapi)
      .filter(isAskable)
      .map((field) => [field.name, field]),
  );

/** Fields that have left the type since are left out: nothing could be stored in them. */
async function chosen(strapi: Core.Strapi): Promise<readonly MemberField[]> {
  const stored = memberFieldsSchema.safeParse({ fields: await settingOf(strapi).get({}) });
  const existing = askable(strapi);
  return (stored.data?.fields ?? []).filter(({ name }) => existing.has(name));
}

export async function memberFields(strapi: Core.Strapi): Promise<MemberFieldsAnswer> {
  const available = [...askable(strapi).values()].map(({ name, type, values }) => ({
    name,
    type,
    values: [...values],
  }));
  return { fields: [...(await chosen(strapi))], available };
}

export async function saveMemberFields(
  strapi: Core.Strapi,
  fields: readonly MemberField[],
  locale: Locale,
): Promise<Result<true>> {
  const existing = askable(strapi);
  const seen = new Set<string>();
  for (const [index, { name }] of fields.entries()) {
    const code = !existing.has(name) ? 'field-unknown' : seen.has(name) ? 'field-twice' : null;
    seen.add(name);
    if (!code) continue;
    const message = translate(strapi, locale, `members.issue.${code}`);
    return refuse('kernel.invalid-input', 400, {
      fields: [{ path: `fields.${index}.name`, code, message }],
    });
  }
  await settingOf(strapi).set({ value: fields });
  return success<true>(true);
}

/** The fields of one form, in the reader's language. */
export async function askedFields(
  strapi: Core.Strapi,
  form: 'onRegistration' | 'onMyPage',
  locale: Locale,
): Promise<AskedField[]> {
  const existing = askable(strapi);
  return (await chosen(strapi)).flatMap((one): AskedField[] => {
    const field = existing.get(one.name);
    if (!field || !one[form]) return [];
    const label = locale === 'en' ? one.labelEn || one.label : one.label;
    return [{ field, label, required: one.required }];
  });
}

/**
 * What waited in a registration's token and can still be stored: the operator may have changed the
 * type in the meantime, and the person who confirms must not pay for it.
 */
export function stillStorable(
  strapi: Core.Strapi,
  waiting: CustomerFields['custom'],
): CustomerFields['custom'] {
  const existing = askable(strapi);
  const { timeZone } = crmConfig(strapi);
  return Object.fromEntries(
    Object.entries(waiting).filter(([name, value]) => {
      const field = existing.get(name);
      return field !== undefined && customValue(field, value, timeZone) !== undefined;
    }),
  );
}
