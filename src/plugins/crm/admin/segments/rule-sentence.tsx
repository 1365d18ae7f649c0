import { Box, Flex, Typography } from '@strapi/design-system';

import type { RuleGroup, SegmentField } from '../../shared/segments';
import { ruleSentences } from '../../shared/segments-sentence';
import { useSentenceTexts } from './use-sentences';

interface RuleSentenceProps {
  readonly rule: RuleGroup;
  readonly fields: ReadonlyMap<string, SegmentField>;
}

/** The rule in words, indented as it is nested. */
export function RuleSentence({ rule, fields }: RuleSentenceProps) {
  const texts = useSentenceTexts();
  return (
    <Flex direction="column" alignItems="flex-start" gap={1} tag="ul">
      {ruleSentences(rule, fields, texts).map((line, index) => (
        <Box tag="li" key={index} paddingLeft={line.depth * 4} textAlign="left">
          <Typography
            variant="pi"
            textColor={line.isGroup ? 'neutral600' : 'neutral800'}
            fontWeight={line.isGroup ? undefined : 'semiBold'}
          >
            {line.text}
          </Typography>
        </Box>
      ))}
    </Flex>
  );
}
