import type { Frame, Rgba } from "../api/envelope.js";
import type { Update } from "../api/types.js";

export interface Overlay {
  method: string;
  layer: string | null;
  min: number;
  max: number;
}

/** The numbers and pictures of the latest answer. */
export interface Live {
  update: Update | null;
  clean: Rgba | null;
  perturbation: Rgba | null;
  adversarial: Rgba | null;
}

export const NOTHING: Live = { update: null, clean: null, perturbation: null, adversarial: null };

export function foldUpdate(_: Live, frame: Frame): Live {
  return {
    update: frame.header as unknown as Update,
    clean: frame.rgba("clean"),
    perturbation: frame.rgba("perturbation"),
    adversarial: frame.rgba("adversarial"),
  };
}
