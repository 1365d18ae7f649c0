import { Flex } from '@strapi/design-system';

import { PageLayout, useMay } from '../ui';
import { AudiencePanel } from './audience-panel';
import { InstallPanel } from './install-panel';
import { KeysPanel } from './keys-panel';
import { LivePanel } from './live-panel';
import { NamesPanel } from './names-panel';
import { RetentionPanel } from './retention-panel';
import { useText } from './text';

/** Is it working, what comes in, who may send, and how long it is kept. */
export default function TrackingPage() {
  const text = useText();
  const mayManage = useMay('tracking.manage');
  return (
    <PageLayout title={text('tracking.title')} subtitle={text('tracking.subtitle')}>
      <Flex direction="column" alignItems="stretch" gap={5}>
        <LivePanel />
        <NamesPanel />
        <AudiencePanel />
        <InstallPanel />
        {mayManage ? <KeysPanel /> : null}
        <RetentionPanel mayChange={mayManage} />
      </Flex>
    </PageLayout>
  );
}
