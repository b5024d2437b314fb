import { useId } from "preact/hooks";
import { percent } from "../parts/numbers.js";
import type { Corner, Rates } from "./latent.js";

/** A curve with the point at which the network decides. */
export interface RocLine {
  name: string;
  kind: "clean" | "type-two" | "type-one";
  rates: Rates;
}

const SIDE = 320;
const LEFT = 44;
const BOTTOM = 40;
const TOP = 12;
const RIGHT = 14;
const TICKS = [0, 0.5, 1];

/** ROC curves in one square: each with its point, which moves with what is set. */
export function Roc({ title, lines }: { title: string; lines: RocLine[] }) {
  const id = useId();
  const px = (rate: number) => LEFT + rate * (SIDE - LEFT - RIGHT);
  const py = (rate: number) => SIDE - BOTTOM - rate * (SIDE - BOTTOM - TOP);
  const path = (corners: Corner[]) => corners.map(({ falsePositiveRate, truePositiveRate }, at) => `${at === 0 ? "M" : "L"}${px(falsePositiveRate).toFixed(1)} ${py(truePositiveRate).toFixed(1)}`).join("");
  const middle = (from: number, to: number) => (from + to) / 2;
  return (
    <figure class="roc">
      <svg viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-labelledby={id}>
        <title id={id}>{`${title}. ${lines.map(said).join("; ")}.`}</title>
        {TICKS.map((rate) => (
          <g key={rate}>
            <path class="roc-grid" d={`M${px(0)} ${py(rate)}H${px(1)}M${px(rate)} ${py(0)}V${py(1)}`} />
            <text x={LEFT - 6} y={py(rate) + 5} text-anchor="end">{rate}</text>
            <text x={px(rate)} y={py(0) + 17} text-anchor="middle">{rate}</text>
          </g>
        ))}
        <path class="roc-grid" stroke-dasharray="3 4" d={`M${px(0)} ${py(0)}L${px(1)} ${py(1)}`} />
        <text x={middle(px(0), px(1))} y={SIDE - 6} text-anchor="middle">false positive rate</text>
        <text transform={`translate(13 ${middle(py(0), py(1))}) rotate(-90)`} text-anchor="middle">true positive rate</text>
        {lines.map(({ kind, rates }) => (
          <path key={kind} class={`roc-line ${kind}`} d={path(rates.curve)} />
        ))}
        {lines.map(({ kind, rates }) => (
          <Point key={kind} kind={kind} x={px(rates.falsePositiveRate)} y={py(rates.truePositiveRate)} />
        ))}
      </svg>
      <figcaption>
        <ul class="roc-legend">
          {lines.map(({ name, kind, rates }) => (
            <li key={kind}>
              <svg width={34} height={16} aria-hidden="true">
                <path class={`roc-line ${kind}`} d="M0 8H34" />
                <Point kind={kind} x={17} y={8} />
              </svg>
              <span>{name}</span>
              <span class="number muted">
                {percent(rates.truePositiveRate)} true, {percent(rates.falsePositiveRate)} false
              </span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

/** Shapes differ, so that colours need not be told apart. */
function Point({ kind, x, y }: { kind: RocLine["kind"]; x: number; y: number }) {
  return {
    clean: <circle class={`roc-point ${kind}`} cx={x} cy={y} r={6} />,
    "type-two": <path class={`roc-point ${kind}`} d={`M${x - 7} ${y - 5}h14l-7 12z`} />,
    "type-one": <path class={`roc-point ${kind}`} d={`M${x - 6} ${y - 6}h12v12h-12z`} />,
  }[kind];
}

function said({ name, rates }: RocLine): string {
  return `${name}: true positive rate ${percent(rates.truePositiveRate)}, false positive rate ${percent(rates.falsePositiveRate)}, area ${rates.area.toFixed(3)}`;
}
