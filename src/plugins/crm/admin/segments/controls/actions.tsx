/** The buttons of the rule builder. */
import { Button, IconButton } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import type { ActionProps } from 'react-querybuilder';

import { useText } from '../text';

const addAction = (key: 'segments.builder.add-rule' | 'segments.builder.add-group') =>
  function AddAction({ handleOnClick, disabled }: ActionProps) {
    const text = useText();
    return (
      <Button
        type="button"
        variant="tertiary"
        size="S"
        startIcon={<Plus />}
        onClick={(event) => handleOnClick(event)}
        disabled={disabled}
      >
        {text(key)}
      </Button>
    );
  };

const removeAction = (key: 'segments.builder.remove-rule' | 'segments.builder.remove-group') =>
  function RemoveAction({ handleOnClick, disabled }: ActionProps) {
    const text = useText();
    return (
      <IconButton
        type="button"
        variant="ghost"
        label={text(key)}
        onClick={(event) => handleOnClick(event)}
        disabled={disabled}
      >
        <Trash />
      </IconButton>
    );
  };

export const AddRule = addAction('segments.builder.add-rule');
export const AddGroup = addAction('segments.builder.add-group');
export const RemoveRule = removeAction('segments.builder.remove-rule');
export const RemoveGroup = removeAction('segments.builder.remove-group');
