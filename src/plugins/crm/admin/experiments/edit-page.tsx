import { useParams } from 'react-router-dom';
import { z } from 'zod';

import { experimentDetailSchema } from '../../shared/experiments';
import { ErrorState, PageLayout, Skeleton, useCrmQuery } from '../ui';
import { ExperimentForm } from './experiment-form';
import { ResultPage } from './result-page';
import { useText } from './text';

const answerSchema = z.object({ data: experimentDetailSchema });

/** A draft is a form; what has started shows its result. */
export default function ExperimentEditPage() {
  const text = useText();
  const { id = 'new' } = useParams();
  const isNew = id === 'new';
  const found = useCrmQuery(
    answerSchema,
    isNew ? null : `/crm/experiments/${encodeURIComponent(id)}`,
  );
  const experiment = found.data?.data;
  if (isNew) return <ExperimentForm key="new" onStarted={found.refetch} />;
  if (experiment?.state === 'draft') {
    return <ExperimentForm key={id} experiment={experiment} onStarted={found.refetch} />;
  }
  if (experiment) return <ResultPage experiment={experiment} onChanged={found.refetch} />;
  return (
    <PageLayout title={text('experiments.one')} backTo="experiments">
      {found.error ? (
        <ErrorState error={found.error} onRetry={found.refetch} />
      ) : (
        <Skeleton lines={6} height="3rem" />
      )}
    </PageLayout>
  );
}
