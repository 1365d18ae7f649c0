import { textOf, type BlockData } from '../block';

export const text = (block: BlockData): string => textOf(block, 'caption');
