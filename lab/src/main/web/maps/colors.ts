import type { Grid, Rgba } from "../api/envelope.js";
import type { ColorTable } from "../api/types.js";

/** 256 colours, three bytes each. */
export type Table = Uint8Array;

const tables = new Map<string, Table>();

export function tableOf(map: ColorTable): Table {
  const known = tables.get(map.name);
  if (known) {
    return known;
  }
  const table = Uint8Array.from(atob(map.table), (c) => c.charCodeAt(0));
  tables.set(map.name, table);
  return table;
}

/** Blue through white to orange: the two ends differ for every kind of colour vision. */
export const SIGNED: Table = blueOrange();

function blueOrange(): Table {
  const stops = [
    [5, 64, 133],
    [76, 143, 207],
    [247, 247, 247],
    [236, 135, 54],
    [140, 58, 0],
  ];
  const table = new Uint8Array(768);
  for (let i = 0; i < 256; i++) {
    const at = (i / 255) * (stops.length - 1);
    const left = Math.min(Math.floor(at), stops.length - 2);
    const from = stops[left] ?? [];
    const to = stops[left + 1] ?? [];
    for (let c = 0; c < 3; c++) {
      table[3 * i + c] = Math.round((from[c] ?? 0) + (at - left) * ((to[c] ?? 0) - (from[c] ?? 0)));
    }
  }
  return table;
}

export interface Scale {
  from: number;
  to: number;
}

export function rangeOf(grids: Grid[]): Scale {
  let from = Infinity;
  let to = -Infinity;
  for (const grid of grids) {
    for (const value of grid.data) {
      if (value < from) from = value;
      if (value > to) to = value;
    }
  }
  return from <= to ? { from, to } : { from: 0, to: 1 };
}

/** Zero in the middle, as a signed colour map wants it. */
export function centred({ from, to }: Scale): Scale {
  const most = Math.max(Math.abs(from), Math.abs(to)) || 1;
  return { from: -most, to: most };
}

export function paint(grid: Grid, table: Table, { from, to }: Scale): Rgba {
  const data = new Uint8ClampedArray(4 * grid.data.length);
  const factor = to > from ? 255 / (to - from) : 0;
  for (let i = 0; i < grid.data.length; i++) {
    const place = 3 * Math.max(0, Math.min(255, Math.round(((grid.data[i] ?? 0) - from) * factor)));
    data[4 * i] = table[place] ?? 0;
    data[4 * i + 1] = table[place + 1] ?? 0;
    data[4 * i + 2] = table[place + 2] ?? 0;
    data[4 * i + 3] = 255;
  }
  return { width: grid.width, height: grid.height, data };
}

/** The map over the image's grey values. */
export function overlay(map: Rgba, image: Rgba, opacity: number): Rgba {
  if (map.data.length !== image.data.length) {
    return map;
  }
  const data = new Uint8ClampedArray(map.data.length);
  for (let i = 0; i < data.length; i += 4) {
    const grey =
      0.299 * (image.data[i] ?? 0) + 0.587 * (image.data[i + 1] ?? 0) + 0.114 * (image.data[i + 2] ?? 0);
    for (let c = 0; c < 3; c++) {
      data[i + c] = opacity * (map.data[i + c] ?? 0) + (1 - opacity) * grey;
    }
    data[i + 3] = 255;
  }
  return { width: map.width, height: map.height, data };
}
