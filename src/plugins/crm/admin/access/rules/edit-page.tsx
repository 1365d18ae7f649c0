import { useParams } from 'react-router-dom';

import { accessRuleAnswerSchema } from '../../../shared/access-rules';
import { ErrorState, PageLayout, Skeleton, useCrmQuery } from '../../ui';
import { useText } from '../text';
import { RuleForm } from './rule-form';

export default function RuleEditPage() {
  const text = useText();
  const { id = 'new' } = useParams();
  const isNew = id === 'new';
  const path = isNew ? null : `/crm/access/rules/${encodeURIComponent(id)}`;
  const { data, error, refetch } = useCrmQuery(accessRuleAnswerSchema, path);
  if (!error && (isNew || data)) {
    return <RuleForm key={id} rule={isNew ? undefined : data?.data} />;
  }
  return (
    <PageLayout title={text('access.rules.edit')} backTo="access-rules">
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Skeleton lines={5} height="3rem" />
      )}
    </PageLayout>
  );
}
