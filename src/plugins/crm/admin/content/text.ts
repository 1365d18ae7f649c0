import { featureText } from '../ui';

export type ContentKey = keyof typeof import('./translations/en.json');

export const useText = featureText<ContentKey>();
