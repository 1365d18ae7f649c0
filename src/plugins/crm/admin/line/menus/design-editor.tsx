import { Field, Flex, Grid, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import { menuPalettes, type MenuDesign, type MenuPalette } from '../../../shared/line-rich-menu';
import {
  menuLayouts,
  menuSizes,
  type MenuLayout,
  type MenuSize,
} from '../../../shared/line-rich-menu-layout';
import { Panel } from '../../ui';
import { useText } from '../text';
import { withField, withLayout } from './draft';
import { FieldEditor } from './field-editor';

interface Props {
  readonly design: MenuDesign;
  readonly taps: readonly number[] | undefined;
  readonly fieldErrors: Readonly<Record<string, string | undefined>>;
  readonly onChange: (design: MenuDesign) => void;
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly values: readonly Value[];
  readonly nameOf: (value: Value) => string;
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, value, values, nameOf, onChange } = props;
  return (
    <Grid.Item col={4} xs={12} s={12} direction="column" alignItems="stretch">
      <Field.Root>
        <Field.Label>{label}</Field.Label>
        <SingleSelect value={value} onChange={(chosen) => onChange(chosen as Value)}>
          {values.map((each) => (
            <SingleSelectOption key={each} value={each}>
              {nameOf(each)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
    </Grid.Item>
  );
}

/** The template, its colours, and each of its fields. */
export function DesignEditor({ design, taps, fieldErrors, onChange }: Props) {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Panel title={text('line.menus.design')}>
        <Grid.Root gap={4}>
          <Choice<MenuSize>
            label={text('line.menus.size')}
            value={design.size}
            values={menuSizes}
            nameOf={(size) => text(`line.menus.size.${size}`)}
            onChange={(size) => onChange({ ...design, size })}
          />
          <Choice<MenuLayout>
            label={text('line.menus.layout')}
            value={design.layout}
            values={menuLayouts}
            nameOf={(layout) => text('line.menus.layout-fields', { count: layout })}
            onChange={(layout) => onChange(withLayout(design, layout))}
          />
          <Choice<MenuPalette>
            label={text('line.menus.palette')}
            value={design.palette}
            values={menuPalettes}
            nameOf={(palette) => text(`line.menus.palette.${palette}`)}
            onChange={(palette) => onChange({ ...design, palette })}
          />
        </Grid.Root>
      </Panel>
      {design.fields.map((field, place) => (
        <FieldEditor
          // Fields have no name of their own; their place is what they are.
          key={`field-${place + 1}`}
          place={place}
          field={field}
          taps={taps?.[place]}
          error={
            fieldErrors[`design.fields.${place}.action.url`] ??
            fieldErrors[`design.fields.${place}.action.text`]
          }
          onChange={(change) => onChange(withField(design, place, change))}
        />
      ))}
    </Flex>
  );
}
