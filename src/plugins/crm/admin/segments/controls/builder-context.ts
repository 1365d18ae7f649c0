import { createContext, useContext } from 'react';

import type { SegmentField } from '../../../shared/segments';

/** What the builder's own controls need beside what react-querybuilder hands them. */
export const BuilderFields = createContext<ReadonlyMap<string, SegmentField>>(new Map());

export const useBuilderFields = () => useContext(BuilderFields);
