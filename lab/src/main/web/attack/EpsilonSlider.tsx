import { useId } from "preact/hooks";
import type { Curves } from "../curves/curves.js";
import { LineChart, type Line } from "../curves/LineChart.js";
import { Choice } from "../parts/Choice.js";
import { DraftInput } from "../parts/DraftInput.js";
import { epsilonText, short, type Units } from "../parts/numbers.js";
import { firstName, sliderStep } from "./attackState.js";

/**
 * The budget of the attack. The chart above it has the same axis, so that the slider scrubs the
 * curves: who wins at which strength is seen before it is moved.
 */
export function EpsilonSlider({ epsilon, norm, most, units, label, after, curves, old, onCurves, onMove, onUnits }: {
  epsilon: number;
  norm: string;
  most: number;
  units: Units;
  label: number | null;
  after: number | null;
  curves: Curves;
  old: string;
  onCurves: (() => void) | null;
  onMove: (epsilon: number) => void;
  onUnits: (units: Units) => void;
}) {
  const id = useId();
  const inLevels = norm === "linf" && units === "levels";
  const factor = inLevels ? 255 : 1;
  const text = (value: number) => (norm === "linf" ? epsilonText(value, units) : short(value));
  const mark = curves.firstFlip === null ? null : { x: curves.firstFlip, text: `the class flips at ${text(curves.firstFlip)}` };
  return (
    <section class="hero" aria-label="Strength of the attack">
      {curves.points.length > 1 && (
        <LineChart
          class={old}
          title="Probability of the leading classes against epsilon"
          lines={linesOf(curves, label, after)}
          to={most}
          cursor={epsilon}
          mark={mark}
          xText={text}
          yText={(y) => `${Math.round(100 * y)} %`}
        />
      )}
      {onCurves && (
        <p>
          <button type="button" class="button low" onClick={onCurves}>
            Draw the curves over epsilon
          </button>{" "}
          <span class="small muted">This attack takes its time; the curves take 25 times as long.</span>
        </p>
      )}
      <div class="slider">
        <input
          id={`${id}-range`}
          type="range"
          min={0}
          max={most}
          step={sliderStep(norm, most)}
          value={Math.min(epsilon, most)}
          aria-label="Epsilon"
          aria-valuetext={text(epsilon)}
          style={{ "--filled": `${Math.min(100, (100 * epsilon) / most)}%` } as never}
          onInput={(event) => onMove(onGrid(Number(event.currentTarget.value), norm))}
        />
      </div>
      <div class="row apart">
        <div class="row epsilon">
          <label for={`${id}-number`}>
            <var>ε</var> =
          </label>
          <DraftInput
            id={`${id}-number`}
            type="number"
            min={0}
            step="any"
            value={String(Number((epsilon * factor).toFixed(4)))}
            onCommit={(text) => onMove(onGrid(Math.max(0, Number(text) || 0) / factor, norm))}
          />
          <span class="muted">{inLevels ? "grey levels of 255" : norm === "linf" ? "of the pixel's range [0, 1]" : `in ${normTitle(norm)}`}</span>
        </div>
        {norm === "linf" && (
          <Choice label="Units of epsilon" name={`${id}-units`} value={units} options={[["levels", "of 255"], ["unit", "0 to 1"]]} onPick={onUnits} />
        )}
      </div>
    </section>
  );
}

export function normTitle(norm: string): string {
  return { linf: "L∞, largest change", l2: "L2, length", l1: "L1, sum", l0: "L0, count" }[norm] ?? norm;
}

/** The same number, without what decimal fractions have lost of so many half grey levels. */
function onGrid(epsilon: number, norm: string): number {
  const halves = Math.round(510 * epsilon);
  return norm === "linf" && Math.abs(510 * epsilon - halves) < 1e-6 ? halves / 2 / 255 : epsilon;
}

function linesOf(curves: Curves, label: number | null, after: number | null): Line[] {
  return curves.classes.map(({ index, name }, place) => ({
    name: firstName(name),
    kind: index === label ? "main" : index === after ? "accent" : "other",
    points: curves.points.map((point) => ({ x: point.epsilon, y: point.probabilities[place] ?? null })),
  }));
}
