import { useEffect, useState } from 'react';

import { Box, Button, Flex, TextInput, Typography } from '@strapi/design-system';
import { CheckCircle, CrossCircle } from '@strapi/icons';
import { z } from 'zod';

import {
  samplePersonSchema,
  segmentWhySchema,
  type RuleGroup,
  type SegmentField,
  type WhyNode,
} from '../../shared/segments';
import { clauseSentence, groupSentence } from '../../shared/segments-sentence';
import { ErrorState, Panel, PersonCell, Skeleton, useCrmQuery } from '../ui';
import { useText } from './text';
import { useAnswer } from './use-answer';
import { useSentenceTexts } from './use-sentences';

const peopleSchema = z.object({
  data: z.array(samplePersonSchema.partial().required({ id: true })),
});
type FoundPerson = z.infer<typeof peopleSchema>['data'][number];
const whySchema = z.object({ data: segmentWhySchema });

const nameOf = (person: FoundPerson): string =>
  [person.familyName, person.givenName].filter(Boolean).join(' ') || (person.email ?? '');

interface WhyPanelProps {
  /** Null: there is no complete rule to ask about. */
  readonly rule: RuleGroup | null;
  readonly fields: ReadonlyMap<string, SegmentField>;
}

/** Which clauses are true of one person, who is searched by any spelling. */
export function WhyPanel({ rule, fields }: WhyPanelProps) {
  const text = useText();
  const [person, setPerson] = useState<FoundPerson>();
  return (
    <Panel
      title={text('segments.why.title')}
      action={
        person ? (
          <Button variant="tertiary" size="S" onClick={() => setPerson(undefined)}>
            {text('segments.why.clear')}
          </Button>
        ) : null
      }
    >
      {person && rule ? (
        <Answer person={person} rule={rule} fields={fields} />
      ) : (
        <Search onChoose={setPerson} />
      )}
    </Panel>
  );
}

const DEBOUNCE_MS = 250;

function Search({ onChoose }: { readonly onChoose: (person: FoundPerson) => void }) {
  const text = useText();
  const [typed, setTyped] = useState('');
  const [wanted, setWanted] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setWanted(typed.trim()), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const path = wanted === '' ? null : '/crm/customers';
  const found = useCrmQuery(peopleSchema, path, { q: wanted, limit: 5 });
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <TextInput
        aria-label={text('segments.why.search')}
        placeholder={text('segments.why.search')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Typography variant="pi" textColor="neutral600">
        {text('segments.why.hint')}
      </Typography>
      {found.isLoading ? <Skeleton lines={2} height="3.2rem" /> : null}
      {found.error ? <ErrorState error={found.error} onRetry={found.refetch} /> : null}
      {wanted !== '' && found.data?.data.length === 0 ? (
        <Typography textColor="neutral600">{text('segments.why.none')}</Typography>
      ) : null}
      {(wanted === '' ? [] : (found.data?.data ?? [])).slice(0, 5).map((person) => (
        <Box
          tag="button"
          type="button"
          key={person.id}
          onClick={() => onChoose(person)}
          padding={2}
          hasRadius
          cursor="pointer"
          background="neutral100"
        >
          <PersonCell {...person} fallback={person.email} />
        </Box>
      ))}
    </Flex>
  );
}

interface AnswerProps {
  readonly person: FoundPerson;
  readonly rule: RuleGroup;
  readonly fields: ReadonlyMap<string, SegmentField>;
}

function Answer({ person, rule, fields }: AnswerProps) {
  const text = useText();
  const asked = useAnswer(whySchema, '/crm/segments/why', { rule, customerId: person.id });
  if (asked.error) return <ErrorState error={asked.error} />;
  if (!asked.data) return <Skeleton lines={3} />;
  const answer = asked.data.data;
  return (
    <Flex direction="column" alignItems="stretch" gap={3} aria-live="polite">
      <Typography fontWeight="bold">
        {text(answer.matches ? 'segments.why.in' : 'segments.why.out', { name: nameOf(person) })}
      </Typography>
      <Node node={answer.tree} fields={fields} depth={0} />
    </Flex>
  );
}

interface NodeProps {
  readonly node: WhyNode;
  readonly fields: ReadonlyMap<string, SegmentField>;
  readonly depth: number;
}

function Node({ node, fields, depth }: NodeProps) {
  const text = useText();
  const texts = useSentenceTexts();
  const Icon = node.matches ? CheckCircle : CrossCircle;
  const sentence =
    node.type === 'rule' ? clauseSentence(node, fields, texts) : groupSentence(node, texts);
  return (
    <Box paddingLeft={depth === 0 ? 0 : 4}>
      <Flex gap={2} alignItems="flex-start">
        <Icon
          style={{ flexShrink: 0, marginTop: '0.3rem' }}
          fill={node.matches ? 'success600' : 'danger600'}
          aria-label={text(node.matches ? 'segments.why.true' : 'segments.why.false')}
          role="img"
        />
        <Typography>{sentence}</Typography>
      </Flex>
      {node.type === 'group'
        ? node.rules.map((child, index) => (
            <Box paddingTop={2} key={index}>
              <Node node={child} fields={fields} depth={depth + 1} />
            </Box>
          ))
        : null}
    </Box>
  );
}
