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

export type Units = "levels" | "unit";

/** Epsilon as grey levels of 255, or as a share of the range of a pixel. */
export function epsilonText(epsilon: number, units: Units): string {
  return units === "levels" ? `${Number((255 * epsilon).toFixed(1))}/255` : String(Number(epsilon.toFixed(4)));
}

export function bytesText(bytes: number): string {
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(bytes >= 1e7 ? 0 : 1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} kB`;
}

export function shapeText(shape: number[]): string {
  return shape.join(" × ");
}
