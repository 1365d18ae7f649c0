/** The whole screen: who looks at the left, the page at the right, the reasons below the choice. */
import { useState } from 'react';

import { Box, Button, Flex, Modal, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { styled } from 'styled-components';

import type { PreviewAnswer } from '../../shared/preview';
import { useSpeaker } from '../access/use-choices';
import { ErrorState, Skeleton } from '../ui';
import { firstChoice, requestOf, type PreviewChoice, type PreviewSubject } from './preview-choice';
import { PreviewFrame, WIDTHS, type Width } from './preview-frame';
import { Reasons } from './reasons';
import { useText } from './text';
import { usePreview } from './use-preview';
import { ViewerForm } from './viewer-form';

const Screen = styled(Modal.Content)`
  width: 96vw;
  max-width: none;
  height: 94vh;
  max-height: none;
  word-break: auto-phrase;
`;

const Columns = styled.div`
  display: grid;
  grid-template: minmax(0, 1fr) / 36rem minmax(0, 1fr);
  gap: 2.4rem;
  height: calc(94vh - 15rem);
  @media (max-width: 900px) {
    grid-template: none / minmax(0, 1fr);
    height: auto;
  }
`;

const Side = styled.div`
  overflow: auto;
  padding: 0.4rem;
  @media (max-width: 900px) {
    overflow: visible;
  }
`;

export interface PreviewDialogProps {
  readonly subject: PreviewSubject;
  readonly title: string;
  readonly hasDrafts: boolean;
  readonly version: PreviewChoice['version'];
  readonly onClose: () => void;
}

export function PreviewDialog({ subject, title, hasDrafts, version, onClose }: PreviewDialogProps) {
  const text = useText();
  const speaker = useSpeaker();
  const [choice, setChoice] = useState(() => firstChoice(version));
  const [width, setWidth] = useState<Width>('desktop');
  const { answer, error, isFetching, reload } = usePreview(requestOf(subject, choice));
  return (
    <Modal.Root open onOpenChange={(open: boolean) => !open && onClose()}>
      <Screen aria-describedby={undefined}>
        <Modal.Header closeLabel={text('content.preview.close')}>
          <Modal.Title>{text('content.preview.title', { title })}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Columns>
            <Side>
              <Flex direction="column" alignItems="stretch" gap={6}>
                <ViewerForm
                  choice={choice}
                  choices={speaker.choices}
                  hasDrafts={hasDrafts}
                  onChange={setChoice}
                />
                {answer && !error && <Reasons answer={answer} speaker={speaker} />}
              </Flex>
            </Side>
            <Flex direction="column" alignItems="stretch" gap={3} minWidth={0}>
              <Toolbar width={width} onWidth={setWidth} onReload={reload} busy={isFetching} />
              {error ? (
                <ErrorState error={error} onRetry={reload} />
              ) : (
                <Page answer={answer} width={width} isFetching={isFetching} />
              )}
            </Flex>
          </Columns>
        </Modal.Body>
      </Screen>
    </Modal.Root>
  );
}

interface ToolbarProps {
  readonly width: Width;
  readonly busy: boolean;
  readonly onWidth: (width: Width) => void;
  readonly onReload: () => void;
}

function Toolbar({ width, busy, onWidth, onReload }: ToolbarProps) {
  const text = useText();
  return (
    <Flex justifyContent="space-between" gap={2} wrap="wrap">
      <Flex gap={1} role="group" aria-label={text('content.preview.width')}>
        {(Object.keys(WIDTHS) as Width[]).map((kind) => (
          <Button
            key={kind}
            size="S"
            variant={width === kind ? 'secondary' : 'ghost'}
            aria-pressed={width === kind}
            onClick={() => onWidth(kind)}
          >
            {text(`content.preview.width.${kind}`)}
          </Button>
        ))}
      </Flex>
      <Button
        size="S"
        variant="tertiary"
        startIcon={<ArrowClockwise />}
        loading={busy}
        onClick={onReload}
      >
        {text('content.preview.reload')}
      </Button>
    </Flex>
  );
}

interface PageProps {
  readonly answer: PreviewAnswer | undefined;
  readonly width: Width;
  readonly isFetching: boolean;
}

function Page({ answer, width, isFetching }: PageProps) {
  const text = useText();
  if (!answer) {
    return isFetching ? (
      <Skeleton lines={8} height="3.2rem" />
    ) : (
      <Notice>{text('content.preview.choose-person')}</Notice>
    );
  }
  if (answer.url === null) return <Notice>{text('content.preview.no-page')}</Notice>;
  return (
    <>
      <Box flex="1 1 auto" minHeight={0}>
        <PreviewFrame url={answer.url} width={width} />
      </Box>
      <Typography variant="pi" textColor="neutral600">
        {text('content.preview.exact')}
      </Typography>
    </>
  );
}

const Notice = ({ children }: { children: string }) => (
  <Box padding={6} background="neutral100" hasRadius>
    <Typography textColor="neutral600">{children}</Typography>
  </Box>
);
