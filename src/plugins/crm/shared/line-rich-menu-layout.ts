/** The templates of a rich menu: which fields there are, and where. Drawn and tapped by the same. */
export const menuSizes = ['large', 'compact'] as const;
export type MenuSize = (typeof menuSizes)[number];

export const menuLayouts = ['1', '2', '3', '4', '6'] as const;
export type MenuLayout = (typeof menuLayouts)[number];

/** As LINE's own templates. At most 2,500 wide, at least 250 high and 1.45 times as wide as high. */
export const MENU_PIXELS: Readonly<Record<MenuSize, { width: number; height: number }>> = {
  large: { width: 2500, height: 1686 },
  compact: { width: 2500, height: 843 },
};

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A grid of columns and rows, and the fields in it: column, row, columns wide, rows high. */
interface Template {
  readonly columns: number;
  readonly rows: number;
  readonly fields: readonly (readonly [number, number, number, number])[];
}

const grid = (columns: number, rows: number): Template => ({
  columns,
  rows,
  fields: Array.from(
    { length: columns * rows },
    (_, place) => [place % columns, Math.floor(place / columns), 1, 1] as const,
  ),
});

const TEMPLATES: Readonly<Record<MenuSize, Readonly<Record<MenuLayout, Template>>>> = {
  large: {
    '1': grid(1, 1),
    '2': grid(2, 1),
    // One big field, two small ones beside it.
    '3': {
      columns: 3,
      rows: 2,
      fields: [
        [0, 0, 2, 2],
        [2, 0, 1, 1],
        [2, 1, 1, 1],
      ],
    },
    '4': grid(2, 2),
    '6': grid(3, 2),
  },
  compact: {
    '1': grid(1, 1),
    '2': grid(2, 1),
    '3': grid(3, 1),
    '4': grid(4, 1),
    '6': grid(3, 2),
  },
};

/** How many fields a template has. */
export const fieldCount = (layout: MenuLayout): number => Number(layout);

/** Whole pixels without gaps: each edge is rounded once, and is its neighbour's too. */
export function fieldBounds(size: MenuSize, layout: MenuLayout): readonly Bounds[] {
  const { width, height } = MENU_PIXELS[size];
  const { columns, rows, fields } = TEMPLATES[size][layout];
  const across = (column: number) => Math.round((width * column) / columns);
  const down = (row: number) => Math.round((height * row) / rows);
  return fields.map(([column, row, wide, high]) => ({
    x: across(column),
    y: down(row),
    width: across(column + wide) - across(column),
    height: down(row + high) - down(row),
  }));
}
