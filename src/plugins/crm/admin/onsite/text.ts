import { featureText } from '../ui';
import type en from './translations/en.json';

export type OnsiteKey = keyof typeof en;

export const useText = featureText<OnsiteKey>();
