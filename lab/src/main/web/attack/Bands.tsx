import type { Curves } from "../curves/curves.js";
import { styleOf } from "../colors/classColors.js";
import { useSlots } from "../colors/useSlots.js";
import { firstName } from "./attackState.js";

/** A class that wins between two strengths, as shares of the slider's way. */
export interface Band {
  index: number;
  name: string;
  from: number;
  to: number;
}

const NAMED = 0.14;

/** Which class wins at which strength: the boundaries lie in the middle between two computed points. */
export function bandsOf({ points, axis }: Curves, most: number): Band[] {
  const bands: Band[] = [];
  if (axis !== "epsilon") {
    return bands;
  }
  points.forEach(({ epsilon, after }, at) => {
    const before = points[at - 1];
    const from = before ? (before.epsilon + epsilon) / 2 / most : 0;
    const last = bands[bands.length - 1];
    if (last && last.index !== after.index) {
      last.to = from;
    }
    if (!last || last.index !== after.index) {
      bands.push({ index: after.index, name: firstName(after.name), from, to: 1 });
    }
  });
  return bands;
}

/** The slider's way in the colours of the classes that win on it. */
export function Bands({ bands, old }: { bands: Band[]; old: string }) {
  const slot = useSlots();
  return (
    <div class={`bands ${old}`} aria-hidden="true">
      {bands.map(({ index, name, from, to }) => (
        <i key={from} class={styleOf(slot(index))} title={name} style={{ left: `${100 * from}%`, width: `${100 * (to - from)}%` }} />
      ))}
    </div>
  );
}

/** The names of the classes under their bands, where there is room. */
export function BandNames({ bands, old }: { bands: Band[]; old: string }) {
  const slot = useSlots();
  return (
    <div class={`band-names ${old}`} aria-hidden="true">
      {bands
        .filter(({ from, to }) => to - from >= NAMED)
        .map(({ index, name, from, to }) => (
          <span key={from} class={styleOf(slot(index))} style={{ left: `${100 * from}%`, width: `${100 * (to - from)}%` }}>
            {name}
          </span>
        ))}
    </div>
  );
}
