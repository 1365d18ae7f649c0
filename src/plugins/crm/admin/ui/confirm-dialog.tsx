import type { ReactNode } from 'react';

import { Button, Dialog } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';

import { useUiText } from './text';

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What will happen and to how many: "2,314人に配信します。". */
  readonly children: ReactNode;
  /** The verb of the action, not "OK". */
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly isRunning?: boolean;
  /** `danger` for what destroys. */
  readonly variant?: 'default' | 'danger';
}

/** What destroys or sends asks once, in words that say what and how many. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { variant = 'default', isRunning = false } = props;
  const text = useUiText();
  return (
    <Dialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Dialog.Content>
        <Dialog.Header>{props.title}</Dialog.Header>
        <Dialog.Body
          icon={<WarningCircle fill={variant === 'danger' ? 'danger600' : 'primary600'} />}
        >
          {props.children}
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button fullWidth variant="tertiary" disabled={isRunning}>
              {text('ui.cancel')}
            </Button>
          </Dialog.Cancel>
          <Button
            fullWidth
            variant={variant === 'danger' ? 'danger' : 'default'}
            onClick={props.onConfirm}
            loading={isRunning}
          >
            {props.confirmLabel}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
