import { bytes, signed, type Attacked, type Frame, type HeatMap, type Picture } from "./data.js";

/** The changed image of a frame: clean plus epsilon times the sign of the gradient, or as stored. */
export function changed(picture: Picture, attacked: Attacked, frame: Frame): Uint8ClampedArray {
  if (frame.pixels !== null) {
    return new Uint8ClampedArray(bytes(frame.pixels));
  }
  const levels = new Uint8ClampedArray(bytes(picture.pixels));
  if (attacked.sign !== null) {
    const sign = signed(attacked.sign);
    const step = 255 * frame.epsilon;
    levels.forEach((level, at) => {
      levels[at] = level + step * (sign[at] ?? 0); // rounds half to even and clips, as the export does
    });
  }
  return levels;
}

export function drawImage(canvas: HTMLCanvasElement, levels: Uint8ClampedArray, { width, height, channels }: Picture): void {
  paint(canvas, width, height, (at) => [0, 1, 2].map((c) => levels[at * channels + (channels === 3 ? c : 0)] ?? 0));
}

/** The difference of two images, amplified; grey is no change. Returns the factor. */
export function drawChange(canvas: HTMLCanvasElement, before: Uint8ClampedArray, after: Uint8ClampedArray, { width, height, channels }: Picture): number {
  let largest = 0;
  after.forEach((level, at) => (largest = Math.max(largest, Math.abs(level - (before[at] ?? 0)))));
  const gain = largest === 0 ? 1 : 127 / largest;
  paint(canvas, width, height, (at) =>
    [0, 1, 2].map((c) => {
      const place = at * channels + (channels === 3 ? c : 0);
      return 128 + gain * ((after[place] ?? 0) - (before[place] ?? 0));
    }),
  );
  return gain;
}

/** The positive part of a map over an image, on the scale of the largest of two maps. */
export function drawMap(canvas: HTMLCanvasElement, map: HeatMap, largest: number, levels: Uint8ClampedArray, picture: Picture, colours: Uint8Array): void {
  const { width, height, channels } = picture;
  const values = signed(map.values);
  const scale = largest === 0 ? 0 : map.largest / largest / 127;
  paint(canvas, width, height, (at) => {
    const y = ((Math.floor(at / width) + 0.5) * map.height) / height - 0.5;
    const x = (((at % width) + 0.5) * map.width) / width - 0.5;
    const heat = Math.max(0, Math.min(1, scale * between(values, map, y, x)));
    const row = 3 * Math.round(255 * heat);
    const opacity = 0.7;
    return [0, 1, 2].map((c) => {
      const level = levels[at * channels + (channels === 3 ? c : 0)] ?? 0;
      return (1 - opacity) * level + opacity * (colours[row + c] ?? 0);
    });
  });
}

/** Bilinear interpolation with half-pixel centres; beyond the outer centres the border goes on. */
function between(values: Int8Array, { height, width }: HeatMap, y: number, x: number): number {
  const inside = (place: number, size: number) => Math.max(0, Math.min(size - 1, place));
  const top = Math.floor(inside(y, height));
  const left = Math.floor(inside(x, width));
  const down = inside(y, height) - top;
  const right = inside(x, width) - left;
  const at = (row: number, column: number) => values[Math.min(row, height - 1) * width + Math.min(column, width - 1)] ?? 0;
  return (
    (1 - down) * ((1 - right) * at(top, left) + right * at(top, left + 1)) +
    down * ((1 - right) * at(top + 1, left) + right * at(top + 1, left + 1))
  );
}

function paint(canvas: HTMLCanvasElement, width: number, height: number, colour: (at: number) => number[]): void {
  canvas.width = width;
  canvas.height = height;
  canvas.classList.toggle("pixels", width <= 128);
  const data = new Uint8ClampedArray(4 * width * height);
  for (let at = 0; at < width * height; at++) {
    data.set([...colour(at), 255], 4 * at);
  }
  canvas.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
}
