import { useState } from 'react';

import {
  Button,
  Checkbox,
  Flex,
  Grid,
  Modal,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';

import {
  exportCheckSchema,
  exportEncodings,
  exportFieldsSchema,
  type ExportCheck,
  type ExportEncoding,
} from '../../shared/customer-work';
import {
  addressOf,
  ErrorState,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useDownload,
  useFormat,
} from '../ui';
import { useText } from './text';

function CheckResult({ check }: { readonly check: ExportCheck }) {
  const text = useText();
  const format = useFormat();
  if (check.unencodable === 0) {
    return (
      <Typography role="status">
        {text('customers.export.clean', { rows: format.number(check.rows) })}
      </Typography>
    );
  }
  return (
    <Flex direction="column" alignItems="stretch" gap={1} role="status">
      <Typography textColor="warning700">
        {text('customers.export.lost', {
          rows: format.number(check.rows),
          count: format.number(check.unencodable),
        })}
      </Typography>
      {check.samples.slice(0, 5).map((sample) => (
        <Typography key={`${sample.customerId} ${sample.field}`} variant="pi">
          {`${sample.field}: ${sample.text}`}
        </Typography>
      ))}
    </Flex>
  );
}

interface EncodingChoiceProps {
  readonly value: ExportEncoding;
  readonly onChange: (encoding: ExportEncoding) => void;
}

function EncodingChoice({ value, onChange }: EncodingChoiceProps) {
  const text = useText();
  return (
    <SingleSelect
      aria-label={text('customers.export.encoding')}
      value={value}
      onChange={(chosen) => onChange(chosen === 'cp932' ? 'cp932' : 'utf8')}
    >
      {exportEncodings.map((each) => (
        <SingleSelectOption key={each} value={each}>
          {text(`customers.export.${each}`)}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
}

interface ExportDialogProps {
  readonly filter: Readonly<Record<string, string>>;
  readonly onClose: () => void;
}

/** What to take out, in which encoding; what that cannot hold is said before. */
export function ExportDialog({ filter, onClose }: ExportDialogProps) {
  const text = useText();
  const download = useDownload();
  const fields = useCrmQuery(exportFieldsSchema, '/crm/customers/export/fields');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [encoding, setEncoding] = useState<ExportEncoding>('utf8');
  const all = fields.data?.data ?? [];
  const chosen = all.filter(({ key }) => !left.has(key)).map(({ key }) => key);
  const query = { ...filter, encoding, fields: chosen.join(',') };
  const check = useCrmMutation(exportCheckSchema, () => ({
    method: 'GET',
    path: addressOf('/crm/customers/export/check', query),
  }));
  const [checked, setChecked] = useState<ExportCheck | null>(null);
  const [isLoading, setLoading] = useState(false);
  const toggle = (key: string) => {
    const next = new Set(left);
    if (!next.delete(key)) next.add(key);
    setLeft(next);
    setChecked(null);
  };
  const look = async () => {
    const answer = await check.run(undefined);
    if (answer.ok) setChecked(answer.value.data);
  };
  const take = async () => {
    setLoading(true);
    await download(addressOf('/crm/customers/export', query), 'customers.csv');
    setLoading(false);
    onClose();
  };
  const isReady = encoding === 'utf8' || checked !== null;
  return (
    <Modal.Root open onOpenChange={(open: boolean) => (open ? undefined : onClose())}>
      <Modal.Content>
        <Modal.Header closeLabel={text('customers.close')}>
          <Modal.Title>{text('customers.export')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Typography textColor="neutral600">{text('customers.export.help')}</Typography>
            {fields.isLoading ? <Skeleton lines={4} /> : null}
            {fields.error ? <ErrorState error={fields.error} onRetry={fields.refetch} /> : null}
            <Grid.Root gap={2}>
              {all.map(({ key, label }) => (
                <Grid.Item key={key} col={4} xs={12}>
                  <Checkbox checked={!left.has(key)} onCheckedChange={() => toggle(key)}>
                    {label}
                  </Checkbox>
                </Grid.Item>
              ))}
            </Grid.Root>
            <EncodingChoice
              value={encoding}
              onChange={(value) => {
                setEncoding(value);
                setChecked(null);
              }}
            />
            {checked ? <CheckResult check={checked} /> : null}
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {text('ui.cancel')}
          </Button>
          <Button
            disabled={chosen.length === 0}
            loading={check.isRunning || isLoading}
            onClick={() => void (isReady ? take() : look())}
          >
            {text(isReady ? 'customers.export.download' : 'customers.export.check')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
