import { Flex, IconButton, LinkButton, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { NavLink } from 'react-router-dom';

import type { CustomerListItem } from '../../shared/customers';
import { crmPath, Panel, PersonCell, useFormat } from '../ui';
import { addressOf, formatPhone } from './address';
import { factsOf, fallbackName, reachOf } from './facts';
import { useText } from './text';

interface PreviewPanelProps {
  readonly customer: CustomerListItem;
  readonly onClose: () => void;
}

/** Who it is, beside the list: enough to know whether to open the record. */
export function PreviewPanel({ customer, onClose }: PreviewPanelProps) {
  const text = useText();
  const format = useFormat();
  const { orders } = factsOf(customer);
  const lines = [
    customer.email,
    customer.phone ? formatPhone(customer.phone) : null,
    customer.company,
    addressOf(customer),
    customer.tags.join('、'),
    customer.note,
  ].filter((line) => Boolean(line));
  return (
    <Panel
      title={text('customers.preview')}
      action={
        <IconButton label={text('customers.close')} variant="ghost" onClick={onClose}>
          <Cross />
        </IconButton>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        <PersonCell {...customer} fallback={fallbackName(customer)} reach={reachOf(customer)} />
        {lines.map((line) => (
          <Typography key={line} style={{ overflowWrap: 'anywhere' }}>
            {line}
          </Typography>
        ))}
        <Typography>
          {text('customers.column.orders')}:{' '}
          {text('customers.orders', { count: orders?.count ?? 0 })}
        </Typography>
        <Typography>
          {text('customers.column.spent')}: {format.yen(orders?.spent ?? 0)}
        </Typography>
        <LinkButton tag={NavLink} to={crmPath(`customers/${customer.id}`)}>
          {text('customers.preview.open')}
        </LinkButton>
      </Flex>
    </Panel>
  );
}
