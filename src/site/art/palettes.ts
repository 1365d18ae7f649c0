/** Ground first, then three inks from loud to quiet, as printed on card. */
export interface Palette {
  readonly ground: string;
  readonly inks: readonly [string, string, string];
}

export const PALETTES: readonly [Palette, ...Palette[]] = [
  { ground: '#f3ede2', inks: ['#d0311e', '#1d2a44', '#e2b65b'] },
  { ground: '#d0311e', inks: ['#f6efe4', '#2a1512', '#f0a58f'] },
  { ground: '#14233c', inks: ['#f1e7d3', '#e5684a', '#4f7ea8'] },
  { ground: '#e9e4d4', inks: ['#1f5a4c', '#e08a3c', '#9bb8a3'] },
  { ground: '#f7f4ee', inks: ['#16161a', '#d0311e', '#c9c3b6'] },
  { ground: '#23494a', inks: ['#efe3c6', '#e7a33e', '#6f9a8d'] },
  { ground: '#e8d9c8', inks: ['#5a2a3c', '#c8553d', '#8aa0a8'] },
  { ground: '#f2c14e', inks: ['#222222', '#d0311e', '#fbf3dd'] },
  { ground: '#dfe7ea', inks: ['#27406b', '#e2725b', '#93aebb'] },
  { ground: '#1a1a1d', inks: ['#e9dfc9', '#c9402b', '#6b675f'] },
  { ground: '#efe6dd', inks: ['#3c4f76', '#d98f4e', '#b9c1c9'] },
  { ground: '#c9d6c3', inks: ['#2f3e34', '#d9512c', '#f4efe2'] },
];
