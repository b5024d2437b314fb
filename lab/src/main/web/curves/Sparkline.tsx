import { styleOf } from "../colors/classColors.js";
import { useSlots } from "../colors/useSlots.js";
import type { Curves } from "./curves.js";

const WIDTH = 64;
const HEIGHT = 40;

/** The curves in small, without axes. */
export function Sparkline({ curves, most, cursor }: { curves: Curves; most: number; cursor: number | null }) {
  const slot = useSlots();
  const x = (epsilon: number) => (WIDTH * epsilon) / (most || 1);
  return (
    <svg class="sparkline" viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`} preserveAspectRatio="none">
      {curves.classes.slice(0, 5).map(({ index }, at) => (
        <polyline
          key={index}
          class={`line ${styleOf(slot(index))}`}
          points={curves.points.map(({ epsilon, probabilities }) => `${x(epsilon).toFixed(1)},${(HEIGHT * (1 - (probabilities[at] ?? 0))).toFixed(1)}`).join(" ")}
        />
      ))}
      {cursor !== null && <line class="cursor" x1={x(cursor)} x2={x(cursor)} y1={-2} y2={HEIGHT + 2} />}
    </svg>
  );
}
