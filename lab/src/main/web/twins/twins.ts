import type { Frame, Rgba } from "../api/envelope.js";
import type { Algorithm } from "../api/state.js";
import type { BeforeAfter, ModelSummary, Predicted } from "../api/types.js";
import type { Distances } from "../attack/bounds.js";

/** A network that is attacked like the others, and what sets it apart. */
export interface Twin {
  model: ModelSummary;
  defenses: Algorithm[];
  kind: string;
}

/** What the attack does to a twin; what has not come yet is null. */
export interface TwinResult {
  twin: number;
  error: string | null;
  before: Predicted;
  after: Predicted;
  success: boolean;
  classes: BeforeAfter[];
  clean: Rgba | null;
  adversarial: Rgba | null;
}

/** Distances, or why there are none. */
export interface Nearest {
  twin: number;
  error: string | null;
  distances: Distances | null;
}

/**
 * The network of a panel, the adversarially trained or standard one of the same kind, and the network behind
 * defences; networks that are not at hand are left out.
 */
export function twinsOf(models: ModelSummary[], present: ModelSummary, defenses: Algorithm[], title: string): Twin[] {
  const robust = present.robustVariant === null ? undefined : models.find(({ id }) => id === present.robustVariant);
  const standards = models.filter(({ robustVariant }) => robustVariant === present.id);
  const standard = robust ? present : (standards.find(({ id }) => id.endsWith("-standard")) ?? standards[0] ?? present);
  const trained = standard === present ? robust : present;
  return [
    { model: standard, defenses: [], kind: "standard" },
    ...(trained ? [{ model: trained, defenses: [], kind: "adversarially trained" }] : []),
    { model: standard, defenses, kind: `behind ${title}` },
  ].filter(({ model }) => model.atHand);
}

export function foldTwins(results: TwinResult[], frame: Frame): TwinResult[] {
  const { header } = frame;
  if (typeof header.twin !== "number") {
    return results;
  }
  return [...results, { ...(header as unknown as TwinResult), error: header.error ?? null, clean: frame.rgba("clean"), adversarial: frame.rgba("adversarial") }];
}

/** Attacks come before distances; a twin that could not be attacked says so twice. */
export function foldNearest(found: Nearest[], { header }: Frame): Nearest[] {
  if (typeof header.twin !== "number" || !(header.distances || header.error)) {
    return found;
  }
  const nearest = { twin: header.twin, error: header.error ?? null, distances: (header.distances as Distances | undefined) ?? null };
  return [...found.filter(({ twin }) => twin !== nearest.twin), nearest];
}
