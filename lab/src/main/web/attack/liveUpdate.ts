import type { Frame, Grid, Rgba } from "../api/envelope.js";
import type { AttackState } from "../api/state.js";
import type { UpdateFields } from "../api/types.js";

/** The numbers and images of the latest answer. */
export interface Live {
  update: UpdateFields | null;
  /** What the answer is about. */
  state: AttackState | null;
  clean: Rgba | null;
  perturbation: Rgba | null;
  adversarial: Rgba | null;
  /** A heat map of the adversarial image, made in the same pass. */
  overlay: Grid | null;
}

export const NOTHING: Live = { update: null, state: null, clean: null, perturbation: null, adversarial: null, overlay: null };

export function foldUpdate(_: Live, frame: Frame): Live {
  return {
    update: frame.header as unknown as UpdateFields,
    state: frame.header.state ?? null,
    clean: frame.rgba("clean"),
    perturbation: frame.rgba("perturbation"),
    adversarial: frame.rgba("adversarial"),
    overlay: frame.grid("overlay"),
  };
}
