import { useMemo, useState } from "preact/hooks";
import type { Frame, Rgba } from "../api/envelope.js";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/state.js";
import { firstName } from "../attack/attackState.js";
import { rgbOf, styleOf, type Rgb } from "../colors/classColors.js";
import { useSlots } from "../colors/useSlots.js";
import { shownTheme, type Theme } from "../theme.js";
import { Note } from "../parts/Note.js";
import { epsilonText, percent, type Units } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";

const SIZE = 41;
const LEGEND = 9;
/** The first points lie on every eighth line. */
const COARSEST = 8;

interface Regions {
  classes: Int32Array;
  probability: Float32Array;
  done: number;
  names: { index: number; name: string; share: number }[];
  extent: number;
  xTitle: string;
  yTitle: string;
}

const NOWHERE: Regions = { classes: new Int32Array(0), probability: new Float32Array(0), done: 0, names: [], extent: 0, xTitle: "", yTitle: "" };

function foldPlane(regions: Regions, frame: Frame): Regions {
  const { header } = frame;
  if (header.final) {
    return {
      ...regions,
      names: header.classes as Regions["names"],
      extent: Number(header.extent),
      xTitle: String(header.xTitle),
      yTitle: String(header.yTitle),
    };
  }
  const classes = regions.classes.length ? regions.classes.slice() : new Int32Array(SIZE * SIZE).fill(-1);
  const probability = regions.probability.length ? regions.probability.slice() : new Float32Array(SIZE * SIZE);
  const found = frame.integers("classes") ?? new Int32Array(0);
  const sure = frame.numbers("probability")?.data ?? new Float32Array(0);
  frame.integers("places")?.forEach((place, at) => {
    classes[place] = found[at] ?? -1;
    probability[place] = sure[at] ?? 0;
  });
  return { ...regions, classes, probability, done: Number(header.done) };
}

/** Which class rules where, in the plane of the gradient and a random direction. */
export function Plane({ panelId, state, names, extent, units }: {
  panelId: string;
  state: AttackState;
  names: string[];
  extent: number;
  units: Units;
}) {
  const body = { state: { ...state, epsilon: 0 }, size: SIZE, extent };
  const plane = useLive("plane", `p${panelId}`, body, NOWHERE, foldPlane);
  const [place, setPlace] = useState<number | null>(null);
  const regions = plane.value;
  const order = useMemo(() => orderOf(regions), [regions]);
  const slot = useSlots();
  const theme = shownTheme.use((now) => now);
  const image = useMemo(() => paint(regions, (index) => rgbOf(slot(index), theme), theme), [regions, order, theme]);
  if (plane.status === "failed") {
    return <Note strong>{plane.message}</Note>;
  }
  const move = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = Math.min(SIZE - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * SIZE)));
    const y = Math.min(SIZE - 1, Math.max(0, Math.floor(((event.clientY - box.top) / box.height) * SIZE)));
    setPlace(y * SIZE + x);
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIZE, ArrowDown: SIZE }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      setPlace((old) => Math.min(SIZE * SIZE - 1, Math.max(0, (old ?? (SIZE * SIZE - 1) / 2) + by)));
    }
  };
  const here = place === null ? -1 : (regions.classes[nearest(regions.classes, place)] ?? -1);
  return (
    <div class={`plane ${plane.stale ? "stale" : ""}`}>
      <figure class="plane-map">
        <div class="heat" tabIndex={0} role="group" aria-label="Decision regions. Arrow keys read them." onPointerMove={move} onPointerDown={move} onPointerLeave={() => setPlace(null)} onKeyDown={step} onBlur={() => setPlace(null)}>
          <PixelCanvas image={image} label={`Decision regions: ${order.map((index) => names[index] ?? index).join(", ")}`} />
          <span class="plane-centre" aria-hidden="true" />
          {here >= 0 && place !== null && (
            <output class={`heat-value${place < (SIZE * SIZE) / 3 ? " below" : ""}`}>
              <strong>{firstName(names[here] ?? String(here))}</strong> {percent(regions.probability[nearest(regions.classes, place)] ?? 0)}
            </output>
          )}
        </div>
        <figcaption class="tiny muted">
          → {regions.xTitle || "along the gradient"}, ↑ {regions.yTitle || "a random direction"}; the ring is the image, the edges are {epsilonText(extent, units)} away
        </figcaption>
      </figure>
      <div class="stack tight">
        <ul class="plane-legend">
          {order.slice(0, LEGEND).map((index) => (
            <li key={index}>
              <span class={`swatch ${styleOf(slot(index))}`} />
              <span>{firstName(names[index] ?? String(index))}</span>
              <span class="muted number">{percent(share(regions, index))}</span>
            </li>
          ))}
        </ul>
        <p class="small muted" role="status">
          {plane.status === "running"
            ? `${regions.done} of ${SIZE * SIZE} points, from coarse to fine`
            : saidDistances(regions, extent, units)}
        </p>
      </div>
    </div>
  );
}

/** How far the image's class reaches along both axes, in words. */
function saidDistances(regions: Regions, extent: number, units: Units): string {
  const middle = (SIZE - 1) / 2;
  const own = regions.classes[middle * SIZE + middle];
  const reach = (dx: number, dy: number) => {
    for (let step = 1; step <= middle; step++) {
      if (regions.classes[(middle + dy * step) * SIZE + middle + dx * step] !== own) {
        return step;
      }
    }
    return null;
  };
  const said = (step: number | null) =>
    step === null ? "does not change in this plane" : `changes within ${epsilonText((step / middle) * extent, units)}`;
  const across = [reach(0, -1), reach(0, 1)].filter((step) => step !== null);
  return `Along the gradient the class ${said(reach(1, 0))}; along the random direction it ${said(across.length ? Math.min(...across) : null)}.`;
}

function share(regions: Regions, index: number): number {
  let count = 0;
  for (const known of regions.classes) {
    if (known === index) count++;
  }
  return count / (regions.done || 1);
}

/** Classes by area, the largest first. */
function orderOf(regions: Regions): number[] {
  const counts = new Map<number, number>();
  for (const index of regions.classes) {
    if (index >= 0) counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([index]) => index);
}

/** The surer the network, the stronger the colour. */
function paint(regions: Regions, colour: (index: number) => Rgb, theme: Theme): Rgba | null {
  if (regions.done === 0) {
    return null;
  }
  const paper = theme === "light" ? 255 : 27;
  const data = new Uint8ClampedArray(4 * SIZE * SIZE);
  for (let i = 0; i < SIZE * SIZE; i++) {
    const known = nearest(regions.classes, i);
    const index = regions.classes[known] ?? -1;
    if (index < 0) continue;
    const strength = 0.35 + 0.65 * (regions.probability[known] ?? 0);
    colour(index).forEach((value, c) => {
      data[4 * i + c] = paper + strength * (value - paper);
    });
    data[4 * i + 3] = 255;
  }
  return { width: SIZE, height: SIZE, data };
}

/** The place itself where its class is known, else the nearest of the finest grid that is known there. */
function nearest(classes: Int32Array, place: number): number {
  const x = place % SIZE;
  const y = Math.floor(place / SIZE);
  for (let step = 1; step <= COARSEST; step *= 2) {
    const at = Math.min(SIZE - 1, step * Math.round(y / step)) * SIZE + Math.min(SIZE - 1, step * Math.round(x / step));
    if ((classes[at] ?? -1) >= 0) return at;
  }
  return place;
}
