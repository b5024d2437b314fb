import { useId, useState } from "preact/hooks";
import type { Frame, Grid } from "../api/envelope.js";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/state.js";
import type { LayerInfo } from "../api/types.js";
import { centred, paint, rangeOf, SIGNED } from "../maps/colors.js";
import { Choice } from "../parts/Choice.js";
import { Note } from "../parts/Note.js";
import { short } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";

const LARGEST_TABLE = 5;

interface Term {
  channel: number;
  sum: number;
  input: Grid;
  weights: Grid;
}

interface Value {
  value: number;
  bias: number;
  terms: Term[];
  others: number;
  of: number;
}

function foldValue(_: Value | null, frame: Frame): Value {
  const { header } = frame;
  const input = frame.numbers("input");
  const weights = frame.numbers("weights");
  const terms = (header.terms as { channel: number; sum: number }[]).map((term, at) => ({ ...term, input: gridAt(input, at), weights: gridAt(weights, at) }));
  return { value: Number(header.value), bias: Number(header.bias), others: Number(header.others), of: Number(header.total), terms };
}

function gridAt(stack: { shape: number[]; data: Float32Array<ArrayBuffer> } | null, at: number): Grid {
  const [height = 1, width = 1] = stack?.shape.slice(-2) ?? [];
  return { width, height, data: stack ? stack.data.subarray(at * height * width, (at + 1) * height * width) : new Float32Array(1) };
}

/** How one value of a convolution comes about, with the image's own numbers. */
export function Arithmetic({ place, state, layer, channel }: { place: string; state: AttackState; layer: LayerInfo; channel: number }) {
  const id = useId();
  const [height = 1, width = 1] = layer.shape.slice(-2);
  const [row, setRow] = useState(Math.floor(height / 2));
  const [column, setColumn] = useState(Math.floor(width / 2));
  const [on, setOn] = useState<"clean" | "adversarial">("adversarial");
  const found = useLive("arithmetic", place, { state, layer: layer.name, channel, row, column, on }, null as Value | null, foldValue, { delay: 60 });
  const { value } = found;
  return (
    <section class="arithmetic" aria-label="One value of the convolution">
      <div class="row">
        <h4>One value, with its numbers</h4>
        <Place id={`${id}-row`} name="Row" value={row} most={height - 1} onChange={setRow} />
        <Place id={`${id}-column`} name="Column" value={column} most={width - 1} onChange={setColumn} />
        <Choice label="Of which image" name={`${id}-on`} value={on} options={[["clean", "image"], ["adversarial", "adversarial"]]} onPick={setOn} />
      </div>
      {found.status === "failed" && <Note strong>{found.message}</Note>}
      {value && (
        <div class={found.stale ? "stale" : ""}>
          <p class="sum number">
            <strong>{short(value.value)}</strong> = {short(value.bias)} <span class="muted">bias</span>
            {value.terms.map(({ channel: from, sum }) => (
              <span key={from}>
                {" "}
                {sum < 0 ? "−" : "+"} {short(Math.abs(sum))} <span class="muted">from {from}</span>
              </span>
            ))}
            {value.of > value.terms.length && (
              <span>
                {" "}
                {value.others < 0 ? "−" : "+"} {short(Math.abs(value.others))} <span class="muted">from {value.of - value.terms.length} others</span>
              </span>
            )}
          </p>
          <ul class="terms">
            {value.terms.map((term) => (
              <li key={term.channel}>
                <span class="small">input channel {term.channel}</span>
                <div class="row nowrap">
                  <Numbers grid={term.input} label="input" /> <span aria-hidden="true">·</span> <Numbers grid={term.weights} label="weights" />
                  <span class="number small">= {short(term.sum)}</span>
                </div>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Place({ id, name, value, most, onChange }: { id: string; name: string; value: number; most: number; onChange: (value: number) => void }) {
  return (
    <span class="row nowrap small">
      <label for={id}>{name}</label>
      <input id={id} class="input narrow-number" type="number" min={0} max={most} value={value} onInput={(event) => onChange(Math.max(0, Math.min(most, Math.round(Number(event.currentTarget.value) || 0))))} />
    </span>
  );
}

/** Few numbers as a table on their colours, many as colours alone. */
function Numbers({ grid, label }: { grid: Grid; label: string }) {
  if (grid.width > LARGEST_TABLE || grid.height > LARGEST_TABLE) {
    return <PixelCanvas image={paint(grid, SIGNED, centred(rangeOf([grid])))} label={label} class="term-map" />;
  }
  return (
    <table class="term-table number" aria-label={label}>
      <tbody>
        {Array.from({ length: grid.height }, (_, y) => (
          <tr key={y}>
            {Array.from({ length: grid.width }, (_, x) => (
              <td key={x}>{short(Number((grid.data[y * grid.width + x] ?? 0).toFixed(2)))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
