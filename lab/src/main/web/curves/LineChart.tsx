import { useId } from "preact/hooks";
import { styleOf } from "../colors/classColors.js";
import { useWidth } from "../parts/useWidth.js";

export interface Line {
  name: string;
  /** The colour slot of the class it is about; null for a line about something else. */
  slot: number | null;
  points: { x: number; y: number | null }[];
}

export interface Mark {
  x: number;
  text: string;
}

const LEFT = 48;
const RIGHT = 16;
/** Room for names at the ends of the lines, where the chart is wide enough for it. */
const NAMES = 132;
const WITH_NAMES = 480;
const NAME_HEIGHT = 17;
const LONGEST_NAME = 17;
const TOP = 14;
const NARROW = 360;
const DASHES = ["", "7 3", "2 3", "9 3 2 3", "1 4", "12 4", "5 2 1 2", "3 6"];

/** A line chart that says in words what it shows; each line has its name at its end. */
export function LineChart({ title, class: name = "", whole = false, ticks, lines, from = 0, to, low = 0, high = 1, height = 150, cursor, mark, xText, yText }: {
  title: string;
  class?: string;
  /** Whether places between whole numbers mean nothing, as between steps. */
  whole?: boolean;
  /** Where the axis has marks; evenly spread ones if not given. */
  ticks?: number[];
  lines: Line[];
  from?: number;
  to: number;
  low?: number;
  high?: number;
  height?: number;
  cursor?: number;
  mark?: Mark | null;
  xText: (x: number) => string;
  yText: (y: number) => string;
}) {
  const id = useId();
  const [element, width] = useWidth();
  const named = width >= WITH_NAMES;
  const inner = Math.max(width - LEFT - (named ? NAMES : RIGHT), 10);
  const bottom = height - 24;
  const px = (x: number) => LEFT + ((x - from) / (to - from || 1)) * inner;
  const py = (y: number) => bottom - ((y - low) / (high - low || 1)) * (bottom - TOP);
  const xTicks = ticks ?? spreadTicks(from, to, inner < NARROW ? 2 : 4, whole);
  const yTicks = [0, 0.5, 1].map((share) => low + share * (high - low));
  return (
    <div class={`chart ${name}`} ref={element}>
      <svg width={width} height={height} role="img" aria-labelledby={id}>
        <title id={id}>{`${title}. ${lines.map((line) => sayLine(line, xText, yText)).join("; ")}.${mark ? ` ${mark.text}.` : ""}`}</title>
        {yTicks.map((y) => (
          <g key={y}>
            <line class="grid" x1={LEFT} x2={LEFT + inner} y1={py(y)} y2={py(y)} />
            <text class="tick" x={LEFT - 6} y={py(y) + 5} text-anchor="end">{yText(y)}</text>
          </g>
        ))}
        {xTicks.map((x, i) => (
          <text key={x} class="tick" x={px(x)} y={height - 5} text-anchor={i === 0 ? "start" : x === to ? "end" : "middle"}>
            {xText(x)}
          </text>
        ))}
        {mark && (
          <g class="flip">
            <line x1={px(mark.x)} x2={px(mark.x)} y1={TOP - 2} y2={bottom} />
            <path d={`M${px(mark.x)} ${TOP + 4}l-4.500 -7h9Z`} />
          </g>
        )}
        {lines.map((line, at) => (
          <path key={line.name} class={`line ${at === 0 ? "main " : ""}${styleOf(line.slot)}`} stroke-dasharray={dashOf(at)} d={pathOf(line, px, py)} />
        ))}
        {cursor !== undefined && <line class="cursor" x1={px(cursor)} x2={px(cursor)} y1={TOP} y2={bottom} />}
        {cursor !== undefined &&
          lines.map((line) => {
            const y = heightAt(line, cursor);
            return y === null ? null : <circle key={line.name} class={`dot ${styleOf(line.slot)}`} cx={px(cursor)} cy={py(y)} r={4} />;
          })}
        {named &&
          ends(lines, py, bottom).map(({ line, y, end }) => (
            <g key={line.name} class={`line-name ${styleOf(line.slot)}`}>
              <path d={`M${LEFT + inner + 1} ${end}L${LEFT + inner + 9} ${y}`} />
              <text x={LEFT + inner + 12} y={y + 5}>{cut(line.name)}</text>
            </g>
          ))}
      </svg>
      <Legend lines={named ? [] : lines} mark={mark ?? null} />
    </div>
  );
}

/** Marks from end to end; on an axis of whole numbers they are whole, and as far apart as they must be. */
function spreadTicks(from: number, to: number, parts: number, whole: boolean): number[] {
  if (!whole) {
    return Array.from({ length: parts + 1 }, (_, i) => from + (i * (to - from)) / parts);
  }
  const step = Math.max(1, Math.ceil((to - from) / parts));
  const count = Math.floor((to - from) / step);
  return Array.from({ length: count + 1 }, (_, i) => from + i * step);
}

/** The places of the names: at the ends of their lines, moved apart where those meet. */
function ends(lines: Line[], py: (y: number) => number, bottom: number): { line: Line; y: number; end: number }[] {
  const places = lines.flatMap((line) => {
    const last = line.points.findLast(({ y }) => y !== null);
    const end = py(last?.y ?? 0);
    return last ? [{ line, y: end, end }] : [];
  });
  places.sort((a, b) => a.y - b.y);
  places.forEach((place, at) => (place.y = Math.max(place.y, (places[at - 1]?.y ?? -Infinity) + NAME_HEIGHT)));
  let lowest = bottom;
  for (const place of [...places].reverse()) {
    place.y = Math.min(place.y, lowest);
    lowest = place.y - NAME_HEIGHT;
  }
  return places;
}

function Legend({ lines, mark }: { lines: Line[]; mark: Mark | null }) {
  return (
    <p class="chart-legend">
      {lines.map((line, at) => (
        <span key={line.name}>
          <svg width="24" height="8" aria-hidden="true">
            <path class={`line ${styleOf(line.slot)}`} stroke-dasharray={dashOf(at)} d="M1 4H23" />
          </svg>
          {line.name}
        </span>
      ))}
      {mark && <span class="flip-text">▾ {mark.text}</span>}
    </p>
  );
}

function dashOf(at: number): string {
  return DASHES[at % DASHES.length] ?? "";
}

function cut(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}

function pathOf(line: Line, px: (x: number) => number, py: (y: number) => number): string {
  let pen = "M";
  let path = "";
  for (const { x, y } of line.points) {
    if (y === null) {
      pen = "M";
    } else {
      path += `${pen}${px(x).toFixed(1)} ${py(y).toFixed(1)}`;
      pen = "L";
    }
  }
  return path;
}

/** The line's height between its two neighbouring points. */
function heightAt(line: Line, x: number): number | null {
  for (let i = 1; i < line.points.length; i++) {
    const left = line.points[i - 1];
    const right = line.points[i];
    if (left && right && left.x <= x && x <= right.x && left.y !== null && right.y !== null) {
      const share = right.x > left.x ? (x - left.x) / (right.x - left.x) : 0;
      return left.y + share * (right.y - left.y);
    }
  }
  return null;
}

function sayLine(line: Line, xText: (x: number) => string, yText: (y: number) => string): string {
  const known = line.points.filter((point) => point.y !== null);
  const first = known[0];
  const last = known[known.length - 1];
  if (!first || !last) {
    return `${line.name} has no values yet`;
  }
  return `${line.name} goes from ${yText(first.y ?? 0)} at ${xText(first.x)} to ${yText(last.y ?? 0)} at ${xText(last.x)}`;
}
