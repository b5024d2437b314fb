import type { Algorithm } from "../api/state.js";
import type { Crop, LabInfo } from "../api/types.js";

export type View = "attack" | "layers" | "runs" | "reference";
export const VIEWS: readonly View[] = ["attack", "layers", "runs", "reference"];

/** The parts of a panel of which one is shown. */
export const PARTS = ["heat", "curves", "steps", "plane", "network", "prototypes", "transfer", "defence", "twins", "type-one", "export"] as const;
export type PartName = (typeof PARTS)[number];

export type Sign = "positive" | "absolute" | "signed";

/** One attack under the image. */
export interface PanelDocument {
  id: string;
  attack: Algorithm;
  norm: string;
  epsilon: number;
  target: number | null;
  /** In front of the network, in the order in which an image passes them. */
  defenses: Algorithm[];
  /** Whether the attack knows the defences. */
  adaptive: boolean;
  seed: number;
  /** The part that is shown under the images. */
  part: PartName;
  networks: string[];
  overlay: boolean;
}

/** How heat maps are made and drawn, the same for all panels so that they can be compared. */
export interface HeatDocument {
  methods: Algorithm[];
  class: number | null;
  colorMap: string;
  opacity: number;
  sign: Sign;
  common: boolean;
}

/** A drawing travels with the link, because nobody else has it. */
export interface ImageReference {
  id: string;
  drawing?: { side: number; pixels: string };
}

export const LESSONS = ["fgsm", "transfer", "masking", "heat-maps", "smallest"] as const;
export type LessonName = (typeof LESSONS)[number];

/** The lesson that is open, and how many steps of each lesson are done. */
export interface LessonProgress {
  open: LessonName | null;
  done: Partial<Record<LessonName, number>>;
}

/** Everything a link holds. */
export interface Document {
  view: View;
  model: string;
  /** The numbers of the independent labels that the network decides on; null for those that it has at first. */
  labelSet: number[] | null;
  image: ImageReference;
  crop: Crop | null;
  units: "levels" | "unit";
  panels: PanelDocument[];
  heat: HeatDocument;
  layer: string | null;
  order: "index" | "strongest" | "changed";
  lessons: LessonProgress;
}

export function algorithm(id: string): Algorithm {
  return { id, parameters: {} };
}

export function newPanel(id: string, attack: string, norm: string, epsilon: number): PanelDocument {
  return {
    id,
    attack: algorithm(attack),
    norm,
    epsilon,
    target: null,
    defenses: [],
    adaptive: true,
    seed: 0,
    part: "heat",
    networks: [],
    overlay: false,
  };
}

/** What a first user sees: an image that is already attacked and explained. */
export function firstDocument({ defaults, colorMaps }: LabInfo): Document {
  return {
    view: "attack",
    model: defaults.model,
    labelSet: null,
    image: { id: defaults.image },
    crop: null,
    units: "levels",
    panels: [newPanel("1", defaults.attack, defaults.norm, defaults.epsilon)],
    heat: {
      methods: defaults.methods.map(algorithm),
      class: null,
      colorMap: (colorMaps.find((map) => map.name === "viridis") ?? colorMaps[0])?.name ?? "",
      opacity: 0.7,
      sign: "positive",
      common: true,
    },
    layer: null,
    order: "changed",
    lessons: { open: null, done: {} },
  };
}
