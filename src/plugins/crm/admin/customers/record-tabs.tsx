import { useEffect, useRef, useState } from 'react';

import { Box, Flex, IconButton, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { Link, useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';

import { ConfirmDialog, crmPath } from '../ui';
import { isUnsaved, type OpenRecord } from './open-records';
import { useText } from './text';

const Bar = styled(Flex)`
  overflow-x: auto;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral200};
`;

const Tab = styled(Flex)<{ $current: boolean }>`
  flex: 0 0 auto;
  max-width: 24rem;
  border-bottom: 3px solid
    ${({ theme, $current }) => ($current ? theme.colors.primary600 : 'transparent')};
`;

const Name = styled(Link)`
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
  padding: 0.8rem 0.4rem 0.8rem 1.2rem;
  color: ${({ theme }) => theme.colors.neutral800};
  text-decoration: none;
`;

interface RecordTabsProps {
  readonly records: readonly OpenRecord[];
  readonly current: number;
  readonly onClose: (id: number) => void;
}

/** Whom to show when a tab is closed: the next one, else the one before. */
const neighbourOf = (records: readonly OpenRecord[], id: number): OpenRecord | undefined => {
  const at = records.findIndex((record) => record.id === id);
  return records[at + 1] ?? records[at - 1];
};

/** On a phone the bar is longer than the screen, and a record that opens stands at its end. */
function useCurrentInSight(count: number) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const current = bar.current?.querySelector('[aria-current="page"]')?.parentElement;
    if (bar.current && current)
      bar.current.scrollLeft = current.offsetLeft - bar.current.offsetLeft;
  }, [count]);
  return bar;
}

/** The records that are open side by side; one alone needs no tabs. */
export function RecordTabs({ records, current, onClose }: RecordTabsProps) {
  const text = useText();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<OpenRecord | null>(null);
  const bar = useCurrentInSight(records.length);
  if (records.length < 2) return null;
  const close = (record: OpenRecord) => {
    const next = neighbourOf(records, record.id);
    setAsked(null);
    onClose(record.id);
    if (record.id === current) navigate(crmPath(next ? `customers/${next.id}` : 'customers'));
  };
  return (
    <Box paddingBottom={5}>
      <Bar ref={bar} tag="nav" gap={1} aria-label={text('customers.tabs.label')}>
        {records.map((record) => {
          const unsaved = isUnsaved(record);
          const isCurrent = record.id === current;
          return (
            <Tab key={record.id} $current={isCurrent}>
              <Name to={crmPath(`customers/${record.id}`)} aria-current={isCurrent && 'page'}>
                <Typography fontWeight={isCurrent ? 'semiBold' : 'regular'}>
                  {record.name || text('customers.record.title')}
                </Typography>
                {unsaved ? (
                  <Typography textColor="warning600" title={text('customers.tabs.unsaved')}>
                    {` ${text('customers.tabs.unsaved-mark')}`}
                  </Typography>
                ) : null}
              </Name>
              <IconButton
                label={text('customers.tabs.close', { name: record.name })}
                variant="ghost"
                size="XS"
                onClick={() => (unsaved ? setAsked(record) : close(record))}
              >
                <Cross />
              </IconButton>
            </Tab>
          );
        })}
      </Bar>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => (open ? undefined : setAsked(null))}
        title={text('customers.tabs.discard')}
        confirmLabel={text('customers.tabs.discard')}
        variant="danger"
        onConfirm={() => (asked ? close(asked) : undefined)}
      >
        {text('customers.tabs.discard.ask', { name: asked?.name ?? '' })}
      </ConfirmDialog>
    </Box>
  );
}
