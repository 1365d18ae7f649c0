import { useState } from 'react';

import { Box, Button, Flex, Typography } from '@strapi/design-system';

import { doneSchema, type HealthNode } from '../../shared/health';
import { ConfirmDialog, Panel, useCrmMutation, useFormat, useMay } from '../ui';
import { StateMark } from './state-mark';
import { useText } from './text';

interface NodeProps {
  readonly node: HealthNode;
  readonly now: number;
  readonly onChanged: () => void;
}

function Node({ node, now, onChanged }: NodeProps) {
  const text = useText();
  const format = useFormat();
  const may = useMay('health.update');
  const [isAsking, setAsking] = useState(false);
  const forget = useCrmMutation(doneSchema, () => ({
    method: 'DELETE',
    path: `/crm/health/nodes/${node.id}`,
  }));
  const run = async () => {
    await forget.run(undefined);
    setAsking(false);
    onChanged();
  };
  return (
    <Flex tag="li" gap={3} alignItems="flex-start" wrap="wrap">
      <StateMark state={node.isSilent ? 'red' : 'green'} />
      <Box flex="1" minWidth="18rem">
        <Typography tag="p" fontWeight="semiBold" style={{ overflowWrap: 'anywhere' }}>
          {node.name}
        </Typography>
        <Typography tag="p" variant="pi" textColor="neutral700">
          {text(node.works ? 'health.node.works' : 'health.node.serves')}
          {' · '}
          {text('health.node.seen', { at: format.relative(node.seenAt, now) })}
          {' · '}
          {text('health.node.started', { at: format.dateTime(node.startedAt) })}
        </Typography>
      </Box>
      {node.isSilent && may ? (
        <Button size="S" variant="tertiary" onClick={() => setAsking(true)}>
          {text('health.node.forget')}
        </Button>
      ) : null}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={text('health.node.forget-title', { name: node.name })}
        confirmLabel={text('health.node.forget')}
        isRunning={forget.isRunning}
        onConfirm={() => void run()}
      >
        {text('health.node.forget-what')}
      </ConfirmDialog>
    </Flex>
  );
}

interface NodesPanelProps {
  readonly nodes: readonly HealthNode[];
  readonly now: number;
  readonly onChanged: () => void;
}

/** Which processes run this site. */
export function NodesPanel({ nodes, now, onChanged }: NodesPanelProps) {
  const text = useText();
  return (
    <Panel title={text('health.nodes')}>
      {nodes.length === 0 ? (
        <Typography textColor="neutral600">{text('health.nodes-none')}</Typography>
      ) : (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={4}>
          {nodes.map((node) => (
            <Node key={node.id} node={node} now={now} onChanged={onChanged} />
          ))}
        </Flex>
      )}
    </Panel>
  );
}
