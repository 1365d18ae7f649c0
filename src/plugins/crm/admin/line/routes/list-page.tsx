import { friendRouteSchema, type FriendRoute } from '../../../shared/line-friend-route';
import { crmPath, ListPage, RowLink, useCrmList, useFormat, type Column } from '../../ui';
import { useText } from '../text';

const CREATE = '/content-manager/collection-types/plugin::crm.line-friend-route/create';
const addressOf = ({ documentId }: FriendRoute): string => crmPath(`line/routes/${documentId}`);

function useColumns(): readonly Column<FriendRoute>[] {
  const text = useText();
  const format = useFormat();
  const count = (key: 'opens' | 'friends' | 'following' | 'members'): Column<FriendRoute> => ({
    key,
    label: text(`line.routes.column.${key}`),
    align: 'end',
    cell: (route) => format.number(route[key]),
  });
  return [
    {
      key: 'name',
      label: text('line.routes.column.name'),
      card: 'title',
      cell: (route) => <RowLink to={addressOf(route)}>{route.name}</RowLink>,
    },
    count('opens'),
    count('friends'),
    count('following'),
    count('members'),
    {
      key: 'amount',
      label: text('line.routes.column.amount'),
      align: 'end',
      cell: ({ amount }) => format.yen(amount),
    },
  ];
}

export default function RouteListPage() {
  const text = useText();
  return (
    <ListPage
      title={text('line.routes.title')}
      subtitle={text('line.routes.subtitle')}
      columns={useColumns()}
      list={useCrmList(friendRouteSchema, '/crm/line/routes')}
      rowKey={({ documentId }) => documentId}
      addressOf={addressOf}
      create={{ label: text('line.routes.new'), to: CREATE }}
      empty={text('line.routes.empty')}
    />
  );
}
