import type { Frame, Grid, Rgba } from "../api/envelope.js";
import type { ClassName, Predicted } from "../api/types.js";

/** Places of a ROC curve. */
export interface Corner {
  falsePositiveRate: number;
  truePositiveRate: number;
}

/** How a network answers "is it a c": at its own decision, and as a curve. */
export interface Rates extends Corner {
  area: number;
  curve: Corner[];
}

/** ROC curves of clean images, and of positives under the attack. */
export interface Rocs {
  positive: ClassName;
  positives: number;
  negatives: number;
  clean: Rates;
  typeTwo: Rates;
}

/** A point of the walk along the code. */
export interface Stop {
  step: number;
  steps: number;
  network: Predicted;
  label: number;
  oracles: { model: string; seen: Predicted }[];
  agreed: boolean;
  realness: number;
  pixelDistance: number;
  codeDistance: number;
  replaced: number;
  rates: Rates;
  image: Rgba | null;
  map: Grid | null;
}

export function foldRocs(_: Rocs | null, { header }: Frame): Rocs {
  return header as unknown as Rocs;
}

export function foldStops(stops: Stop[], frame: Frame): Stop[] {
  return [...stops, { ...(frame.header as unknown as Stop), image: frame.rgba("image"), map: frame.grid("map") }];
}

/** What most oracles see; null where they do not agree. */
export function majority({ oracles }: Stop): Predicted | null {
  return oracles.find(({ seen }) => 2 * oracles.filter((other) => other.seen.index === seen.index).length > oracles.length)?.seen ?? null;
}
