import type { Rgba } from "../api/envelope.js";

/** Factors by which a perturbation can be shown; 1 is as it is. */
export const GAINS = [1, 4, 16, 64] as const;

const GREY = 127.5;

/** A picture of a perturbation around mid grey, with its distance from grey changed by a factor. */
export function amplified({ width, height, data }: Rgba, factor: number): Rgba {
  const changed = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 4) {
    for (let c = 0; c < 3; c++) {
      changed[i + c] = GREY + factor * ((data[i + c] ?? GREY) - GREY);
    }
    changed[i + 3] = 255;
  }
  return { width, height, data: changed };
}
