import { describe, expect, it } from 'vitest';

import {
  fieldBounds,
  fieldCount,
  MENU_PIXELS,
  menuLayouts,
  menuSizes,
} from './line-rich-menu-layout';

const templates = menuSizes.flatMap((size) => menuLayouts.map((layout) => [size, layout] as const));

describe('a rich menu template', () => {
  it.each(templates)('%s, %s fields: fills the picture without gap or overlap', (size, layout) => {
    const bounds = fieldBounds(size, layout);
    const { width, height } = MENU_PIXELS[size];
    expect(bounds).toHaveLength(fieldCount(layout));
    const area = bounds.reduce((sum, field) => sum + field.width * field.height, 0);
    expect(area).toBe(width * height);
    for (const [place, one] of bounds.entries()) {
      expect(one.x + one.width).toBeLessThanOrEqual(width);
      expect(one.y + one.height).toBeLessThanOrEqual(height);
      for (const other of bounds.slice(place + 1)) {
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(apart).toBe(true);
      }
    }
  });

  it('keeps to the sizes that LINE takes', () => {
    for (const { width, height } of Object.values(MENU_PIXELS)) {
      expect(width).toBeLessThanOrEqual(2500);
      expect(width).toBeGreaterThanOrEqual(800);
      expect(height).toBeGreaterThanOrEqual(250);
      expect(width / height).toBeGreaterThanOrEqual(1.45);
    }
  });
});
