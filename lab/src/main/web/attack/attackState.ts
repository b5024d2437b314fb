import type { AttackState } from "../api/state.js";
import type { CatalogEntry, ModelSummary } from "../api/types.js";
import type { Document, PanelDocument } from "../state/document.js";

/** The kinds of the catalogue that change a given image, in the order in which they are offered. */
export const ATTACK_KINDS: readonly (readonly [string, string])[] = [
  ["bounded-attack", "Bounded by epsilon"],
  ["minimal-attack", "Minimum-norm"],
  ["transform-attack", "Spatial and other transformations"],
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
    defenses: panel.defenses,
    adaptive: panel.adaptive,
    labelSet: document.labelSet,
  };
}

/** How many defences can stand in front of a network. */
export const MOST_DEFENSES = 4;

/** Whether a network tells the ten digits in small grey images apart, as the auto-encoder makes them. */
export function isOfDigits(model: ModelSummary | undefined): boolean {
  return model?.classes === 10 && model.input.channels === 1 && model.input.width === 28 && model.input.height === 28;
}

export function isBounded(entry: CatalogEntry | undefined): boolean {
  return entry?.kind === "bounded-attack";
}

/** The usual size of a perturbation and the end of the slider; a network that is not known has neither. */
export function epsilons(norm: string, model: ModelSummary | undefined): { usual: number; largest: number } {
  return model?.epsilons[norm] ?? { usual: 0, largest: 1 };
}

export function sliderStep(norm: string, most: number): number {
  return norm === "linf" ? 0.5 / 255 : most / 200;
}

/** ImageNet's names list synonyms; the first one is enough in a sentence. */
export function firstName(name: string): string {
  return name.split(",")[0] ?? name;
}
