import { useId, useState } from "preact/hooks";
import type { Tile } from "../api/types.js";
import { useWidth } from "../parts/useWidth.js";
import { measuresOf, type Measure } from "./measures.js";

const HEIGHT = 320;
const LEFT = 64;
const BOTTOM = 40;
const TOP = 10;
const RIGHT = 12;

/** Any two measures against each other, one point per image; filled points are fooled ones. */
export function Scatter({ tiles }: { tiles: Tile[] }) {
  const id = useId();
  const measures = measuresOf(tiles);
  const [first = "", setFirst] = useState<string | undefined>(measures[1]?.id);
  const [second = "", setSecond] = useState<string | undefined>((measures.find((known) => known.id === "similarity") ?? measures[0])?.id);
  const [place, width] = useWidth();
  const across = measures.find((known) => known.id === first) ?? measures[0];
  const up = measures.find((known) => known.id === second) ?? measures[0];
  if (!across || !up) {
    return <p class="muted">This run has no numbers to draw.</p>;
  }
  const points = tiles.flatMap((tile) => {
    const [x, y] = [across.of(tile), up.of(tile)];
    return x === null || y === null ? [] : [{ tile, x, y }];
  });
  const xs = scale(points.map(({ x }) => x), LEFT, Math.max(LEFT + 40, width - RIGHT));
  const ys = scale(points.map(({ y }) => y), HEIGHT - BOTTOM, TOP);
  return (
    <div class="stack">
      <div class="row">
        {axis("Across", `${id}-x`, measures, across, setFirst)}
        {axis("Up", `${id}-y`, measures, up, setSecond)}
        <span class="muted small">
          <span class="dot fooled" /> fooled <span class="dot" /> not fooled
        </span>
      </div>
      <div ref={place}>
        {width > 0 && (
          <svg class="scatter" width={width} height={HEIGHT} role="img" aria-label={`${up.title} against ${across.title}, ${points.length} images`}>
            {xs.ticks.map((tick) => (
              <text key={tick} x={xs.at(tick)} y={HEIGHT - 22} text-anchor="middle">{across.text(tick)}</text>
            ))}
            {ys.ticks.map((tick) => (
              <g key={tick}>
                <line x1={LEFT} x2={width - RIGHT} y1={ys.at(tick)} y2={ys.at(tick)} />
                <text x={LEFT - 8} y={ys.at(tick) + 4} text-anchor="end">{up.text(tick)}</text>
              </g>
            ))}
            <text x={width - RIGHT} y={HEIGHT - 4} text-anchor="end">{across.title}</text>
            {points.map(({ tile, x, y }) => (
              <circle key={tile.tile} class={tile.success ? "fooled" : ""} cx={xs.at(x)} cy={ys.at(y)} r={4}>
                <title>{`${tile.image}: ${across.text(x)}, ${up.text(y)}`}</title>
              </circle>
            ))}
          </svg>
        )}
      </div>
    </div>
  );
}

function axis(title: string, id: string, measures: Measure[], value: Measure, onPick: (id: string) => void) {
  return (
    <label class="row" for={id}>
      <span class="small">{title}</span>
      <select id={id} class="select" value={value.id} onChange={(event) => onPick(event.currentTarget.value)}>
        {measures.map((known) => (
          <option key={known.id} value={known.id}>{known.title}</option>
        ))}
      </select>
    </label>
  );
}

/** Values as places between two ends; equal values lie in the middle. */
function scale(values: number[], from: number, to: number): { at: (value: number) => number; ticks: number[] } {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const at = (value: number) => (high > low ? from + ((to - from) * (value - low)) / (high - low) : (from + to) / 2);
  return { at, ticks: values.length === 0 ? [] : high > low ? [low, (low + high) / 2, high] : [low] };
}
