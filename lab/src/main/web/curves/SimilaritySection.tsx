import { useId, useState } from "preact/hooks";
import { useLive } from "../api/useLive.js";
import type { Algorithm, AttackState } from "../api/state.js";
import { Note } from "../parts/Note.js";
import { epsilonText, short, type Units } from "../parts/numbers.js";
import { store } from "../state/lab.js";
import { foldCurves, NO_CURVES, spread } from "./curves.js";
import { LineChart, type Line } from "./LineChart.js";

const POINTS = 17;
const MOST_LINES = 4;

/** How fast the heat map changes as the attack grows. */
export function SimilarityCurves({ panelId, state, most, bounded, units }: {
  panelId: string;
  state: AttackState;
  most: number;
  bounded: boolean;
  units: Units;
}) {
  const id = useId();
  const heat = store.use((whole) => whole.document.heat);
  const { lab, catalog } = store.use((whole) => whole.offer);
  const [chosen, setChosen] = useState(0);
  const method: Algorithm | undefined = heat.methods[chosen] ?? heat.methods[0];
  const body = method && {
    state: { ...state, epsilon: most },
    epsilons: spread(bounded ? most : 1, POINTS),
    classes: [],
    map: { method, class: heat.class },
  };
  const curves = useLive("curves", `p${panelId}-maps`, body ?? null, NO_CURVES, foldCurves);
  const { points, axis } = curves.value;
  const text = (value: number) => (axis === "epsilon" && state.norm === "linf" ? epsilonText(value, units) : short(value));
  const known = lab.similarities.filter(({ id: name }) => lab.defaults.similarities.includes(name)).slice(0, MOST_LINES);
  const lines: Line[] = known.map(({ id: name, title }) => ({
    name: title,
    slot: null,
    points: points.filter((point) => point.similarities).map((point) => ({ x: point.epsilon, y: point.similarities?.[name] ?? null })),
  }));
  const lowest = Math.min(0, ...lines.flatMap((line) => line.points.map(({ y }) => y ?? 0)));
  if (!method) {
    return <p class="muted">Add a heat map first.</p>;
  }
  return (
    <>
      <div class="field narrow-field">
        <label for={id}>Heat map</label>
        <select id={id} class="select" value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
          {heat.methods.map((other, at) => (
            <option key={other.id} value={at}>{catalog.find((entry) => entry.id === other.id)?.title ?? other.id}</option>
          ))}
        </select>
      </div>
      {curves.status === "failed" && <Note strong>{curves.message}</Note>}
      {points.length > 1 && (
        <LineChart
          class={curves.stale ? "stale" : ""}
          title="Similarity of the heat maps before and after against epsilon"
          lines={lines}
          to={bounded ? most : 1}
          low={Math.floor(lowest * 4) / 4}
          height={220}
          {...(bounded ? { cursor: state.epsilon } : {})}
          mark={curves.value.firstFlip === null ? null : { x: curves.value.firstFlip, text: "the class flips" }}
          xText={text}
          yText={(y) => short(Number(y.toFixed(2)))}
        />
      )}
      <p class="small muted" role="status">
        {curves.status === "running" ? `Computing: ${points.length} of ${POINTS} points.` : "1 means the same map. A curve that falls before the class flips says that the explanation moves first."}
      </p>
    </>
  );
}
