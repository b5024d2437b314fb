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

/** A magnifier over images of the same size: the pixels around the pointer in all of them, and their values. */
export function Loupe({ live, children }: { live: Live; children: ComponentChildren }) {
  const [place, setPlace] = useState<Place | null>(null);
  const { clean, perturbation, adversarial } = live;
  const move = (event: PointerEvent) => {
    const frame = (event.target as Element).closest(".frame");
    if (!frame || !clean) {
      setPlace(null);
      return;
    }
    const box = frame.getBoundingClientRect();
    setPlace({
      x: within(((event.clientX - box.left) / box.width) * clean.width, clean.width),
      y: within(((event.clientY - box.top) / box.height) * clean.height, clean.height),
      left: Math.max(8, Math.min(event.clientX + 18, innerWidth - WIDTH - 8)),
      top: event.clientY + 22 + HEIGHT < innerHeight ? event.clientY + 22 : event.clientY - 22 - HEIGHT,
    });
  };
  return (
    <div class="loupe-place" onPointerMove={move} onPointerDown={move} onPointerLeave={() => setPlace(null)}>
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
