import { EmptyState, PageLayout } from '../ui';
import { useText } from './text';

export default function HomePage() {
  const text = useText();
  return (
    <PageLayout title={text('analytics.home.title')}>
      <EmptyState>{text('analytics.home.empty')}</EmptyState>
    </PageLayout>
  );
}
