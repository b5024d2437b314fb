import { useMemo, useState } from "preact/hooks";
import type { Grid, Rgba } from "../api/envelope.js";
import { short } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { overlay, paint, type Scale, type Table } from "./colors.js";

interface Place {
  x: number;
  y: number;
}

/** A map over its image. The value under the cursor is shown; arrow keys move the cursor too. */
export function HeatCanvas({ map, image, table, scale, opacity, label, speaks }: {
  map: Grid;
  image: Rgba | null;
  table: Table;
  scale: Scale;
  opacity: number;
  label: string;
  speaks: string;
}) {
  const [place, setPlace] = useState<Place | null>(null);
  const drawn = useMemo(() => {
    const colours = paint(map, table, scale);
    return image && opacity < 1 ? overlay(colours, image, opacity) : colours;
  }, [map, image, table, scale.from, scale.to, opacity]);

  const onPointer = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    setPlace({
      x: clamp(Math.floor(((event.clientX - box.left) / box.width) * map.width), map.width),
      y: clamp(Math.floor(((event.clientY - box.top) / box.height) * map.height), map.height),
    });
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) {
      event.preventDefault();
      setPlace((old) => {
        const from = old ?? { x: Math.floor(map.width / 2), y: Math.floor(map.height / 2) };
        return { x: clamp(from.x + (step[0] ?? 0), map.width), y: clamp(from.y + (step[1] ?? 0), map.height) };
      });
    }
  };
  const value = place && map.data[place.y * map.width + place.x];
  return (
    <div
      class="heat"
      tabIndex={0}
      role="group"
      aria-label={`${label}. Arrow keys read values.`}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={() => setPlace(null)}
      onKeyDown={onKey}
      onBlur={() => setPlace(null)}
    >
      <PixelCanvas image={drawn} label={label} />
      {place && (
        <>
          <span
            class="cross"
            style={{
              left: `${(100 * place.x) / map.width}%`,
              top: `${(100 * place.y) / map.height}%`,
              width: `${100 / map.width}%`,
              height: `${100 / map.height}%`,
            }}
          />
          <output class={`heat-value${place.y < map.height / 3 ? " below" : ""}`}>
            <strong class="number">{short(value)}</strong> for {speaks}
            <span class="muted number"> ({place.x}, {place.y})</span>
          </output>
        </>
      )}
    </div>
  );
}

function clamp(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, value));
}
