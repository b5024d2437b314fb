import type { Frame, Grid, Rgba } from "../api/envelope.js";
import type { Predicted } from "../api/types.js";

export interface Iterate {
  index: number;
  iteration: number;
  loss: number | null;
  after: Predicted;
  probability: number;
  targetProbability: number | null;
  success: boolean;
  adversarial: Rgba | null;
  perturbation: Rgba | null;
  map: Grid | null;
}

export interface Trajectory {
  iterates: Iterate[];
  whole: boolean;
  /** How many iterations were made before anything is shown. */
  working: number;
}

export const NO_TRAJECTORY: Trajectory = { iterates: [], whole: false, working: 0 };

export function foldTrajectory(trajectory: Trajectory, frame: Frame): Trajectory {
  const { header } = frame;
  if (typeof header.index !== "number") {
    return header.final ? { ...trajectory, whole: true } : { ...trajectory, working: Number(header.iteration ?? 0) };
  }
  const iterate: Iterate = {
    index: header.index,
    iteration: Number(header.iteration),
    loss: (header.loss as number | null | undefined) ?? null,
    after: header.after as Predicted,
    probability: Number(header.probability),
    targetProbability: (header.targetProbability as number | null | undefined) ?? null,
    success: header.success === true,
    adversarial: frame.rgba("adversarial"),
    perturbation: frame.rgba("perturbation"),
    map: frame.grid("map"),
  };
  return { ...trajectory, iterates: [...trajectory.iterates, iterate].sort((a, b) => a.index - b.index), whole: header.final === true };
}
