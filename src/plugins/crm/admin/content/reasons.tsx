/** Why the page looks this way: who looks, the page as a whole, then block by block. */
import { Badge, Box, Flex, Typography } from '@strapi/design-system';

import type { PreviewAnswer, PreviewBlock } from '../../shared/preview';
import type { Speaker } from '../access/sentence';
import { sayBlockReason, sayEntryReason } from './say-reason';
import { useNames } from '../ui';
import { useText } from './text';

interface ReasonsProps {
  readonly answer: PreviewAnswer;
  readonly speaker: Speaker;
}

export function Reasons({ answer, speaker }: ReasonsProps) {
  const text = useText();
  const voice = { text, audience: speaker };
  return (
    <Flex
      tag="section"
      direction="column"
      alignItems="stretch"
      gap={3}
      aria-label={text('content.why.title')}
    >
      <Typography variant="delta" tag="h3">
        {text('content.why.title')}
      </Typography>
      <Summary person={answer.person} speaker={speaker} />
      <Flex tag="ol" direction="column" alignItems="stretch" gap={2}>
        <Reason
          shown={answer.entry.allowed}
          title={text('content.why.page')}
          sentence={sayEntryReason(voice, answer.entry)}
        />
        {answer.blocks.map((block, index) => (
          <BlockReason key={index} block={block} sentence={sayBlockReason(voice, block)} />
        ))}
      </Flex>
    </Flex>
  );
}

function BlockReason({ block, sentence }: { block: PreviewBlock; sentence: string }) {
  const text = useText();
  const { displayName, excerpt, key } = block;
  const name = useNames().type(displayName);
  return (
    <Reason
      shown={block.outcome === 'shown'}
      title={key === '' ? `${text('content.why.inside')} · ${name}` : name}
      excerpt={excerpt}
      sentence={sentence}
    />
  );
}

interface ReasonProps {
  readonly shown: boolean;
  readonly title: string;
  readonly excerpt?: string;
  readonly sentence: string;
}

function Reason({ shown, title, excerpt, sentence }: ReasonProps) {
  const text = useText();
  return (
    <Box
      tag="li"
      padding={3}
      hasRadius
      background={shown ? 'neutral0' : 'neutral100'}
      borderColor="neutral200"
    >
      <Flex gap={2} justifyContent="space-between" alignItems="flex-start">
        <Typography fontWeight="semiBold" textColor="neutral800">
          {title}
        </Typography>
        <Badge
          backgroundColor={shown ? 'success100' : 'neutral150'}
          textColor={shown ? 'success700' : 'neutral600'}
        >
          {text(shown ? 'content.why.shown' : 'content.why.hidden')}
        </Badge>
      </Flex>
      {excerpt ? (
        <Typography variant="pi" textColor="neutral600" tag="p" ellipsis>
          {excerpt}
        </Typography>
      ) : null}
      <Typography variant="pi" textColor="neutral800" tag="p">
        {sentence}
      </Typography>
    </Box>
  );
}

interface SummaryProps {
  readonly person: PreviewAnswer['person'];
  readonly speaker: Speaker;
}

/** What the site knows of this viewer, as far as rules ask for it. */
function Summary({ person, speaker: { choices } }: SummaryProps) {
  const text = useText();
  const named = (keys: readonly string[], options: typeof choices.tiers) =>
    keys.map((key) => options.find(({ value }) => value === key)?.label ?? key).join('・') ||
    text('content.summary.none');
  const who = person.name
    ? text('content.summary.named', { name: person.name })
    : text(person.loggedIn ? 'content.summary.member' : 'content.summary.visitor');
  const facts = person.loggedIn
    ? [
        person.tier && text('content.summary.tier', { name: named([person.tier], choices.tiers) }),
        text('content.summary.plans', { names: named(person.plans, choices.plans) }),
        text('content.summary.segments', { names: named(person.segments, choices.segments) }),
      ].filter(Boolean)
    : [];
  return (
    <Box padding={3} background="primary100" hasRadius>
      <Typography fontWeight="semiBold" tag="p">
        {who}
      </Typography>
      {facts.map((fact) => (
        <Typography key={fact} variant="pi" tag="p" textColor="neutral800">
          {fact}
        </Typography>
      ))}
      {person.name && !person.loggedIn ? (
        <Typography variant="pi" tag="p" textColor="neutral800">
          {text('content.preview.stranger')}
        </Typography>
      ) : null}
    </Box>
  );
}
