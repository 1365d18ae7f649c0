/** In the lists of the Content Manager: who may read each entry. */
import { Badge } from '@strapi/design-system';

import { accessSchema } from '../../shared/access';
import { sayAccess, sayAudience } from './sentence';
import { storedValue } from './stored-value';
import { useText } from './text';
import { useSpeaker } from './use-choices';

interface Row {
  readonly [attribute: string]: unknown;
}

export function AccessBadge({ stored }: { readonly stored: unknown }) {
  const text = useText();
  const speaker = useSpeaker();
  const access = accessSchema.safeParse(stored);
  if (stored !== null && !access.success) {
    return (
      <Badge backgroundColor="danger100" textColor="danger700" title={text('access.broken')}>
        {text('access.badge.broken')}
      </Badge>
    );
  }
  const rule = access.success ? access.data : null;
  const open = !rule || rule.audience.type === 'everyone';
  return (
    <Badge
      backgroundColor={open ? 'success100' : 'primary100'}
      textColor={open ? 'success700' : 'primary700'}
      title={sayAccess(speaker, rule)}
    >
      {rule ? sayAudience(speaker, rule.audience) : text('access.say.everyone')}
    </Badge>
  );
}

interface ListHook {
  readonly displayedHeaders: readonly { readonly name: string }[];
  readonly layout: {
    readonly settings?: { readonly mainField?: string };
    readonly options?: { readonly crm?: { readonly accessField?: string } };
  };
}

/** Adds the column to types that carry the Access field; the server marks them. */
export function addAccessColumn<T extends ListHook>({ displayedHeaders, layout }: T) {
  const name = layout.options?.crm?.accessField;
  if (name === undefined) return { displayedHeaders, layout };
  const column = {
    attribute: { type: 'json' },
    label: { id: 'crm.access.column', defaultMessage: 'Who may read' },
    name,
    searchable: false,
    sortable: false,
    cellFormatter: (row: Row) => <AccessBadge stored={storedValue(row[name])} />,
  };
  const others = displayedHeaders.filter((header) => header.name !== name);
  // Beside the name of the entry, where it is seen without scrolling.
  const place = others.findIndex((header) => header.name === layout.settings?.mainField) + 1;
  return { displayedHeaders: [...others.slice(0, place), column, ...others.slice(place)], layout };
}
