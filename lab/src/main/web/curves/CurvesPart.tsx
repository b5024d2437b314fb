import type { AttackState } from "../api/state.js";
import type { LiveValue } from "../api/useLive.js";
import { firstName } from "../attack/attackState.js";
import { useSlots } from "../colors/useSlots.js";
import { Note } from "../parts/Note.js";
import { epsilonText, short, type Units } from "../parts/numbers.js";
import type { Curves } from "./curves.js";
import { LineChart, type Line } from "./LineChart.js";
import { SimilarityCurves } from "./SimilaritySection.js";

/** How the probabilities and the explanation change as the attack grows. */
export function CurvesPart({ panelId, state, curves, most, bounded, units }: {
  panelId: string;
  state: AttackState;
  curves: LiveValue<Curves>;
  most: number;
  bounded: boolean;
  units: Units;
}) {
  const slot = useSlots();
  const { points, classes, firstFlip, axis } = curves.value;
  const text = (value: number) => (axis === "epsilon" && state.norm === "linf" ? epsilonText(value, units) : short(value));
  const lines: Line[] = classes.map(({ index, name }, place) => ({
    name: firstName(name),
    slot: slot(index),
    points: points.map((point) => ({ x: point.epsilon, y: point.probabilities[place] ?? null })),
  }));
  return (
    <div class="stack">
      <div class="stack tight">
        <h3>Probabilities</h3>
        {curves.status === "failed" && <Note strong>{curves.message}</Note>}
        {points.length > 1 ? (
          <LineChart
            class={curves.stale ? "stale" : ""}
            title="Probability of the leading classes against epsilon"
            lines={lines}
            to={bounded ? most : 1}
            height={240}
            {...(bounded ? { cursor: state.epsilon } : {})}
            mark={firstFlip === null ? null : { x: firstFlip, text: `the class flips at ${text(firstFlip)}` }}
            xText={text}
            yText={(y) => `${Math.round(100 * y)} %`}
          />
        ) : (
          <p class="muted small">{curves.status === "idle" ? "This attack takes its time: ask for its curves beside the slider." : "Computing …"}</p>
        )}
      </div>
      <div class="stack tight">
        <h3>Similarity of the heat maps</h3>
        <SimilarityCurves panelId={panelId} state={state} most={most} bounded={bounded} units={units} />
      </div>
    </div>
  );
}
