/** What a member of the family of conditions is: one field that rules may ask about. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { FieldOption } from '../../shared/segments';
import {
  operatorsOf,
  valueSchema,
  type RuleUse,
  type ValueType,
} from '../../shared/segments-values';
import type { Database, Locale } from '../kernel';

/** Everything that a condition may depend on beside the database. */
export interface ConditionContext {
  readonly db: Database;
  readonly now: Date;
  readonly timeZone: string;
  /**
   * How many people the statement looks at. `everyone`: a set built once from the facts is
   * fastest. `few`: look the facts up person by person. The answer must be the same.
   */
  readonly scope: 'everyone' | 'few';
}

interface Described {
  /** Stable: it stands in saved rules. `<group>.<name>`. */
  readonly field: string;
  /** Key of the group's label: `segments.group.<group>`. */
  readonly group: string;
  /** Label by language; a text of the feature's messages read with `translate`. */
  readonly label: (strapi: Core.Strapi, locale: Locale) => string;
  /**
   * What the answer depends on: `customer.<attribute>`, `consent`, `suppressions`, `identities`,
   * `orders`, `products`, `subscriptions`, `events`, or a name of the later feature. Only segments that read what changed are
   * evaluated again.
   */
  readonly reads: readonly string[];
  readonly unit?: 'yen' | 'times';
  /** What the part `product` of a value names, where that is no product. */
  readonly asksFor?: 'product' | 'category';
  readonly options?: (strapi: Core.Strapi, locale: Locale) => Promise<FieldOption[]>;
}

/** One field of the rule builder, as the compiler uses it. Made by `defineCondition`. */
export interface SegmentCondition extends Described {
  readonly valueType: ValueType;
  readonly operators: readonly string[];
  /** `reads`, or what the very value of a clause names. */
  readonly readsOf: (use: {
    readonly operator: string;
    readonly value: unknown;
  }) => readonly string[];
  /**
   * Narrows `query`, a statement on `crm_customers`, to those of whom the clause is true. What it
   * adds must be true or false for every row and never NULL: a group may be negated.
   */
  readonly where: (
    query: Knex.QueryBuilder,
    use: { readonly operator: string; readonly value: unknown } & ConditionContext,
  ) => void;
}

export interface ConditionDefinition<T extends ValueType> extends Described {
  readonly valueType: T;
  /** Fewer than the value type offers. */
  readonly operators?: readonly (RuleUse<T>['operator'] & string)[];
  readonly readsOf?: (use: RuleUse<T>) => readonly string[];
  readonly where: (query: Knex.QueryBuilder, use: RuleUse<T> & ConditionContext) => void;
}

/** Types `value` by `operator` inside `where`; throws on a use that the value type does not have. */
export function defineCondition<T extends ValueType>(
  definition: ConditionDefinition<T>,
): SegmentCondition {
  const parsed = (operator: string, value: unknown) => {
    const schema = valueSchema(definition.valueType, operator);
    if (!schema) throw new Error(`${definition.field} has no operator "${operator}"`);
    return { operator, value: schema.parse(value) } as RuleUse<T>;
  };
  return {
    ...definition,
    operators: definition.operators ?? operatorsOf(definition.valueType),
    readsOf: ({ operator, value }) =>
      definition.readsOf?.(parsed(operator, value)) ?? definition.reads,
    where: (query, { operator, value, ...context }) =>
      definition.where(query, { ...parsed(operator, value), ...context }),
  };
}
