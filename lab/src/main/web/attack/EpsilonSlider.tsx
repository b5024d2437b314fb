import { useId, useMemo } from "preact/hooks";
import type { Curves } from "../curves/curves.js";
import { Choice } from "../parts/Choice.js";
import { DraftInput } from "../parts/DraftInput.js";
import { epsilonText, short, type Units } from "../parts/numbers.js";
import { sliderStep } from "./attackState.js";
import type { Bounds } from "./bounds.js";
import { BoundsBar } from "./BoundsBar.js";
import { BandNames, Bands, bandsOf, type Band } from "./Bands.js";

/** The budget of the attack. The way of the slider has the colours of the classes that win on it. */
export function EpsilonSlider({ epsilon, norm, most, units, curves, old, bounds, onCurves, onMove, onUnits }: {
  epsilon: number;
  norm: string;
  most: number;
  units: Units;
  curves: Curves;
  old: string;
  bounds: Bounds | null;
  onCurves: (() => void) | null;
  onMove: (epsilon: number) => void;
  onUnits: (units: Units) => void;
}) {
  const id = useId();
  const inLevels = norm === "linf" && units === "levels";
  const factor = inLevels ? 255 : 1;
  const text = (value: number) => (norm === "linf" ? epsilonText(value, units) : short(value));
  const bands = useMemo(() => bandsOf(curves, most), [curves, most]);
  const flip = curves.firstFlip;
  return (
    <section class="hero" aria-label="Strength of the attack">
      <div class={`slider${bands.length > 0 ? " banded" : ""}`}>
        <Bands bands={bands} old={old} />
        <input
          id={`${id}-range`}
          type="range"
          min={0}
          max={most}
          step={sliderStep(norm, most)}
          value={Math.min(epsilon, most)}
          aria-label="Epsilon"
          aria-valuetext={text(epsilon)}
          aria-describedby={`${id}-bands`}
          style={{ "--filled": `${Math.min(100, (100 * epsilon) / most)}%` } as never}
          onInput={(event) => onMove(onGrid(Number(event.currentTarget.value), norm))}
        />
        <BandNames bands={bands} old={old} />
        <span class="unseen" id={`${id}-bands`}>{saidBands(bands, most, text)}</span>
      </div>
      {bounds?.distances && <BoundsBar distances={bounds.distances} most={most} text={text} />}
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
        {norm === "linf" ? (
          <Choice label="Units of epsilon" name={`${id}-units`} value={units} options={[["levels", "of 255"], ["unit", "0 to 1"]]} onPick={onUnits} />
        ) : (
          <span class="muted small">in {normTitle(norm)}</span>
        )}
        {flip !== null && (
          <button type="button" class={`button low flip ${old}`} title="The smallest computed epsilon at which the class flips" onClick={() => onMove(flip)}>
            flips at {text(flip)}
          </button>
        )}
        {onCurves && (
          <button type="button" class="button low" title="This attack takes its time; the curves take 25 times as long" onClick={onCurves}>
            Draw the curves over epsilon
          </button>
        )}
        {bounds && <BoundsButton bounds={bounds} />}
      </div>
    </section>
  );
}

/** Asks for the bounds, which take longer than an attack. */
export function BoundsButton({ bounds }: { bounds: Bounds }) {
  const { distances, running, progress, problem, compute } = bounds;
  return (
    <>
      {!distances && (
        <button type="button" class="button low" disabled={running} aria-label="Compute its bounds" title="Certified radius, CLEVER score and the smallest perturbation found" onClick={compute}>
          {running ? `${progress || "Bounds"} …` : "Bounds"}
        </button>
      )}
      {problem && <span class="small" role="alert">{problem}</span>}
    </>
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

/** The bands in words. */
function saidBands(bands: Band[], most: number, text: (epsilon: number) => string): string {
  return bands.map(({ name, from }) => `${name} from ${text(from * most)}`).join(", ");
}
