import type { Frame, Rgba } from "../api/envelope.js";
import type { Prediction } from "../api/types.js";

export interface Still {
  index: number;
  iteration: number;
  loss: number | null;
  after: Prediction;
  probability: number;
  targetProbability: number | null;
  success: boolean;
  adversarial: Rgba | null;
  perturbation: Rgba | null;
}

export interface Film {
  stills: Still[];
  whole: boolean;
}

export const NO_FILM: Film = { stills: [], whole: false };

export function foldFilm(film: Film, frame: Frame): Film {
  const { header } = frame;
  if (typeof header.index !== "number") {
    return { ...film, whole: header.final === true };
  }
  const still: Still = {
    index: header.index,
    iteration: Number(header.iteration),
    loss: (header.loss as number | null | undefined) ?? null,
    after: header.after as Prediction,
    probability: Number(header.probability),
    targetProbability: (header.targetProbability as number | null | undefined) ?? null,
    success: header.success === true,
    adversarial: frame.rgba("adversarial"),
    perturbation: frame.rgba("perturbation"),
  };
  return { stills: [...film.stills, still].sort((a, b) => a.index - b.index), whole: header.final === true };
}
