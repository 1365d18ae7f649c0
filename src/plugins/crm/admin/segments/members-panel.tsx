import { useState } from 'react';

import { Button, Flex, IconButton, Typography } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { z } from 'zod';

import { samplePersonSchema, type SamplePerson } from '../../shared/segments';
import {
  crmPath,
  ErrorState,
  Panel,
  PersonCell,
  PersonPicker,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
} from '../ui';
import { useText } from './text';

const peopleSchema = z.object({ data: z.array(samplePersonSchema) });
const countsSchema = z.object({ data: z.object({ entered: z.number(), left: z.number() }) });
const PAGE = 50;

const nameOf = (person: SamplePerson): string =>
  [person.familyName, person.givenName].filter(Boolean).join(' ') || (person.email ?? '');

/** The people of a segment, page by page; `refetch` starts over. */
function usePeople(id: string) {
  const [before, setBefore] = useState<number>();
  const path = `/crm/segments/${encodeURIComponent(id)}/members`;
  const page = useCrmQuery(peopleSchema, path, { before });
  const people = page.data?.data ?? [];
  return {
    ...page,
    people,
    next: people.length === PAGE ? people.at(-1)?.id : undefined,
    setBefore,
  };
}

/** People one picks oneself: added and removed one by one. */
export function MembersPanel({ id }: { readonly id: string }) {
  const text = useText();
  const [chosen, setChosen] = useState<number>();
  const members = usePeople(id);
  const path = `/crm/segments/${encodeURIComponent(id)}/members`;
  const change = useCrmMutation(countsSchema, (asked: { person: number; how: '' | '/remove' }) => ({
    method: 'POST',
    path: path + asked.how,
    body: { customerIds: [asked.person] },
  }));
  const run = async (person: number, how: '' | '/remove') => {
    const changed = await change.run({ person, how });
    if (!changed.ok) return;
    setChosen(undefined);
    members.refetch();
  };
  return (
    <Panel title={text('segments.members.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Flex gap={2} alignItems="flex-end" wrap="wrap">
          <Flex flex="1 1 20rem">
            <PersonPicker
              label={text('segments.members.pick')}
              placeholder={text('segments.why.search')}
              value={chosen}
              onChange={setChosen}
            />
          </Flex>
          <Button
            onClick={() => (chosen === undefined ? undefined : void run(chosen, ''))}
            disabled={chosen === undefined}
            loading={change.isRunning}
          >
            {text('segments.members.add')}
          </Button>
        </Flex>
        {members.isLoading ? <Skeleton lines={3} /> : null}
        {members.error ? <ErrorState error={members.error} onRetry={members.refetch} /> : null}
        {members.data && members.people.length === 0 ? (
          <Typography textColor="neutral600">{text('segments.members.empty')}</Typography>
        ) : null}
        {members.people.map((person) => (
          <Flex key={person.id} justifyContent="space-between" gap={2}>
            <PersonCell
              {...person}
              fallback={person.email}
              to={crmPath(`customers/${person.id}`)}
            />
            <IconButton
              variant="ghost"
              label={text('segments.members.remove', { name: nameOf(person) })}
              onClick={() => void run(person.id, '/remove')}
              disabled={change.isRunning}
            >
              <Trash />
            </IconButton>
          </Flex>
        ))}
        {members.next === undefined ? null : (
          <Button variant="tertiary" onClick={() => members.setBefore(members.next)}>
            {text('segments.members.more')}
          </Button>
        )}
      </Flex>
    </Panel>
  );
}
