import type { Frame, Grid } from "../api/envelope.js";
import type { ClassName } from "../api/types.js";

export type Side = "clean" | "adversarial";

/** One map of one method, and what is known about it. */
export interface HeatMap {
  map: Grid;
  signed: Grid | null;
  allNegative: boolean;
  statistics: Record<string, number | null>;
}

export interface MethodMaps {
  id: string;
  class: ClassName | null;
  layer: string | null;
  clean: HeatMap | null;
  adversarial: HeatMap | null;
  difference: Grid | null;
  similarities: Record<string, number | null>;
  progress: { done: number; total: number; unit: string } | null;
}

export interface HeatMaps {
  methods: MethodMaps[];
  hints: string[];
}

export const NO_MAPS: HeatMaps = { methods: [], hints: [] };

const EMPTY: MethodMaps = {
  id: "",
  class: null,
  layer: null,
  clean: null,
  adversarial: null,
  difference: null,
  similarities: {},
  progress: null,
};

export function foldMaps(maps: HeatMaps, frame: Frame): HeatMaps {
  const { header } = frame;
  const hints = [...new Set([...maps.hints, ...((header.hints as string[] | undefined) ?? [])])];
  if (typeof header.method !== "number") {
    return { ...maps, hints };
  }
  const methods = [...maps.methods];
  const old = methods[header.method] ?? EMPTY;
  methods[header.method] = header.pair ? withPair(old, frame) : withMap(old, frame);
  return { methods, hints };
}

function withPair(old: MethodMaps, frame: Frame): MethodMaps {
  const similarities = (frame.header.similarities as Record<string, number | null> | undefined) ?? {};
  return { ...old, difference: frame.grid("difference"), similarities, progress: null };
}

function withMap(old: MethodMaps, frame: Frame): MethodMaps {
  const { header } = frame;
  const map = frame.grid("map");
  const progress = header.partial
    ? { done: Number(header.done), total: Number(header.total), unit: String(header.unit ?? "") }
    : null;
  const known = { ...old, id: String(header.id), class: header.class as ClassName, layer: header.layer as string | null, progress };
  if (!map) {
    return known;
  }
  const heat: HeatMap = {
    map,
    signed: summed(frame.numbers("signed")),
    allNegative: header.allNegative === true,
    statistics: (header.statistics as Record<string, number | null> | undefined) ?? {},
  };
  return header.on === "clean" ? { ...known, clean: heat } : { ...known, adversarial: heat };
}

/** The signed attribution of a pixel is the sum over its channels. */
function summed(signed: { shape: number[]; data: Float32Array } | null): Grid | null {
  if (!signed) {
    return null;
  }
  const [height = 0, width = 0] = signed.shape.slice(-2);
  const size = height * width;
  const data = new Float32Array(size);
  for (let i = 0; i < signed.data.length; i++) {
    data[i % size] = (data[i % size] ?? 0) + (signed.data[i] ?? 0);
  }
  return { width, height, data };
}
