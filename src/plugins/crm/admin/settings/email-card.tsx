import { useState } from 'react';

import { Button, Flex } from '@strapi/design-system';
import { Mail } from '@strapi/icons';

import { testMailSchema, type Settings, type TestMail } from '../../shared/settings';
import { ChannelBadge, Panel, useCrmMutation } from '../ui';
import { Check, Fact } from './check';
import { useText } from './text';

interface EmailCardProps {
  readonly settings: Settings;
  readonly onCheckAgain: () => void;
}

function TestOutcome({ sent }: { readonly sent: TestMail }) {
  const text = useText();
  const values = { to: sent.to, reason: sent.reason ?? '' };
  return (
    <Check ok={sent.status !== 'failed'}>{text(`settings.test.${sent.status}`, values)}</Check>
  );
}

/** The mail server, asked now, and a real mail to oneself. */
export function EmailCard({ settings, onCheckAgain }: EmailCardProps) {
  const text = useText();
  const [sent, setSent] = useState<TestMail>();
  const test = useCrmMutation(testMailSchema, () => ({
    method: 'POST',
    path: '/crm/settings/test-mail',
    body: {},
  }));
  const { smtp, sender } = settings;
  const server = `${smtp.host}:${smtp.port}`;
  const sendTest = async () => {
    const answer = await test.run(undefined);
    if (answer.ok) setSent(answer.value.data);
  };
  return (
    <Panel
      title={text('settings.email.title')}
      action={
        <Flex gap={2} wrap="wrap">
          <Button variant="tertiary" onClick={onCheckAgain}>
            {text('settings.check-again')}
          </Button>
          <Button
            variant="secondary"
            startIcon={<Mail />}
            loading={test.isRunning}
            onClick={() => void sendTest()}
          >
            {text('settings.test.send')}
          </Button>
        </Flex>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        <ChannelBadge channel="email" state={smtp.reachable ? 'on' : 'off'} />
        <Check ok={smtp.reachable}>
          {smtp.reachable
            ? text('settings.email.reachable', { server })
            : text('settings.email.unreachable', { server, problem: smtp.problem ?? '' })}
        </Check>
        {sent ? <TestOutcome sent={sent} /> : null}
        <Fact label={text('settings.email.sender')}>{`${sender.name} <${sender.address}>`}</Fact>
      </Flex>
    </Panel>
  );
}
