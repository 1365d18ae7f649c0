import { Component, type ReactNode } from 'react';

import { Box } from '@strapi/design-system';

import { ErrorState } from '../ui';
import { useText } from './text';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly failed: boolean;
}

function Failure({ onRetry }: { readonly onRetry: () => void }) {
  const text = useText();
  return (
    <Box padding={8}>
      <ErrorState
        error={{ status: 0, code: 'page', message: text('ui.error.page'), fields: {} }}
        onRetry={onRetry}
      />
    </Box>
  );
}

/** A screen that breaks leaves the menu and the other screens usable. */
export class PageBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <Failure onRetry={() => this.setState({ failed: false })} />;
  }
}
