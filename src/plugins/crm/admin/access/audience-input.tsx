import { Field, TextInput, Typography } from '@strapi/design-system';

import { blockAudienceSchema, type BlockAudience } from '../../shared/access';
import { AudienceEditor } from './audience-editor';
import { RuleField, type CustomFieldProps } from './rule-field';
import { sayBlock } from './sentence';
import { useText } from './text';
import { useSpeaker } from './use-choices';

const FRESH: BlockAudience = { audience: { type: 'members' } };

/** Input of `plugin::crm.audience`: who sees the block, wherever it stands. */
export default function AudienceInput(props: CustomFieldProps) {
  const text = useText();
  const speaker = useSpeaker();
  return (
    <RuleField<BlockAudience>
      {...props}
      ownLabel={text('access.field.audience.label')}
      title={text('access.title.audience')}
      schema={blockAudienceSchema}
      fresh={FRESH}
      say={(block) => sayBlock(speaker, block)}
      editor={(block, onChange) => (
        <>
          {speaker.failed && (
            <Typography textColor="danger600">{text('access.choices-missing')}</Typography>
          )}
          <AudienceEditor
            label={text('access.who')}
            value={block.audience}
            choices={speaker.choices}
            onChange={(audience) => onChange({ ...block, audience })}
          />
          <Field.Root hint={text('access.slot.hint')} width="100%">
            <Field.Label>{text('access.slot')}</Field.Label>
            <TextInput
              value={block.slot ?? ''}
              maxLength={60}
              onChange={(event: React.ChangeEvent<HTMLInputElement>) => {
                const slot = event.target.value;
                onChange(slot ? { ...block, slot } : { audience: block.audience });
              }}
            />
            <Field.Hint />
          </Field.Root>
        </>
      )}
    />
  );
}
