import { useRef, useState } from 'react';

import {
  Box,
  Button,
  Field,
  Flex,
  Modal,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { styled } from 'styled-components';

import { consentPrintSchema } from '../../shared/consent';
import { useAdminLocale, useCrmMutation } from '../ui';
import { useText } from './text';

const Paper = styled.iframe`
  width: 100%;
  height: 48rem;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  background: #fff;
`;

interface PrintDialogProps {
  readonly customerId: number;
  readonly onClose: () => void;
}

/** Makes the consent record as a document, shows it as it will be on paper, and prints it. */
export function PrintDialog({ customerId, onClose }: PrintDialogProps) {
  const text = useText();
  const paper = useRef<HTMLIFrameElement>(null);
  const [language, setLanguage] = useState<string>(useAdminLocale());
  const [html, setHtml] = useState<string | null>(null);
  const make = useCrmMutation(consentPrintSchema, () => ({
    method: 'POST',
    path: `/crm/customers/${customerId}/consent-record`,
    body: { language },
  }));
  const run = async () => {
    const made = await make.run(undefined);
    if (made.ok) setHtml(made.value.data.html);
  };
  return (
    <Modal.Root open onOpenChange={(open: boolean) => (open ? undefined : onClose())}>
      <Modal.Content>
        <Modal.Header closeLabel={text('consent.print.close')}>
          <Modal.Title>{text('consent.print.title')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          {html === null ? (
            <Flex direction="column" alignItems="stretch" gap={4}>
              <Typography>{text('consent.print.help')}</Typography>
              <Field.Root name="language">
                <Field.Label>{text('consent.print.language')}</Field.Label>
                <SingleSelect value={language} onChange={(chosen) => setLanguage(String(chosen))}>
                  <SingleSelectOption value="ja">{text('consent.print.ja')}</SingleSelectOption>
                  <SingleSelectOption value="en">{text('consent.print.en')}</SingleSelectOption>
                </SingleSelect>
              </Field.Root>
            </Flex>
          ) : (
            <Box>
              <Paper
                ref={paper}
                title={text('consent.print.title')}
                // No scripts; the same origin and dialogs, so that it can be printed from here.
                sandbox="allow-same-origin allow-modals"
                srcDoc={html}
              />
            </Box>
          )}
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {text('consent.print.close')}
          </Button>
          {html === null ? (
            <Button loading={make.isRunning} onClick={() => void run()}>
              {text('consent.print.make')}
            </Button>
          ) : (
            <Button onClick={() => paper.current?.contentWindow?.print()}>
              {text('consent.print.now')}
            </Button>
          )}
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
