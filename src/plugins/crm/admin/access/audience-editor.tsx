/** Chooses who: one kind, or several conditions put together. */
import {
  Box,
  Button,
  Field,
  Flex,
  IconButton,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';

import type { AccessChoices, Audience } from '../../shared/access';
import { AUDIENCE_TYPES, newAudience, type AudienceType } from './draft';
import { ContextEditor } from './context-editor';
import { ExperimentEditor } from './experiment-choice';
import { JoinedEditor, PlansEditor, SegmentsEditor, TiersEditor } from './leaf-editors';
import { RuleEditor } from './rule-choice';
import { useText } from './text';

interface AudienceEditorProps {
  readonly label: string;
  readonly value: Audience;
  readonly choices: AccessChoices;
  readonly onChange: (value: Audience) => void;
  /** How deep conditions may still be put together here. */
  readonly depth?: number;
}

const GROUPS: readonly AudienceType[] = ['and', 'or', 'not'];

export function AudienceEditor({
  label,
  value,
  choices,
  onChange,
  depth = 2,
}: AudienceEditorProps) {
  const text = useText();
  // What was stored deeper than this screen builds is still shown, and can be simplified.
  const types = AUDIENCE_TYPES.filter(
    (type) => depth > 0 || !GROUPS.includes(type) || type === value.type,
  );
  return (
    <Flex direction="column" alignItems="stretch" gap={4} width="100%">
      <Field.Root width="100%">
        <Field.Label>{label}</Field.Label>
        <SingleSelect
          value={value.type}
          onChange={(type) => {
            const chosen = types.find((candidate) => candidate === type);
            if (chosen) onChange(newAudience(chosen));
          }}
        >
          {types.map((type) => (
            <SingleSelectOption key={type} value={type}>
              {text(`access.type.${type}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
      <AudienceDetail value={value} choices={choices} onChange={onChange} depth={depth} />
    </Flex>
  );
}

type DetailProps = Required<Omit<AudienceEditorProps, 'label'>>;

function AudienceDetail({ value, ...props }: DetailProps) {
  const text = useText();
  switch (value.type) {
    case 'tiers':
      return <TiersEditor value={value} {...props} />;
    case 'plans':
      return <PlansEditor value={value} {...props} />;
    case 'segments':
      return <SegmentsEditor value={value} {...props} />;
    case 'context':
      return <ContextEditor value={value} {...props} />;
    case 'joined':
      return <JoinedEditor value={value} {...props} />;
    case 'experiment':
      return <ExperimentEditor value={value} {...props} />;
    case 'rule':
      return <RuleEditor value={value} {...props} />;
    case 'and':
    case 'or':
      return <Conditions value={value} {...props} />;
    case 'not':
      return (
        <Inset>
          <AudienceEditor
            label={text('access.condition', { number: 1 })}
            value={value.of}
            choices={props.choices}
            depth={props.depth - 1}
            onChange={(of) => props.onChange({ type: 'not', of })}
          />
        </Inset>
      );
    default:
      return null;
  }
}

const Inset = ({ children }: { children: React.ReactNode }) => (
  <Box padding={4} background="neutral100" hasRadius borderColor="neutral200" width="100%">
    {children}
  </Box>
);

interface ConditionsProps extends Omit<DetailProps, 'value'> {
  readonly value: Extract<Audience, { type: 'and' | 'or' }>;
}

function Conditions({ value, choices, depth, onChange }: ConditionsProps) {
  const text = useText();
  const set = (of: Audience[]) => onChange({ type: value.type, of });
  return (
    <Flex direction="column" alignItems="stretch" gap={3} width="100%">
      {value.of.map((part, index) => (
        <Inset key={index}>
          <Flex justifyContent="space-between" paddingBottom={2}>
            <Typography variant="sigma" textColor="neutral600">
              {text('access.condition', { number: index + 1 })}
            </Typography>
            {value.of.length > 1 && (
              <IconButton
                label={text('access.remove')}
                onClick={() => set(value.of.filter((_, other) => other !== index))}
              >
                <Trash />
              </IconButton>
            )}
          </Flex>
          <AudienceEditor
            label={text('access.who')}
            value={part}
            choices={choices}
            depth={depth - 1}
            onChange={(changed) =>
              set(value.of.map((other, position) => (position === index ? changed : other)))
            }
          />
        </Inset>
      ))}
      <Box>
        <Button
          variant="secondary"
          startIcon={<Plus />}
          onClick={() => set([...value.of, { type: 'members' }])}
        >
          {text('access.add')}
        </Button>
      </Box>
    </Flex>
  );
}
