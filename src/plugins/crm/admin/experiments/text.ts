import { featureText } from '../ui';
import type en from './translations/en.json';

export type ExperimentsKey = keyof typeof en;

export const useText = featureText<ExperimentsKey>();
