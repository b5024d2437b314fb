import { useState } from "preact/hooks";
import type { Frame } from "../api/envelope.js";
import type { AttackState } from "../api/state.js";
import { useLive } from "../api/useLive.js";
import { Note } from "../parts/Note.js";
import { epsilonText, short, type Units } from "../parts/numbers.js";

interface Distances {
  certified: number | null;
  clever: number;
  found: number | null;
  notCertified: string | null;
}

interface Bounded {
  distances: Distances | null;
  progress: string;
}

const NOTHING: Bounded = { distances: null, progress: "" };

function foldBounds(old: Bounded, frame: Frame): Bounded {
  const header = frame.header as unknown as Distances & { progress?: boolean; done?: number; total?: number; unit?: string };
  return header.progress ? { ...old, progress: `${header.done} of ${header.total} ${header.unit}` } : { distances: header, progress: "" };
}

/** How near the nearest adversarial image is: proved, estimated and found, as bars of one scale. */
export function Bounds({ panelId, state, units }: { panelId: string; state: AttackState; units: Units }) {
  const [wanted, setWanted] = useState("");
  const asked = { ...state, epsilon: 0, target: null, attack: { id: "pgd", parameters: {} } };
  const key = JSON.stringify(asked);
  const { value, status, message, stale } = useLive("bounds", `p${panelId}`, wanted === key ? { state: asked } : null, NOTHING, foldBounds);
  const size = (distance: number) => (state.norm === "linf" ? epsilonText(distance, units) : short(distance));
  const { distances } = value;
  const rows: [string, number | null, string][] = distances
    ? [
        ["Certified radius", distances.certified, distances.notCertified ?? ""],
        ["CLEVER score (an estimate)", distances.clever, ""],
        ["Smallest found by PGD", distances.found, "none found"],
      ]
    : [];
  const most = Math.max(...rows.map(([, distance]) => distance ?? 0), 1e-9);
  return (
    <section class="bounds" aria-label="Nearest adversarial image" aria-busy={status === "running"}>
      <h4>Nearest adversarial image</h4>
      {wanted === key && status === "failed" && <Note strong>{message}</Note>}
      {wanted === key && distances && !stale ? (
        <dl>
          {rows.map(([title, distance, missing]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd class="number">
                {distance === null ? missing : size(distance)}
                <div class="bound-bar" style={{ width: `${(100 * (distance ?? 0)) / most}%` }} />
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <button type="button" class="button" disabled={status === "running"} onClick={() => setWanted(key)}>
          {status === "running" ? `Computing ${value.progress} …` : "Compute its bounds"}
        </button>
      )}
    </section>
  );
}
