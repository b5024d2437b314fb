import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Rgba } from "../api/envelope.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import type { Live } from "./liveUpdate.js";

const SIDE = 13;
const WIDTH = 300;
const HEIGHT = 150;

interface Place {
  /** The pixel under the pointer. */
  x: number;
  y: number;
  left: number;
  top: number;
}

/** Which way an arrow key moves. */
const MOVES: Record<string, readonly [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** How far it moves with the shift key. */
const FAR = 8;

/** A magnifier over images of the same size: the pixels around the pointer, or where arrow keys lead, in all of them, and their values. */
export function Loupe({ live, children }: { live: Live; children: ComponentChildren }) {
  const [place, setPlace] = useState<Place | null>(null);
  const [byKey, setByKey] = useState(false);
  const { clean, perturbation, adversarial } = live;
  const over = (box: DOMRect, x: number, y: number, { width, height }: Rgba) => {
    const centre = { x: box.left + ((x + 0.5) / width) * box.width, y: box.top + ((y + 0.5) / height) * box.height };
    setPlace({
      x,
      y,
      left: Math.max(8, Math.min(centre.x + 18, innerWidth - WIDTH - 8)),
      top: centre.y + 22 + HEIGHT < innerHeight ? centre.y + 22 : centre.y - 22 - HEIGHT,
    });
  };
  const point = (event: PointerEvent) => {
    const frame = (event.target as Element).closest(".frame");
    setByKey(false);
    if (!frame || !clean) {
      setPlace(null);
      return;
    }
    const box = frame.getBoundingClientRect();
    over(box, within(((event.clientX - box.left) / box.width) * clean.width, clean.width), within(((event.clientY - box.top) / box.height) * clean.height, clean.height), clean);
  };
  const press = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const move = MOVES[event.key];
    const frame = event.currentTarget.querySelector(".frame");
    if (event.key === "Escape") {
      setPlace(null);
    }
    if (event.target !== event.currentTarget || !move || !frame || !clean) {
      return;
    }
    event.preventDefault();
    const far = event.shiftKey ? FAR : 1;
    const from = place ?? { x: clean.width >> 1, y: clean.height >> 1 };
    setByKey(true);
    over(frame.getBoundingClientRect(), within(from.x + far * move[0], clean.width), within(from.y + far * move[1], clean.height), clean);
  };
  const mark = place && clean && byKey ? { "--loupe-x": String((place.x + 0.5) / clean.width), "--loupe-y": String((place.y + 0.5) / clean.height) } : {};
  return (
    <div
      class={`loupe-place${place && byKey ? " by-key" : ""}`}
      style={mark as never}
      tabIndex={0}
      role="group"
      aria-label="Magnifier. Arrow keys move it over the images."
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => setPlace(null)}
      onKeyDown={press}
      onBlur={() => setPlace(null)}
    >
      {children}
      {place && clean && adversarial && (
        <div class="loupe" style={{ left: `${place.left}px`, top: `${place.top}px`, width: `${WIDTH}px` }} aria-hidden="true">
          {[clean, perturbation, adversarial].map((image, at) => (
            <PixelCanvas key={at} image={image && around(image, place)} label="" class="pixels" />
          ))}
          <span class="number">{levels(clean, place)}</span>
          <span class="number muted">({place.x}, {place.y})</span>
          <span class="number">{levels(adversarial, place)}</span>
        </div>
      )}
      <output class="unseen">{place && byKey && clean && adversarial ? `Pixel ${place.x}, ${place.y}: ${levels(clean, place)} before, ${levels(adversarial, place)} after` : ""}</output>
    </div>
  );
}

function within(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, Math.floor(value)));
}

/** The pixels around a place; what lies outside the image is transparent. */
function around(image: Rgba, { x, y }: Place): Rgba {
  const data = new Uint8ClampedArray(4 * SIDE * SIDE);
  const half = (SIDE - 1) / 2;
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const fromY = y - half + row;
      const fromX = x - half + column;
      if (fromX >= 0 && fromY >= 0 && fromX < image.width && fromY < image.height) {
        const from = 4 * (fromY * image.width + fromX);
        data.set(image.data.subarray(from, from + 4), 4 * (row * SIDE + column));
      }
    }
  }
  return { width: SIDE, height: SIDE, data };
}

/** The grey level of a pixel, or its three levels. */
function levels(image: Rgba, { x, y }: Place): string {
  const at = 4 * (y * image.width + x);
  const [red = 0, green = 0, blue = 0] = image.data.subarray(at, at + 3);
  return red === green && green === blue ? String(red) : `${red} ${green} ${blue}`;
}
