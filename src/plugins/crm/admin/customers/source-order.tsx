import { Box, Flex, IconButton, Typography } from '@strapi/design-system';
import { ArrowDown, ArrowUp } from '@strapi/icons';

import { sourceOrderAnswerSchema, type FieldSource } from '../../shared/field-sources';
import { useCrmMutation, useCrmQuery, useMay } from '../ui';
import { useText } from './text';

const moved = (order: readonly FieldSource[], from: number, to: number): FieldSource[] => {
  const rest = order.filter((_, index) => index !== from);
  const source = order[from];
  return source ? [...rest.slice(0, to), source, ...rest.slice(to)] : [...order];
};

/** Which source is stronger, for all records; whoever may can change it. */
export function SourceOrder() {
  const text = useText();
  const mayChange = useMay('customers.sources');
  const asked = useCrmQuery(sourceOrderAnswerSchema, '/crm/customers/source-order');
  const save = useCrmMutation(sourceOrderAnswerSchema, (order: readonly FieldSource[]) => ({
    method: 'PUT',
    path: '/crm/customers/source-order',
    body: { order },
  }));
  const order = asked.data?.data.order ?? [];
  const move = async (from: number, to: number) => {
    if ((await save.run(moved(order, from, to))).ok) asked.refetch();
  };
  return (
    <Box>
      <Typography variant="delta" tag="h3">
        {text('customers.sources.order')}
      </Typography>
      <Typography textColor="neutral600" variant="pi">
        {text('customers.sources.order.help')}
      </Typography>
      <Box tag="ol">
        {order.map((source, index) => {
          const name = text(`customers.source.${source}`);
          return (
            <Flex key={source} tag="li" gap={2} justifyContent="space-between" paddingTop={1}>
              <Typography>{`${index + 1}. ${name}`}</Typography>
              {mayChange ? (
                <Flex>
                  <IconButton
                    variant="ghost"
                    size="S"
                    label={text('customers.sources.stronger', { name })}
                    disabled={index === 0 || save.isRunning}
                    onClick={() => void move(index, index - 1)}
                  >
                    <ArrowUp />
                  </IconButton>
                  <IconButton
                    variant="ghost"
                    size="S"
                    label={text('customers.sources.weaker', { name })}
                    disabled={index === order.length - 1 || save.isRunning}
                    onClick={() => void move(index, index + 1)}
                  >
                    <ArrowDown />
                  </IconButton>
                </Flex>
              ) : null}
            </Flex>
          );
        })}
      </Box>
    </Box>
  );
}
