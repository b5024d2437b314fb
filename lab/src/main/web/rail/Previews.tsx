import { useMemo } from "preact/hooks";
import type { Frame, Rgba } from "../api/envelope.js";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/state.js";
import { rgbOf, styleOf } from "../colors/classColors.js";
import { useSlots } from "../colors/useSlots.js";
import { overlay, paint, rangeOf, tableOf } from "../maps/colors.js";
import { foldMaps, NO_MAPS } from "../maps/heat.js";
import { foldEvidence, light, NO_EVIDENCE } from "../network/evidence.js";
import { Icon } from "../parts/icons.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { foldTrajectory, NO_TRAJECTORY } from "../player/player.js";
import { store } from "../state/lab.js";
import { shownTheme } from "../theme.js";

/** Pictures on the rail follow a slider that rests for this many milliseconds. */
const REST = 500;
const SIDE = 9;
const STEPS = 12;
const SPARK_WIDTH = 64;
const SPARK_HEIGHT = 40;

/** The first heat map of the adversarial image in small. */
export function MapPreview({ place, state, adversarial }: { place: string; state: AttackState; adversarial: Rgba | null }) {
  const heat = store.use((whole) => whole.document.heat);
  const color = store.use((whole) => whole.offer.lab.colorMaps.find(({ name }) => name === heat.colorMap));
  const [method] = heat.methods;
  const body = method ? { state, methods: [method], class: heat.class, on: ["adversarial"], signed: false } : null;
  const maps = useLive("maps", `${place}-small`, body, NO_MAPS, foldMaps, { delay: REST });
  const map = maps.value.methods[0]?.adversarial?.map;
  const image = useMemo(() => {
    if (!map || !color) return null;
    const colours = paint(map, tableOf(color), rangeOf([map]));
    return adversarial ? overlay(colours, adversarial, heat.opacity) : colours;
  }, [map, color, adversarial, heat.opacity]);
  return image && <PixelCanvas image={image} label="" />;
}

/** The confidence in the class over the steps in small. */
export function StepsPreview({ place, state, label }: { place: string; state: AttackState; label: number }) {
  const slot = useSlots();
  const steps = useLive("frames", `${place}-small`, { state, most: STEPS, map: null }, NO_TRAJECTORY, foldTrajectory, { delay: REST });
  const { iterates } = steps.value;
  if (iterates.length < 2) {
    return <Icon name="play" />;
  }
  const x = (at: number) => (SPARK_WIDTH * at) / (iterates.length - 1);
  return (
    <svg class="sparkline" viewBox={`0 -2 ${SPARK_WIDTH} ${SPARK_HEIGHT + 4}`} preserveAspectRatio="none">
      <polyline class={`line ${styleOf(slot(label))}`} points={iterates.map(({ probability }, at) => `${x(at).toFixed(1)},${(SPARK_HEIGHT * (1 - probability)).toFixed(1)}`).join(" ")} />
    </svg>
  );
}

interface Cells {
  classes: Int32Array;
}

function foldCells(old: Cells, frame: Frame): Cells {
  const classes = old.classes.length > 0 ? old.classes.slice() : new Int32Array(SIDE * SIDE).fill(-1);
  const found = frame.integers("classes");
  frame.integers("places")?.forEach((place, at) => (classes[place] = found?.[at] ?? -1));
  return { classes };
}

/** The decision plane in small. */
export function PlanePreview({ place, state, extent }: { place: string; state: AttackState; extent: number }) {
  const slot = useSlots();
  const theme = shownTheme.use((now) => now);
  const plane = useLive("plane", `${place}-small`, { state: { ...state, epsilon: 0 }, size: SIDE, extent }, { classes: new Int32Array(0) }, foldCells, { delay: REST });
  const { classes } = plane.value;
  const image = useMemo(() => {
    const data = new Uint8ClampedArray(4 * SIDE * SIDE);
    classes.forEach((index, at) => index >= 0 && data.set([...rgbOf(slot(index), theme), 255], 4 * at));
    return { width: SIDE, height: SIDE, data };
  }, [classes, theme]);
  return <PixelCanvas image={image} label="" />;
}

/** The channels of the last layers, lit by what they carry. */
export function InsidePreview({ place, state }: { place: string; state: AttackState }) {
  const slot = useSlots();
  const layer = store.use((whole) => whole.opened[state.model]?.defaultLayer ?? null);
  const color = store.use((whole) => whole.offer.lab.colorMaps.find(({ name }) => name === whole.document.heat.colorMap));
  const evidence = useLive("evidence", `${place}-small`, layer ? { state, layers: [layer] } : null, NO_EVIDENCE, foldEvidence, { delay: REST });
  const { carried, layers } = evidence.value;
  const carriers = layers.get(layer ?? "") ?? [];
  if (!color || carriers.length === 0) {
    return null;
  }
  return (
    <span class={`carrier-dots ${carried ? styleOf(slot(carried.index)) : ""}`}>
      {carriers.map((carrier) => (
        <span key={carrier.channel} class="carrier" style={{ "--light": String(light(carrier, carriers)) } as never}>
          <PixelCanvas image={paint(carrier.adversarialMap, tableOf(color), rangeOf(carriers.map(({ adversarialMap }) => adversarialMap)))} label="" />
        </span>
      ))}
    </span>
  );
}
