/** What the server says and is told, field by field; pixels and epsilon are in [0, 1]. */
export interface ClassName {
  index: number;
  name: string;
}

export interface Prediction extends ClassName {
  probability: number;
}

export interface Parameter {
  name: string;
  type: string;
  doc: string;
  default: string;
  range: string;
  choices: string[];
}

export interface Entry {
  id: string;
  kind: string;
  kindTitle: string;
  title: string;
  paper: string;
  formula?: string;
  lookFor?: string;
  parameters: Parameter[];
}

export interface Paper {
  authors: string;
  title: string;
  venue: string;
  year: string;
  url: string;
}

export interface Algorithm {
  id: string;
  parameters: Record<string, string>;
}

export interface ColorTable {
  name: string;
  diverging: boolean;
  table: string;
}

export interface Lab {
  version: string;
  limits: { uploadBytes: number; uploadPixels: number; modelBytes: number; drawingSide: number; studyImages: number };
  norms: string[];
  defaults: {
    model: string;
    image: string;
    attack: string;
    norm: string;
    epsilon: number;
    methods: string[];
    similarities: string[];
  };
  capabilities: { featureVisualization: boolean };
  imagesFolder: boolean;
  defenses: string[];
  similarities: { id: string; title: string }[];
  colorMaps: ColorTable[];
}

export interface ModelEntry {
  id: string;
  title: string;
  state: "embedded" | "mirror" | "local" | "hub";
  atHand: boolean;
  open: boolean;
  bytes: number | null;
  classes: number | null;
  input: { channels: number; height: number; width: number };
  epsilons: Record<string, { usual: number; largest: number }>;
  drawable: boolean;
  robustVariant: string | null;
  licence: string;
  note: string;
  source: string;
  measured: Record<string, number>;
}

export interface LayerInfo {
  name: string;
  type: string;
  shape: number[];
  spatial: boolean;
}

export interface OpenModel {
  id: string;
  title: string;
  card: Record<string, unknown>;
  labels: string[];
  defaultLayer: string | null;
  prototypes: number;
  layers: LayerInfo[];
}

export interface Image {
  id: string;
  name: string;
  group: string;
  label: number | null;
  labelName: string | null;
  width: number | null;
  height: number | null;
  channels: number | null;
}

export interface Crop {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Job {
  id: string;
  kind: string;
  subject: string;
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  done: number;
  total: number;
  unit: string;
  error: string | null;
}

/** Everything the server needs to make one adversarial image. */
export interface AttackState {
  model: string;
  image: string;
  crop: Crop | null;
  attack: Algorithm;
  norm: string;
  epsilon: number;
  label: number | null;
  target: number | null;
  seed: number;
  defense: Algorithm | null;
}

export interface ClassRow extends ClassName {
  before: number;
  after: number;
}

export interface Outcome {
  before: Prediction;
  after: Prediction;
  success: boolean;
  classes: ClassRow[];
}

export interface Update extends Outcome {
  width: number;
  height: number;
  channels: number;
  label: ClassName;
  target: ClassName | null;
  norms: Record<string, number>;
  ssim: number | null;
  psnr: number | null;
  gain: number;
  rounded: { after: Prediction; success: boolean } | null;
  defended: Outcome | null;
  cost: {
    iterations: number;
    forwards: number;
    backwards: number;
    cachedGradient: boolean;
    milliseconds: number;
  };
  hints: string[];
}

export interface Study {
  id: string;
  created: string;
  model: string;
  title: string;
  job: Job | null;
  state: string;
  images: number;
  report: boolean;
}

export interface StudyDetail extends Study {
  spec: { norm: string | null };
  table: { columns: { id: string; title: string; type: string }[]; rows: (string | number | boolean | null)[][] } | null;
  charts: {
    title: string;
    xTitle: string;
    yTitle: string;
    series: { name: string; x: number[]; y: (number | null)[] }[];
  }[] | null;
}
