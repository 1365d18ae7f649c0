import type { SegmentField } from '../../../shared/segments';

/** What every editor of a value is given. */
export interface EditorProps {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly field: SegmentField;
  readonly disabled?: boolean;
}
