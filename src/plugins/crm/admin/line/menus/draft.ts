import {
  menuInputSchema,
  type Menu,
  type MenuAction,
  type MenuAudience,
  type MenuDesign,
  type MenuField,
  type MenuInput,
} from '../../../shared/line-rich-menu';
import { fieldCount, type MenuLayout } from '../../../shared/line-rich-menu-layout';

export type Draft = MenuInput;
export type ChangeDraft = (change: Partial<Draft>) => void;

const blankField = (): MenuField => ({
  label: '',
  icon: 'none',
  action: { type: 'open', url: '/' },
});

export const blankDraft = (account: string, chatBarText: string): Draft => ({
  name: '',
  account,
  chatBarText,
  selected: true,
  active: false,
  priority: 100,
  startsAt: null,
  endsAt: null,
  audience: { type: 'everyone' },
  design: {
    size: 'compact',
    layout: '3',
    palette: 'ink',
    fields: [blankField(), blankField(), blankField()],
  },
});

export const draftOf = (menu: Menu): Draft => menuInputSchema.parse(menu);

/** Fields that the new template has no place for go; new ones are blank. */
export const withLayout = (design: MenuDesign, layout: MenuLayout): MenuDesign => ({
  ...design,
  layout,
  fields: Array.from(
    { length: fieldCount(layout) },
    (_, place) => design.fields[place] ?? blankField(),
  ),
});

export const withField = (
  design: MenuDesign,
  place: number,
  change: Partial<MenuField>,
): MenuDesign => ({
  ...design,
  fields: design.fields.map((field, at) => (at === place ? { ...field, ...change } : field)),
});

export const blankAction = (type: MenuAction['type']): MenuAction => {
  if (type === 'open') return { type, url: '/' };
  return type === 'say' ? { type, text: '' } : { type };
};

export const blankAudience = (type: MenuAudience['type']): MenuAudience => {
  if (type === 'tiers') return { type, keys: [] };
  return type === 'segment' ? { type, segment: '' } : { type };
};

/** What the server would refuse for being empty is not offered to be saved. */
export const isComplete = (draft: Draft): boolean => menuInputSchema.safeParse(draft).success;
