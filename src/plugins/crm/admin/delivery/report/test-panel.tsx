import { useState } from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';
import { z } from 'zod';

import type { VariantResult } from '../../../shared/campaign-test';
import { campaignSchema, type CampaignReport } from '../../../shared/delivery';
import { ConfirmDialog, DataTable, Panel, useCrmMutation, useFormat, useMay } from '../../ui';

import { useText } from '../text';

const answerSchema = z.object({ data: campaignSchema });
const LETTERS = ['A', 'B', 'C', 'D'] as const;

interface TestPanelProps {
  readonly report: CampaignReport;
  readonly onChanged: () => void;
}

type Row = VariantResult & { readonly place: number; readonly letter: string };

interface VariantsProps {
  readonly rows: Row[];
  readonly onChoose: ((row: Row) => void) | undefined;
}

function Variants({ rows, onChoose }: VariantsProps) {
  const text = useText();
  const format = useFormat();
  const share = (people: number, { accepted }: VariantResult) =>
    accepted === 0
      ? '—'
      : text('delivery.test-ab.people', {
          people: format.number(people),
          percent: format.percent(people / accepted),
        });
  return (
    <DataTable
      caption={text('delivery.test-ab.title')}
      rows={rows}
      rowKey={(row) => row.letter}
      columns={[
        {
          key: 'variant',
          label: text('delivery.test-ab.pattern'),
          card: 'title',
          cell: (row) => <Typography>{`${row.letter}: ${row.subject}`}</Typography>,
        },
        {
          key: 'accepted',
          label: text('delivery.state.accepted'),
          align: 'end',
          cell: (row) => format.number(row.accepted),
        },
        {
          key: 'opened',
          label: text('delivery.state.opened'),
          align: 'end',
          cell: (row) => share(row.opened, row),
        },
        {
          key: 'clicked',
          label: text('delivery.state.clicked'),
          align: 'end',
          cell: (row) => share(row.clicked, row),
        },
        ...(onChoose
          ? [
              {
                key: 'choose',
                label: text('delivery.test-ab.decide'),
                cell: (row: Row) => (
                  <Button size="S" variant="tertiary" onClick={() => onChoose(row)}>
                    {text('delivery.test-ab.choose')}
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

/** What the variants did, and which one the rest gets. */
export function TestPanel({ report, onChanged }: TestPanelProps) {
  const text = useText();
  const format = useFormat();
  const may = useMay('campaigns.send');
  const [asked, setAsked] = useState<Row>();
  const { campaign, test } = report;
  const choose = useCrmMutation(answerSchema, (variant: number) => ({
    method: 'POST',
    path: `/crm/campaigns/${campaign.documentId}/winner`,
    body: { variant },
  }));
  if (!test) return null;
  const run = async () => {
    if (asked) await choose.run(asked.place);
    setAsked(undefined);
    onChanged();
  };
  const rows = test.variants.map((variant, place): Row => {
    return { ...variant, place, letter: LETTERS[place] ?? '' };
  });
  const mayChoose = may && test.winner === null && campaign.status === 'sending';
  return (
    <Panel title={text('delivery.test-ab.title')}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Typography textColor="neutral700" role="status">
          {test.winner !== null
            ? text('delivery.test-ab.won', { letter: LETTERS[test.winner] ?? '' })
            : test.decidesAt === null
              ? text('delivery.test-ab.running')
              : text('delivery.test-ab.decides', { at: format.dateTime(test.decidesAt) })}
        </Typography>
        <Variants rows={rows} onChoose={mayChoose ? setAsked : undefined} />
      </Flex>
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={(open) => setAsked(open ? asked : undefined)}
        title={text('delivery.test-ab.choose-ask', { letter: asked?.letter ?? '' })}
        confirmLabel={text('delivery.test-ab.choose')}
        onConfirm={() => void run()}
        isRunning={choose.isRunning}
      >
        {text('delivery.test-ab.choose-what')}
      </ConfirmDialog>
    </Panel>
  );
}
