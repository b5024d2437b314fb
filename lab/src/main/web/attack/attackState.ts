import type { AttackState, Entry, ModelEntry } from "../api/types.js";
import type { Document, PanelDocument } from "../state/document.js";

/** The kinds of the catalogue that change a given image, in the order in which they are offered. */
export const ATTACK_KINDS: readonly (readonly [string, string])[] = [
  ["bounded-attack", "Inside a ball"],
  ["minimal-attack", "As near as possible"],
  ["transform-attack", "Moves and turns"],
];

export function attackState(document: Document, panel: PanelDocument): AttackState {
  return {
    model: document.model,
    image: document.image.id,
    crop: document.crop,
    attack: panel.attack,
    norm: panel.norm,
    epsilon: panel.epsilon,
    label: null,
    target: panel.target,
    seed: panel.seed,
    defense: panel.defense,
  };
}

export function isBounded(entry: Entry | undefined): boolean {
  return entry?.kind === "bounded-attack";
}

/** The end of the slider: beyond it the change is plain to see, whatever the image's size. */
export function reach(norm: string, input: ModelEntry["input"] | undefined): number {
  const values = input ? input.channels * input.height * input.width : 784;
  const largest = values <= 1024 ? 0.4 : 32 / 255;
  switch (norm) {
    case "linf":
      return largest;
    case "l2":
      return Number((0.4 * largest * Math.sqrt(values)).toPrecision(1));
    case "l1":
      return Number((0.15 * largest * values).toPrecision(1));
    default:
      return Math.ceil(values / 8);
  }
}

export function sliderStep(norm: string, most: number): number {
  return norm === "linf" ? 0.5 / 255 : most / 200;
}

/** ImageNet's names list synonyms; the first one is enough in a sentence. */
export function firstName(name: string): string {
  return name.split(",")[0] ?? name;
}
