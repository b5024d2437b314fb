import type { Tile } from "../api/types.js";
import { exactEpsilon, percent, short } from "../parts/numbers.js";

/** A number of a tile by which tiles are sorted and drawn against each other. */
export interface Measure {
  id: string;
  title: string;
  of: (tile: Tile) => number | null;
  text: (value: number) => string;
}

const share = percent;

export const MEASURES: readonly Measure[] = [
  { id: "confidence", title: "confidence after", of: ({ confidence }) => confidence, text: share },
  { id: "before", title: "confidence before", of: ({ confidenceBefore }) => confidenceBefore, text: share },
  { id: "similarity", title: "map similarity", of: ({ similarity }) => similarity, text: short },
  { id: "mask", title: "mask share after", of: ({ maskShare }) => maskShare, text: share },
  { id: "mask-before", title: "mask share before", of: ({ maskShareBefore }) => maskShareBefore, text: share },
  { id: "l2", title: "L2", of: ({ l2 }) => l2, text: short },
  { id: "linf", title: "L∞", of: ({ linf }) => linf, text: exactEpsilon },
  { id: "ssim", title: "SSIM", of: ({ ssim }) => ssim, text: short },
  { id: "psnr", title: "PSNR", of: ({ psnr }) => psnr, text: short },
];

/** Those that these tiles have: without maps there is no similarity of maps. */
export function measuresOf(tiles: Tile[]): Measure[] {
  return MEASURES.filter(({ of }) => tiles.some((tile) => of(tile) !== null));
}

/** The attacks of a wall: each with one epsilon, or with none. */
export interface Attempt {
  key: string;
  title: string;
}

export function attemptOf({ attack, epsilon }: Tile): Attempt {
  const title = epsilon === null ? attack : `${attack}, ${exactEpsilon(epsilon)}`;
  return { key: `${attack} ${epsilon ?? ""}`, title };
}

export function attemptsOf(tiles: Tile[]): Attempt[] {
  return [...new Map(tiles.map((tile) => [attemptOf(tile).key, attemptOf(tile)])).values()];
}
