import { Button, Checkbox, Flex, Popover } from '@strapi/design-system';
import { Cog } from '@strapi/icons';

import { useText } from './text';

interface ColumnChooserProps {
  readonly choices: readonly { readonly key: string; readonly label: string }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

export function ColumnChooser({ choices, chosen, onChange }: ColumnChooserProps) {
  const text = useText();
  const toggle = (key: string) =>
    onChange(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  return (
    <Popover.Root>
      <Popover.Trigger>
        <Button variant="tertiary" size="S" startIcon={<Cog />}>
          {text('customers.columns')}
        </Button>
      </Popover.Trigger>
      <Popover.Content>
        <Flex direction="column" alignItems="flex-start" gap={2} padding={4}>
          {choices.map(({ key, label }) => (
            <Checkbox key={key} checked={chosen.includes(key)} onCheckedChange={() => toggle(key)}>
              {label}
            </Checkbox>
          ))}
        </Flex>
      </Popover.Content>
    </Popover.Root>
  );
}
