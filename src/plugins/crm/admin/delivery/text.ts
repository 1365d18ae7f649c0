import { featureText } from '../ui';
import type en from './translations/en.json';

export type DeliveryKey = keyof typeof en;

export const useText = featureText<DeliveryKey>();
