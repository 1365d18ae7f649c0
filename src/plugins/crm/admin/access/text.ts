import { featureText } from '../ui';

export type AccessKey = keyof typeof import('./translations/en.json');

export const useText = featureText<AccessKey>();
