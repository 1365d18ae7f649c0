import { useParams } from 'react-router-dom';
import { z } from 'zod';

import { segmentDetailSchema } from '../../shared/segments';
import { ErrorState, PageLayout, Skeleton, useCrmQuery } from '../ui';
import { SegmentForm } from './segment-form';
import { useText } from './text';
import { useFields } from './use-fields';

const answerSchema = z.object({ data: segmentDetailSchema });

export default function SegmentEditPage() {
  const text = useText();
  const { id = 'new' } = useParams();
  const isNew = id === 'new';
  const saved = useCrmQuery(answerSchema, isNew ? null : `/crm/segments/${encodeURIComponent(id)}`);
  const fields = useFields();
  const error = saved.error ?? fields.error;
  const segment = saved.data?.data;
  if (fields.data && (isNew || segment) && !error) {
    return <SegmentForm key={id} segment={isNew ? undefined : segment} fields={fields.byName} />;
  }
  const retry = () => {
    saved.refetch();
    fields.refetch();
  };
  return (
    <PageLayout
      title={text(isNew ? 'segments.new.title' : 'segments.edit.title')}
      backTo="segments"
    >
      {error ? <ErrorState error={error} onRetry={retry} /> : <Skeleton lines={6} height="3rem" />}
    </PageLayout>
  );
}
