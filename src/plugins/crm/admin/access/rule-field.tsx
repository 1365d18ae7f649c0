/** The frame of both inputs: one sentence, and a dialog that changes what it says. */
import { useId, useState, type ReactNode } from 'react';

import { Box, Button, Field, Flex, Modal, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import type { z } from 'zod';

import { storedValue } from './stored-value';
import { useText } from './text';

/** What the Content Manager gives to the input of a custom field. */
export interface CustomFieldProps {
  /** Always given by the Content Manager; its type for custom inputs promises no props at all. */
  readonly name?: string;
  readonly label?: string;
  readonly hint?: ReactNode;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly labelAction?: ReactNode;
}

interface RuleFieldProps<Rule> extends CustomFieldProps {
  readonly title: string;
  /** What the field is called while nobody has named it otherwise than its attribute. */
  readonly ownLabel: string;
  readonly schema: z.ZodType<Rule>;
  readonly say: (rule: Rule | null) => string;
  readonly fresh: Rule;
  readonly editor: (rule: Rule, onChange: (rule: Rule) => void) => ReactNode;
}

export function RuleField<Rule>(props: RuleFieldProps<Rule>) {
  const { name = '', label, hint, required, disabled, labelAction, schema, say, fresh } = props;
  const text = useText();
  const field = useField<unknown>(name);
  const [draft, setDraft] = useState<Rule | null>(null);
  const stored = storedValue(field.value);
  const parsed = schema.safeParse(stored);
  const broken = stored !== null && !parsed.success;
  const rule = parsed.success ? parsed.data : null;
  const named = label !== undefined && label !== name.split('.').at(-1);
  const store = (value: Rule | null) => field.onChange(name, value);

  return (
    <Field.Root name={name} hint={hint} error={field.error} required={required}>
      <Field.Label action={labelAction}>{named ? label : props.ownLabel}</Field.Label>
      <Box
        padding={4}
        borderColor={broken ? 'danger600' : 'neutral200'}
        background="neutral0"
        hasRadius
      >
        <Flex justifyContent="space-between" gap={4} wrap="wrap">
          <Box flex="1 1 20rem">
            <Typography textColor={broken ? 'danger600' : 'neutral800'}>
              {broken ? text('access.broken') : say(rule)}
            </Typography>
          </Box>
          <Flex gap={2}>
            {stored !== null && (
              <Button variant="tertiary" disabled={disabled} onClick={() => store(null)}>
                {text('access.clear')}
              </Button>
            )}
            <Button variant="secondary" disabled={disabled} onClick={() => setDraft(rule ?? fresh)}>
              {text('access.edit')}
            </Button>
          </Flex>
        </Flex>
      </Box>
      <Field.Hint />
      <Field.Error />
      {draft !== null && (
        <RuleDialog
          {...props}
          draft={draft}
          onChange={setDraft}
          onClose={() => setDraft(null)}
          onDone={(done) => {
            store(done);
            setDraft(null);
          }}
        />
      )}
    </Field.Root>
  );
}

interface RuleDialogProps<Rule> extends RuleFieldProps<Rule> {
  readonly draft: Rule;
  readonly onChange: (rule: Rule) => void;
  readonly onClose: () => void;
  readonly onDone: (rule: Rule) => void;
}

function RuleDialog<Rule>(props: RuleDialogProps<Rule>) {
  const { title, schema, say, editor, draft, onChange, onClose, onDone } = props;
  const text = useText();
  const explained = useId();
  const checked = schema.safeParse(draft);
  return (
    <Modal.Root open onOpenChange={(open: boolean) => !open && onClose()}>
      <Modal.Content aria-describedby={explained} style={{ wordBreak: 'auto-phrase' }}>
        <Modal.Header>
          <Modal.Title>{title}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={5}>
            {editor(draft, onChange)}
            <Box padding={4} background="primary100" hasRadius id={explained} aria-live="polite">
              <Typography textColor={checked.success ? 'neutral800' : 'danger600'}>
                {checked.success ? say(checked.data) : text('access.invalid')}
              </Typography>
            </Box>
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Modal.Close>
            <Button variant="tertiary">{text('access.cancel')}</Button>
          </Modal.Close>
          <Button
            disabled={!checked.success}
            onClick={() => checked.success && onDone(checked.data)}
          >
            {text('access.done')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
