import type { Distances } from "./bounds.js";

interface Bound {
  name: string;
  kind: "certified" | "clever" | "found";
  distance: number | null;
  /** What is said where there is none. */
  missing: string;
}

/**
 * How near the nearest adversarial image is, on the slider's scale: certified, no image is nearer; estimated by
 * CLEVER; and found by PGD, which is at least as far. Relations are those of the numbers: an estimate may be wrong.
 */
export function BoundsBar({ distances, most, text, cursor = null }: {
  distances: Distances;
  most: number;
  text: (distance: number) => string;
  /** An epsilon that is marked. */
  cursor?: number | null;
}) {
  const { certified, clever, found, notCertified } = distances;
  const bounds: Bound[] = [
    { name: "certified", kind: "certified", distance: certified, missing: "no certificate" },
    { name: "CLEVER", kind: "clever", distance: clever, missing: "" },
    { name: "found", kind: "found", distance: found, missing: "none found" },
  ];
  const place = (distance: number) => `${Math.min(100, (100 * distance) / most)}%`;
  return (
    <div class="bounds" role="group" aria-label="Distance of the nearest adversarial image">
      <div class="bounds-way" aria-hidden="true">
        {bounds.map(({ kind, distance }) =>
          distance === null ? null : <i key={kind} class={`bound ${kind}`} style={kind === "certified" ? { width: place(distance) } : { left: place(distance) }} />,
        )}
        {cursor !== null && <i class="bound-cursor" style={{ left: place(cursor) }} />}
      </div>
      <p class="bounds-said">
        {bounds.map(({ name, kind, distance, missing }, at) => {
          const before = bounds[at - 1]?.distance ?? null;
          return (
            <span key={kind} title={kind === "certified" ? (notCertified ?? "No image nearer than this has another class") : undefined}>
              {before !== null && distance !== null && <span class="muted">{before <= distance ? "≤ " : "> "}</span>}
              <i class={`bound-key ${kind}`} aria-hidden="true" />
              {distance === null ? missing : `${name} ${distance > 0 && text(distance) === text(0) ? `> ${text(0)}` : text(distance)}${distance > most ? " →" : ""}`}
            </span>
          );
        })}
      </p>
    </div>
  );
}
