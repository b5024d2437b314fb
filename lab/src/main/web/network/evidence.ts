import type { Frame, Grid } from "../api/envelope.js";
import type { ClassName } from "../api/types.js";

/** A channel, with its evidence for the class that the network sees after the attack. */
export interface Carrier {
  channel: number;
  clean: number;
  adversarial: number;
  cleanMap: Grid;
  adversarialMap: Grid;
}

/** What passes from a channel of one layer to a channel of a later one. */
export interface Passage {
  fromLayer: string;
  from: number;
  toLayer: string;
  to: number;
  clean: number;
  adversarial: number;
}

export interface Evidence {
  carried: ClassName | null;
  layers: Map<string, Carrier[]>;
  /** How many channels each layer has. */
  counts: Map<string, number>;
  passages: Passage[];
}

export const NO_EVIDENCE: Evidence = { carried: null, layers: new Map(), counts: new Map(), passages: [] };

interface Row {
  channel: number;
  clean: number | null;
  adversarial: number | null;
}

interface EdgeRow {
  from: number;
  to: number;
  clean: number | null;
  adversarial: number | null;
}

export function foldEvidence(old: Evidence, frame: Frame): Evidence {
  const { header } = frame;
  if (Array.isArray(header.edges)) {
    const fresh = (header.edges as EdgeRow[]).map(({ from, to, clean, adversarial }) => ({
      fromLayer: String(header.fromLayer),
      toLayer: String(header.toLayer),
      from,
      to,
      clean: clean ?? 0,
      adversarial: adversarial ?? 0,
    }));
    return { ...old, passages: [...old.passages, ...fresh] };
  }
  if (!Array.isArray(header.channels)) {
    return old;
  }
  const layer = String(header.layer);
  const clean = frame.numbers("clean");
  const adversarial = frame.numbers("adversarial");
  const carriers = (header.channels as Row[]).map((row, at) => ({
    channel: row.channel,
    clean: row.clean ?? 0,
    adversarial: row.adversarial ?? 0,
    cleanMap: mapAt(clean, at),
    adversarialMap: mapAt(adversarial, at),
  }));
  return {
    ...old,
    carried: header.carried as ClassName,
    layers: new Map(old.layers).set(layer, carriers),
    counts: new Map(old.counts).set(layer, Number(header.total)),
  };
}

function mapAt(stack: { shape: number[]; data: Float32Array<ArrayBuffer> } | null, at: number): Grid {
  const [height = 1, width = 1] = stack?.shape.slice(-2) ?? [];
  const size = height * width;
  return { width, height, data: stack ? stack.data.subarray(at * size, (at + 1) * size) : new Float32Array(1) };
}

/** How much of a layer's largest growth of evidence a channel has, from 0 to 1. */
export function light(carrier: Carrier, all: Carrier[]): number {
  const growth = ({ clean, adversarial }: Carrier) => Math.max(0, adversarial - clean);
  const most = Math.max(...all.map(growth));
  return most > 0 ? growth(carrier) / most : 0;
}
