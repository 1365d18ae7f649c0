import { Badge, type BadgeProps } from '@strapi/design-system';

import { menuSchema, type Menu, type MenuState } from '../../../shared/line-rich-menu';
import { crmPath, ListPage, RowLink, useCrmList, useFormat, type Column } from '../../ui';
import { useText } from '../text';

const addressOf = ({ documentId }: Menu): string => crmPath(`line/menus/${documentId}`);

type Tone = Pick<BadgeProps, 'backgroundColor' | 'textColor'>;

const TONES: Readonly<Record<MenuState, Tone>> = {
  live: { backgroundColor: 'success100', textColor: 'success700' },
  preparing: { backgroundColor: 'primary100', textColor: 'primary700' },
  waiting: { backgroundColor: 'primary100', textColor: 'primary700' },
  over: { backgroundColor: 'neutral150', textColor: 'neutral700' },
  off: { backgroundColor: 'neutral150', textColor: 'neutral700' },
  refused: { backgroundColor: 'danger100', textColor: 'danger700' },
};

export function MenuStateBadge({ state }: { readonly state: MenuState }) {
  const text = useText();
  return <Badge {...TONES[state]}>{text(`line.menus.state.${state}`)}</Badge>;
}

function useColumns(): readonly Column<Menu>[] {
  const text = useText();
  const format = useFormat();
  return [
    {
      key: 'name',
      label: text('line.menus.column.name'),
      card: 'title',
      cell: (menu) => <RowLink to={addressOf(menu)}>{menu.name}</RowLink>,
    },
    {
      key: 'state',
      label: text('line.menus.column.state'),
      cell: ({ state }) => <MenuStateBadge state={state} />,
    },
    {
      key: 'audience',
      label: text('line.menus.column.audience'),
      cell: ({ audience }) => text(`line.menus.audience.${audience.type}`),
    },
    {
      key: 'priority',
      label: text('line.menus.column.priority'),
      align: 'end',
      cell: ({ priority }) => format.number(priority),
    },
    {
      key: 'people',
      label: text('line.menus.column.people'),
      align: 'end',
      cell: ({ people }) =>
        people === null ? text('line.menus.people-rest') : format.number(people),
    },
    {
      key: 'taps',
      label: text('line.menus.column.taps'),
      align: 'end',
      cell: ({ taps }) => format.number(taps.reduce((sum, count) => sum + count, 0)),
    },
  ];
}

export default function MenuListPage() {
  const text = useText();
  return (
    <ListPage
      title={text('line.menus.title')}
      subtitle={text('line.menus.subtitle')}
      columns={useColumns()}
      list={useCrmList(menuSchema, '/crm/line/menus')}
      rowKey={({ documentId }) => documentId}
      addressOf={addressOf}
      create={{ label: text('line.menus.new'), to: crmPath('line/menus/new') }}
      empty={text('line.menus.empty')}
    />
  );
}
