import {
  Field,
  Flex,
  Grid,
  SingleSelect,
  SingleSelectOption,
  TextInput,
} from '@strapi/design-system';

import {
  menuActions,
  menuIcons,
  type MenuAction,
  type MenuField,
  type MenuIcon,
} from '../../../shared/line-rich-menu';
import { Panel, useFormat } from '../../ui';
import { useText } from '../text';
import { blankAction } from './draft';

interface Props {
  readonly place: number;
  readonly field: MenuField;
  readonly taps: number | undefined;
  readonly error: string | undefined;
  readonly onChange: (change: Partial<MenuField>) => void;
}

function ActionValue({ field: { action }, error, onChange }: Omit<Props, 'place' | 'taps'>) {
  const text = useText();
  if (action.type === 'link') return null;
  const value = action.type === 'open' ? action.url : action.text;
  const change = (entered: string) =>
    onChange({
      action:
        action.type === 'open' ? { type: 'open', url: entered } : { type: 'say', text: entered },
    });
  return (
    <Field.Root required hint={text(`line.menus.action.${action.type}-hint`)} error={error}>
      <Field.Label>{text(`line.menus.action.${action.type}-value`)}</Field.Label>
      <TextInput value={value} onChange={(event) => change(event.target.value)} />
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}

/** One field of the picture: its words, its sign, and what a tap does. */
export function FieldEditor(props: Props) {
  const { place, field, taps, onChange } = props;
  const text = useText();
  const format = useFormat();
  const title = text('line.menus.field', { place: format.number(place + 1) });
  const counted =
    taps === undefined ? '' : text('line.menus.field-taps', { count: format.number(taps) });
  return (
    <Panel title={`${title}${counted}`}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Grid.Root gap={4}>
          <Grid.Item col={8} xs={12} s={12} direction="column" alignItems="stretch">
            <Field.Root required>
              <Field.Label>{text('line.menus.label')}</Field.Label>
              <TextInput
                value={field.label}
                maxLength={20}
                onChange={(event) => onChange({ label: event.target.value })}
              />
            </Field.Root>
          </Grid.Item>
          <Grid.Item col={4} xs={12} s={12} direction="column" alignItems="stretch">
            <Field.Root>
              <Field.Label>{text('line.menus.icon')}</Field.Label>
              <SingleSelect
                value={field.icon}
                onChange={(value) => onChange({ icon: value as MenuIcon })}
              >
                {menuIcons.map((icon) => (
                  <SingleSelectOption key={icon} value={icon}>
                    {text(`line.menus.icon.${icon}`)}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            </Field.Root>
          </Grid.Item>
        </Grid.Root>
        <Field.Root>
          <Field.Label>{text('line.menus.action')}</Field.Label>
          <SingleSelect
            value={field.action.type}
            onChange={(value) => onChange({ action: blankAction(value as MenuAction['type']) })}
          >
            {menuActions.map((action) => (
              <SingleSelectOption key={action} value={action}>
                {text(`line.menus.action.${action}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
        <ActionValue {...props} />
      </Flex>
    </Panel>
  );
}
