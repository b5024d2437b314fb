import { ATTACK_KINDS, MOST_DEFENSES } from "../attack/attackState.js";
import type { Algorithm } from "../api/state.js";
import type { CatalogEntry, Crop, LabInfo, ModelSummary } from "../api/types.js";
import { LESSONS, PARTS, type Document, type HeatDocument, type ImageReference, type LessonProgress, type PanelDocument } from "./document.js";

/** What a link may name: what this lab has. */
export interface Known {
  lab: LabInfo;
  catalog: CatalogEntry[];
  models: ModelSummary[];
}

const ATTACKS = ATTACK_KINDS.map(([kind]) => kind);
const MOST_PANELS = 4;
const MOST_METHODS = 8;
const MOST_NETWORKS = 6;
const MOST_STEPS = 20;
const MOST_LABELS = 10;

type Fields = Record<string, unknown>;

/**
 * The document of a link. What the link lacks is as in the fallback; what it names and this lab
 * does not have, or what is no value of its kind, is left out too and told by name.
 */
export function checked(read: unknown, fallback: Document, known: Known): { document: Document; unknown: string[] } {
  const unknown: string[] = [];
  const left = (what: string, value: unknown) => unknown.push(`${what} ${shown(value)}`);
  const take = <T>(fields: Fields, name: string, what: string, otherwise: T, fits: (value: unknown) => T | undefined): T => {
    const value = fields[name];
    if (value === undefined) return otherwise;
    const taken = fits(value);
    if (taken === undefined) {
      left(what, value);
      return otherwise;
    }
    return taken;
  };
  const algorithm = (kinds: readonly string[]) => (value: unknown): Algorithm | undefined => {
    const { id, parameters } = fieldsOf(value);
    const entry = known.catalog.find((other) => other.id === id && kinds.includes(other.kind));
    if (!entry) return undefined;
    const kept: Record<string, string> = {};
    for (const [name, text] of Object.entries(fieldsOf(parameters))) {
      if (typeof text === "string" && entry.parameters.some((parameter) => parameter.name === name)) kept[name] = text;
      else left(`the parameter ${name} of ${entry.title}:`, text);
    }
    return { id: entry.id, parameters: kept };
  };
  const algorithms = (kinds: readonly string[], what: string, most: number) => (value: unknown): Algorithm[] | undefined => {
    if (!Array.isArray(value) || value.length > most) return undefined;
    return value.flatMap((one: unknown) => {
      const known = algorithm(kinds)(one);
      if (!known) left(what, one);
      return known ?? [];
    });
  };
  if (!isFields(read)) {
    return { document: fallback, unknown: ["everything after the name of the view"] };
  }
  const model = take(read, "model", "the network", fallback.model, among(known.models.map(({ id }) => id)));
  const network = known.models.find(({ id }) => id === model);
  const labelSet = take(read, "labelSet", "the label set", null as number[] | null, (value) =>
    value === null ? null : network?.multiLabel ? all(value, (label) => (isWhole(label) && label < network.classes ? label : undefined), MOST_LABELS) : undefined,
  );
  const classes = network?.multiLabel ? 2 ** MOST_LABELS : (network?.classes ?? Infinity);
  const classOrNull = (value: unknown) => (value === null || (isWhole(value) && value < classes) ? (value as number | null) : undefined);
  const [pattern] = fallback.panels;
  const panel = (value: unknown, place: number): PanelDocument => {
    const fields = fieldsOf(value);
    if (!pattern) throw new Error("a document has at least one panel");
    return {
      id: take(fields, "id", "the panel", String(place + 1), (id) => (typeof id === "string" && /^[0-9]{1,6}$/.test(id) ? id : undefined)),
      attack: take(fields, "attack", "the attack", pattern.attack, algorithm(ATTACKS)),
      norm: take(fields, "norm", "the distance", pattern.norm, among(known.lab.norms)),
      epsilon: take(fields, "epsilon", "the epsilon", pattern.epsilon, number(0, 1e9)),
      target: take(fields, "target", "the target class", null, classOrNull),
      defenses: take(fields, "defenses", "the defences", [], algorithms(["defense"], "the defence", MOST_DEFENSES)),
      adaptive: take(fields, "adaptive", "what the attack knows", true, flag),
      seed: take(fields, "seed", "the seed", 0, (seed) => (isWhole(seed) ? seed : undefined)),
      part: take(fields, "part", "the part", pattern.part, among(PARTS)),
      networks: take(fields, "networks", "the other networks", [], (ids) => all(ids, among(known.models.map(({ id }) => id)), MOST_NETWORKS)),
      overlay: take(fields, "overlay", "the overlay", false, flag),
    };
  };
  const panels = take(read, "panels", "the panels", fallback.panels, (value) =>
    Array.isArray(value) && value.length > 0 && value.length <= MOST_PANELS && value.every(isFields) ? apart(value.map(panel)) : undefined,
  );
  const heatFields = take(read, "heat", "the heat maps", {} as Fields, (value) => (isFields(value) ? value : undefined));
  const colorMaps = known.lab.colorMaps.filter(({ diverging }) => !diverging).map(({ name }) => name);
  const heat: HeatDocument = {
    methods: take(heatFields, "methods", "the heat maps", fallback.heat.methods, algorithms(["attribution"], "the heat map", MOST_METHODS)),
    class: take(heatFields, "class", "the explained class", null, classOrNull),
    colorMap: take(heatFields, "colorMap", "the colours", fallback.heat.colorMap, among(colorMaps)),
    opacity: take(heatFields, "opacity", "the opacity", fallback.heat.opacity, number(0, 1)),
    sign: take(heatFields, "sign", "the sign", fallback.heat.sign, among(["positive", "absolute", "signed"] as const)),
    common: take(heatFields, "common", "the scale", fallback.heat.common, flag),
  };
  const lessonFields = take(read, "lessons", "the lessons", {} as Fields, (value) => (isFields(value) ? value : undefined));
  const stepFields = take(lessonFields, "done", "the progress", fallback.lessons.done as Fields, (value) => (isFields(value) ? value : undefined));
  const lessons: LessonProgress = {
    open: take(lessonFields, "open", "the lesson", fallback.lessons.open, (value) => (value === null ? null : among(LESSONS)(value))),
    done: Object.fromEntries(
      Object.entries(stepFields).flatMap(([name, steps]) => {
        const lesson = among(LESSONS)(name);
        if (lesson && isWhole(steps) && steps <= MOST_STEPS) return [[lesson, steps]];
        left(`the progress in the lesson ${name}:`, steps);
        return [];
      }),
    ),
  };
  const document: Document = {
    view: fallback.view,
    model,
    labelSet,
    image: take(read, "image", "the image", fallback.image, image),
    crop: take(read, "crop", "the crop", null, (value) => (value === null ? null : crop(value))),
    units: take(read, "units", "the units", fallback.units, among(["levels", "unit"] as const)),
    panels,
    heat,
    layer: take(read, "layer", "the layer", null, (value) => (value === null || typeof value === "string" ? value : undefined)),
    order: take(read, "order", "the order", fallback.order, among(["index", "strongest", "changed"] as const)),
    lessons,
  };
  return { document, unknown };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function among<T extends string>(names: readonly T[]): (value: unknown) => T | undefined {
  return (value) => names.find((name) => name === value);
}

function number(from: number, to: number): (value: unknown) => number | undefined {
  return (value) => (typeof value === "number" && value >= from && value <= to ? value : undefined);
}

function flag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

function all<T>(value: unknown, fits: (one: unknown) => T | undefined, most: number): T[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const taken = value.map(fits).filter((one) => one !== undefined);
  return taken.length === value.length ? taken : undefined;
}

function image(value: unknown): ImageReference | undefined {
  const { id, drawing } = fieldsOf(value);
  if (typeof id !== "string" || id === "") return undefined;
  if (drawing === undefined) return { id };
  const { side, pixels } = fieldsOf(drawing);
  return isWhole(side) && side > 0 && typeof pixels === "string" ? { id, drawing: { side, pixels } } : undefined;
}

function crop(value: unknown): Crop | undefined {
  const { x, y, width, height } = fieldsOf(value);
  const sides = [x, y, width, height];
  return sides.every((side) => typeof side === "number" && Number.isFinite(side)) && Number(width) >= 1 && Number(height) >= 1
    ? { x: Number(x), y: Number(y), width: Number(width), height: Number(height) }
    : undefined;
}

/** Panels answer to their ids, so that no two may have the same. */
function apart(panels: PanelDocument[]): PanelDocument[] {
  const same = new Set(panels.map(({ id }) => id)).size < panels.length;
  return same ? panels.map((panel, at) => ({ ...panel, id: String(at + 1) })) : panels;
}

/** A value as the link has it, cut short. */
function shown(value: unknown): string {
  const { id } = fieldsOf(value);
  const text = typeof value === "string" || typeof id === "string" ? `“${String(id ?? value)}”` : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
