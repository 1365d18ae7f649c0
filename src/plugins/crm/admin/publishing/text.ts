import { featureText } from '../ui';
import type en from './translations/en.json';

export type PublishingKey = keyof typeof en;

export const useText = featureText<PublishingKey>();
