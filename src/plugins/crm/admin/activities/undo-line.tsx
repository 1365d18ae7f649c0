import { Button, Flex, Typography } from '@strapi/design-system';

import { useText } from './text';

/** Stands where something was deleted, until the screen is left. */
export function UndoLine({ onUndo }: { readonly onUndo: () => void }) {
  const text = useText();
  return (
    <Flex tag="li" gap={2} paddingTop={2} paddingBottom={2} role="status">
      <Typography textColor="neutral600">{text('activities.deleted')}</Typography>
      <Button variant="ghost" size="S" onClick={onUndo}>
        {text('activities.undo')}
      </Button>
    </Flex>
  );
}
