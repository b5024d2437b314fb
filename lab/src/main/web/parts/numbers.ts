/** Numbers as people read them. */
export function percent(share: number): string {
  const value = 100 * share;
  if (value > 0 && value < 0.05) return "<0.1 %";
  if (value < 100 && value >= 99.95) return ">99.9 %";
  return `${value.toFixed(1)} %`;
}

export function short(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 10_000 || size < 0.001) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}

/** A time as people read it. */
export function timeText(milliseconds: number): string {
  return milliseconds >= 1000 ? `${short(milliseconds / 1000)} s` : `${short(milliseconds)} ms`;
}

export type Units = "levels" | "unit";

/** Epsilon as grey levels of 255, or as a share of the range of a pixel. */
export function epsilonText(epsilon: number, units: Units): string {
  return units === "levels" ? `${Number((255 * epsilon).toFixed(1))}/255` : String(Number(epsilon.toFixed(4)));
}

/** An epsilon as people write it: 8/255 where it is just that, else a short decimal number. */
export function exactEpsilon(epsilon: number): string {
  const levels = Math.round(255 * epsilon);
  return levels > 0 && Math.abs(255 * epsilon - levels) < 1e-6 ? `${levels}/255` : short(epsilon);
}

/** A parameter's value with few digits: 4/255 and 0.0333 instead of 0.01568627450980392 and 0.03333333333333333. */
export function tidy(text: string): string {
  return /^-?\d*\.\d{6,}$/.test(text) ? exactEpsilon(Number(text)) : text;
}

export function bytesText(bytes: number): string {
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(bytes >= 1e7 ? 0 : 1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} kB`;
}

export function shapeText(shape: number[]): string {
  return shape.join(" × ");
}
