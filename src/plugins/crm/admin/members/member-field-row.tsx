import {
  Box,
  Checkbox,
  Field,
  Flex,
  IconButton,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { ArrowDown, ArrowUp } from '@strapi/icons';

import type { MemberField, MemberFieldType } from '../../shared/member-fields';
import { useText } from './text';

interface MoveProps {
  readonly name: string;
  readonly onUp: (() => void) | undefined;
  readonly onDown: (() => void) | undefined;
}

function Moves({ name, onUp, onDown }: MoveProps) {
  const text = useText();
  return (
    <Flex>
      <IconButton
        variant="ghost"
        size="S"
        label={text('members.fields.up', { name })}
        disabled={!onUp}
        onClick={() => onUp?.()}
      >
        <ArrowUp />
      </IconButton>
      <IconButton
        variant="ghost"
        size="S"
        label={text('members.fields.down', { name })}
        disabled={!onDown}
        onClick={() => onDown?.()}
      >
        <ArrowDown />
      </IconButton>
    </Flex>
  );
}

interface RowProps extends Omit<MoveProps, 'name'> {
  readonly field: MemberField;
  readonly type: MemberFieldType;
  readonly error: string | undefined;
  readonly onChange: (patch: Partial<MemberField>) => void;
}

/** What the field is called on the forms, only once it is asked for on one of them. */
function Labels({ field, error, onChange }: Pick<RowProps, 'field' | 'error' | 'onChange'>) {
  const text = useText();
  return (
    <Flex gap={4} wrap="wrap" alignItems="flex-start" paddingTop={4}>
      <Box flex="1" minWidth="18rem">
        <Field.Root name={`${field.name}.label`} required error={error}>
          <Field.Label>{text('members.fields.label')}</Field.Label>
          <TextInput
            value={field.label}
            onChange={(event) => onChange({ label: event.target.value })}
          />
          <Field.Error />
        </Field.Root>
      </Box>
      <Box flex="1" minWidth="18rem">
        <Field.Root name={`${field.name}.labelEn`}>
          <Field.Label>{text('members.fields.label-en')}</Field.Label>
          <TextInput
            value={field.labelEn ?? ''}
            onChange={(event) => onChange({ labelEn: event.target.value || null })}
          />
        </Field.Root>
      </Box>
    </Flex>
  );
}

const PLACES = ['onRegistration', 'onMyPage', 'required'] as const;

export function MemberFieldRow({ field, type, error, onChange, onUp, onDown }: RowProps) {
  const text = useText();
  const isAsked = field.onRegistration || field.onMyPage;
  return (
    <Box tag="li" borderColor="neutral200" hasRadius padding={4}>
      <Flex justifyContent="space-between" gap={3} wrap="wrap">
        <Flex gap={2} alignItems="baseline" wrap="wrap">
          <Typography fontWeight="bold">{field.name}</Typography>
          <Typography variant="pi" textColor="neutral600">
            {text(`members.fields.type.${type}`)}
          </Typography>
        </Flex>
        <Moves name={field.name} onUp={onUp} onDown={onDown} />
      </Flex>
      <Flex gap={5} wrap="wrap" paddingTop={2}>
        {PLACES.map((place) => (
          <Checkbox
            key={place}
            checked={field[place]}
            disabled={place === 'required' && !isAsked}
            onCheckedChange={(checked) => onChange({ [place]: checked === true })}
          >
            {text(`members.fields.${place}`)}
          </Checkbox>
        ))}
      </Flex>
      {isAsked ? <Labels field={field} error={error} onChange={onChange} /> : null}
    </Box>
  );
}
