import { featureText } from '../ui';

/** Keys are also built from fields and operators, so any string is a key here. */
export const useText = featureText<string>();
