import { featureText } from '../ui';
import type en from './translations/en.json';

export const useText = featureText<keyof typeof en>();
