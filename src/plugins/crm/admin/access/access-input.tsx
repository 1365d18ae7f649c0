import {
  Field,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  Typography,
} from '@strapi/design-system';

import { accessSchema, OTHERWISE, type Access } from '../../shared/access';
import { AudienceEditor } from './audience-editor';
import { RuleField, type CustomFieldProps } from './rule-field';
import { sayAccess } from './sentence';
import { useText } from './text';
import { useSpeaker } from './use-choices';

const FRESH: Access = { audience: { type: 'members' }, otherwise: 'teaser' };

/** Input of `plugin::crm.access`: who may see the entry, and what others get instead. */
export default function AccessInput(props: CustomFieldProps) {
  const text = useText();
  const speaker = useSpeaker();
  return (
    <RuleField<Access>
      {...props}
      ownLabel={text('access.field.access.label')}
      title={text('access.title.access')}
      schema={accessSchema}
      fresh={FRESH}
      say={(access) => sayAccess(speaker, access)}
      editor={(access, onChange) => (
        <>
          {speaker.failed && (
            <Typography textColor="danger600">{text('access.choices-missing')}</Typography>
          )}
          <AudienceEditor
            label={text('access.who')}
            value={access.audience}
            choices={speaker.choices}
            onChange={(audience) => onChange({ ...access, audience })}
          />
          {access.audience.type !== 'everyone' && (
            <OtherwiseEditor access={access} onChange={onChange} />
          )}
        </>
      )}
    />
  );
}

interface OtherwiseEditorProps {
  readonly access: Access;
  readonly onChange: (access: Access) => void;
}

function OtherwiseEditor({ access, onChange }: OtherwiseEditorProps) {
  const text = useText();
  return (
    <>
      <Field.Root width="100%">
        <Field.Label>{text('access.otherwise')}</Field.Label>
        <SingleSelect
          value={access.otherwise}
          onChange={(value) => {
            const otherwise = OTHERWISE.find((option) => option === value) ?? 'teaser';
            const { redirectTo, ...rest } = access;
            onChange({
              ...rest,
              otherwise,
              ...(otherwise === 'redirect' ? { redirectTo: redirectTo ?? '/m/register' } : {}),
            });
          }}
        >
          {OTHERWISE.map((option) => (
            <SingleSelectOption key={option} value={option}>
              {text(`access.otherwise.${option}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
      {access.otherwise === 'redirect' && (
        <Field.Root hint={text('access.redirect.hint')} width="100%">
          <Field.Label>{text('access.redirect')}</Field.Label>
          <TextInput
            value={access.redirectTo ?? ''}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
              onChange({ ...access, redirectTo: event.target.value })
            }
          />
          <Field.Hint />
        </Field.Root>
      )}
    </>
  );
}
