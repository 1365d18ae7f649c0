import { Box, Flex, IconButton, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';

import { customerRecordSchema } from '../../shared/customers';
import { crmPath, PersonCell, useCrmQuery } from '../ui';
import { useText } from './text';

interface PersonProps {
  readonly id: number;
  readonly isLocked: boolean;
  readonly onRemove: () => void;
}

function Person({ id, isLocked, onRemove }: PersonProps) {
  const text = useText();
  const person = useCrmQuery(customerRecordSchema, `/crm/customers/${id}`).data?.data;
  return (
    <Flex tag="li" gap={2} justifyContent="space-between">
      <PersonCell
        familyName={person?.familyName}
        givenName={person?.givenName}
        fallback={person?.email ?? String(id)}
        to={crmPath(`customers/${id}`)}
      />
      {isLocked ? null : (
        <IconButton label={text('health.told.remove')} onClick={onRemove}>
          <Cross />
        </IconButton>
      )}
    </Flex>
  );
}

interface PeopleProps {
  readonly ids: readonly number[];
  readonly isLocked: boolean;
  readonly onChange: (ids: number[]) => void;
}

/** Who gets a message on LINE. */
export function People({ ids, isLocked, onChange }: PeopleProps) {
  const text = useText();
  if (ids.length === 0) return null;
  return (
    <Box>
      <Typography variant="pi" fontWeight="bold">
        {text('health.told.people')}
      </Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={2} paddingTop={2}>
        {ids.map((id) => (
          <Person
            key={id}
            id={id}
            isLocked={isLocked}
            onRemove={() => onChange(ids.filter((one) => one !== id))}
          />
        ))}
      </Flex>
    </Box>
  );
}
