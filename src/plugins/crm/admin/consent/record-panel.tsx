import { useState } from 'react';

import { Box, Button, Flex, Typography } from '@strapi/design-system';

import {
  consentChannels,
  customerConsentsSchema,
  type ConsentChange,
  type ConsentChannel,
  type ConsentRecord,
} from '../../shared/consent';
import {
  ChannelBadge,
  ConfirmDialog,
  ErrorState,
  Panel,
  Skeleton,
  useAnyText,
  useCrmMutation,
  useCrmQuery,
  useFormat,
  useMay,
  type RecordPanelProps,
} from '../ui';
import { PrintDialog } from './print-dialog';
import { useText } from './text';

const SHOWN = 5;

/** How a consent came about, in words; a source nobody has named is shown as it is. */
function useSource() {
  const text = useText();
  const known = [
    'import',
    'admin',
    'form',
    'registration',
    'my-page',
    'unsubscribe',
    'one-click',
    'unsubscribe-page',
    'import-undo',
    'merge',
    'erasure',
    'complaint',
    'line',
  ] as const;
  return (source: string) => {
    const name = known.find((each) => each === source);
    return name ? text(`consent.source.${name}`) : source;
  };
}

function LedgerLine({ record }: { readonly record: ConsentRecord }) {
  const text = useText();
  const format = useFormat();
  const source = useSource();
  return (
    <Box tag="li" paddingTop={2} paddingBottom={2}>
      <Flex gap={2} wrap="wrap">
        <ChannelBadge channel={record.channel} state={record.granted ? 'on' : 'off'} compact />
        <Typography variant="pi" fontWeight="semiBold">
          {text(record.granted ? 'consent.granted' : 'consent.withdrawn')}
        </Typography>
        <Typography variant="pi" textColor="neutral600">
          {format.dateTime(record.occurredAt)} · {source(record.source)}
        </Typography>
      </Flex>
      {record.wordingVersion ? (
        <Typography variant="pi" textColor="neutral600">
          {text('consent.wording', { version: record.wordingVersion })}
          {record.wordingText ? `「${record.wordingText}」` : ''}
        </Typography>
      ) : null}
    </Box>
  );
}

function PrintAction({ customerId }: { readonly customerId: number }) {
  const text = useText();
  const mayPrint = useMay('consents.print');
  const [isOpen, setOpen] = useState(false);
  if (!mayPrint) return null;
  return (
    <>
      <Button variant="tertiary" size="S" onClick={() => setOpen(true)}>
        {text('consent.print')}
      </Button>
      {isOpen ? <PrintDialog customerId={customerId} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** Consents with wording, version, source and time; staff change them at the person's wish. */
export default function ConsentPanel({ customerId, isErased, onChanged }: RecordPanelProps) {
  const text = useText();
  const anyText = useAnyText();
  const mayUpdate = useMay('customers.update') && !isErased;
  const path = `/crm/customers/${customerId}/consents`;
  const consents = useCrmQuery(customerConsentsSchema, path);
  const [asked, setAsked] = useState<ConsentChange | null>(null);
  const save = useCrmMutation(customerConsentsSchema, (body: ConsentChange) => ({
    method: 'POST',
    path,
    body,
  }));
  const confirm = async () => {
    if (!asked) return;
    const saved = await save.run(asked);
    setAsked(null);
    if (!saved.ok) return;
    consents.refetch();
    onChanged();
  };
  const granted = (channel: ConsentChannel) =>
    consents.data?.data.states.find((state) => state.channel === channel)?.granted;

  return (
    <Panel title={text('consent.title')} action={<PrintAction customerId={customerId} />}>
      {consents.isLoading ? <Skeleton lines={4} /> : null}
      {consents.error ? <ErrorState error={consents.error} onRetry={consents.refetch} /> : null}
      {consents.data ? (
        <Flex direction="column" alignItems="stretch" gap={3}>
          {consentChannels.map((channel) => (
            <Flex key={channel} justifyContent="space-between" gap={2}>
              <ChannelBadge channel={channel} state={granted(channel) ? 'on' : 'off'} />
              <Flex gap={2}>
                <Typography variant="pi" textColor="neutral600" style={{ whiteSpace: 'nowrap' }}>
                  {text(`consent.state.${String(granted(channel) ?? 'unknown') as 'true'}`)}
                </Typography>
                {mayUpdate ? (
                  <Button
                    size="S"
                    variant="tertiary"
                    aria-label={`${anyText(`ui.channel.${channel}`)}: ${text(
                      granted(channel) ? 'consent.withdraw' : 'consent.grant',
                    )}`}
                    onClick={() => setAsked({ channel, granted: !granted(channel) })}
                  >
                    {text(granted(channel) ? 'consent.short.withdraw' : 'consent.short.grant')}
                  </Button>
                ) : null}
              </Flex>
            </Flex>
          ))}
          <Box tag="ul">
            {consents.data.data.history.slice(0, SHOWN).map((record) => (
              <LedgerLine key={record.id} record={record} />
            ))}
          </Box>
        </Flex>
      ) : null}
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => (open ? undefined : setAsked(null))}
        title={text(asked?.granted ? 'consent.grant' : 'consent.withdraw')}
        confirmLabel={text(asked?.granted ? 'consent.grant' : 'consent.withdraw')}
        isRunning={save.isRunning}
        onConfirm={() => void confirm()}
      >
        {text(asked?.granted ? 'consent.confirm.grant' : 'consent.confirm.withdraw', {
          channel: asked ? anyText(`ui.channel.${asked.channel}`) : '',
        })}
      </ConfirmDialog>
    </Panel>
  );
}
