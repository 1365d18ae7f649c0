import { useState } from 'react';

import { Button, Flex, Status, Typography } from '@strapi/design-system';

import { mailServerCheckSchema, type MailServerView } from '../../../shared/mail-sending';
import { Panel, useCrmMutation, useFormat } from '../../ui';

import { useText } from '../text';

const LOOKS = {
  new: 'secondary',
  working: 'success',
  covered: 'warning',
  failing: 'danger',
} as const;

type Checked = { readonly reachable: boolean; readonly problem: string | null };

function useFacts(server: MailServerView): readonly (readonly [string, string])[] {
  const text = useText();
  const format = useFormat();
  const streams = server.streams
    .map((stream) => text(`delivery.mail.stream.${stream}`))
    .join(text('delivery.mail.between'));
  const lastAt = server.takenAt === null ? '—' : format.dateTime(server.takenAt);
  const failing =
    server.failingSince === null
      ? []
      : [
          [text('delivery.mail.failing-since'), format.dateTime(server.failingSince)] as const,
          [text('delivery.mail.problem'), server.problem || '—'] as const,
        ];
  return [
    [text('delivery.mail.streams'), streams],
    [text('delivery.mail.sender'), server.sender],
    [text('delivery.mail.connections'), format.number(server.connections)],
    [text('delivery.mail.taken'), lastAt],
    ...failing,
  ];
}

function Facts({ server }: { readonly server: MailServerView }) {
  const facts = useFacts(server);
  return (
    <Flex direction="column" alignItems="stretch" gap={2} tag="dl">
      {facts.map(([label, value]) => (
        <Flex key={label} gap={1} wrap="wrap" alignItems="baseline">
          <Typography tag="dt" variant="pi" textColor="neutral600" style={{ width: '16rem' }}>
            {label}
          </Typography>
          <Typography tag="dd" style={{ overflowWrap: 'anywhere', flex: '1 1 18rem' }}>
            {value}
          </Typography>
        </Flex>
      ))}
    </Flex>
  );
}

interface ServerCardProps {
  readonly server: MailServerView;
  /** In which it is tried. */
  readonly place: number;
}

/** One mail server: does it take mail, and if not, since when and why? */
export function ServerCard({ server, place }: ServerCardProps) {
  const text = useText();
  const [checked, setChecked] = useState<Checked>();
  const check = useCrmMutation(mailServerCheckSchema, () => ({
    method: 'POST',
    path: `/crm/mail-sending/servers/${server.key}/check`,
    body: {},
  }));
  const run = async () => {
    const done = await check.run(undefined);
    if (done.ok) setChecked(done.value.data);
  };
  return (
    <Panel
      title={text('delivery.mail.server', { place: String(place), name: server.key })}
      action={
        <Button
          size="S"
          variant="tertiary"
          loading={check.isRunning}
          onClick={() => void run()}
          aria-label={`${server.key}: ${text('delivery.mail.check')}`}
        >
          {text('delivery.mail.check')}
        </Button>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Flex gap={3} wrap="wrap">
          <Typography fontWeight="semiBold">{`${server.host}:${server.port}`}</Typography>
          <Status variant={LOOKS[server.state]} size="S" width="auto">
            <Typography tag="span" variant="omega" fontWeight="bold">
              {text(`delivery.mail.state.${server.state}`)}
            </Typography>
          </Status>
        </Flex>
        {checked ? (
          <Typography role="status" textColor={checked.reachable ? 'success700' : 'danger700'}>
            {checked.reachable
              ? text('delivery.mail.reachable')
              : text('delivery.mail.unreachable', { problem: checked.problem ?? '' })}
          </Typography>
        ) : null}
        <Facts server={server} />
      </Flex>
    </Panel>
  );
}
