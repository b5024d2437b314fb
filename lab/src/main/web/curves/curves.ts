import type { Frame } from "../api/envelope.js";
import type { ClassName, Predicted } from "../api/types.js";

export interface Point {
  epsilon: number;
  probabilities: number[];
  after: Predicted;
  success: boolean;
  similarities: Record<string, number | null> | null;
}

export interface Curves {
  axis: "epsilon" | "share";
  classes: ClassName[];
  points: Point[];
  firstFlip: number | null;
  whole: boolean;
}

export const NO_CURVES: Curves = { axis: "epsilon", classes: [], points: [], firstFlip: null, whole: false };

/** Points arrive in any order. */
export function foldCurves(curves: Curves, { header }: Frame): Curves {
  const fresh = (header.points as Point[] | undefined) ?? [];
  const points = [...curves.points, ...fresh].sort((a, b) => a.epsilon - b.epsilon);
  const computed = points.find((point) => point.success)?.epsilon ?? null;
  return {
    axis: header.axis === "share" ? "share" : curves.axis,
    classes: (header.classes as ClassName[] | undefined) ?? curves.classes,
    points,
    firstFlip: header.final ? ((header.firstFlip as number | null | undefined) ?? null) : computed,
    whole: header.final === true,
  };
}

export function spread(most: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Number(((most * i) / (count - 1)).toFixed(6)));
}
