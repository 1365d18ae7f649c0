/** What a bulk action makes of one person, and how it is taken back. Pure. */
import type { BulkAction } from '../../../shared/customer-work';
import type { CustomerFields } from '../../../shared/customers';

type Patch = Partial<Pick<CustomerFields, 'tags' | 'owner' | 'lifecycleStage'>>;

/** Tags are lists of a hundred at most. */
const MOST_TAGS = 100;

interface Rule<Action> {
  /** Null: the person is as wanted already. */
  readonly apply: (person: CustomerFields, action: Action) => Patch | null;
  /** The value before, as `undo` wants it. */
  readonly before: (person: CustomerFields) => unknown;
  /** Null: somebody has changed it since. */
  readonly undo: (person: CustomerFields, action: Action, before: unknown) => Patch | null;
}

type Rules = { readonly [Kind in BulkAction['kind']]: Rule<Extract<BulkAction, { kind: Kind }>> };

const without = (tags: readonly string[], tag: string) => tags.filter((each) => each !== tag);

const addTag = (person: CustomerFields, tag: string): Patch | null =>
  person.tags.includes(tag) || person.tags.length >= MOST_TAGS
    ? null
    : { tags: [...person.tags, tag] };

const removeTag = (person: CustomerFields, tag: string): Patch | null =>
  person.tags.includes(tag) ? { tags: without(person.tags, tag) } : null;

const rules: Rules = {
  addTag: {
    apply: (person, { value }) => addTag(person, value),
    before: () => null,
    undo: (person, { value }) => removeTag(person, value),
  },
  removeTag: {
    apply: (person, { value }) => removeTag(person, value),
    before: () => null,
    undo: (person, { value }) => addTag(person, value),
  },
  setOwner: {
    apply: (person, { value }) => (person.owner === value ? null : { owner: value }),
    before: (person) => person.owner,
    undo: (person, { value }, before) =>
      person.owner === value ? { owner: typeof before === 'number' ? before : null } : null,
  },
  setLifecycle: {
    apply: (person, { value }) =>
      person.lifecycleStage === value ? null : { lifecycleStage: value },
    before: (person) => person.lifecycleStage,
    undo: (person, { value }, before) =>
      person.lifecycleStage === value
        ? { lifecycleStage: typeof before === 'string' ? before : null }
        : null,
  },
};

/** The rule of an action's own kind: the table's type says so, which an index cannot. */
const ruleOf = (action: BulkAction): Rule<BulkAction> =>
  rules[action.kind] as unknown as Rule<BulkAction>;

export const applyAction = (person: CustomerFields, action: BulkAction): Patch | null =>
  ruleOf(action).apply(person, action);

export const valueBefore = (person: CustomerFields, action: BulkAction): unknown =>
  ruleOf(action).before(person);

export const undoAction = (
  person: CustomerFields,
  action: BulkAction,
  before: unknown,
): Patch | null => ruleOf(action).undo(person, action, before);

/** The field an action changes. */
export const fieldOf = (action: BulkAction): 'tags' | 'owner' | 'lifecycleStage' =>
  action.kind === 'setOwner' ? 'owner' : action.kind === 'setLifecycle' ? 'lifecycleStage' : 'tags';
