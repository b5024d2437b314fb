import { useState } from "preact/hooks";
import type { Frame } from "../api/envelope.js";
import type { AttackState } from "../api/state.js";
import { useLive } from "../api/useLive.js";

/** Distances of the nearest adversarial image, in the norm of the attack. */
export interface Distances {
  certified: number | null;
  clever: number;
  found: number | null;
  notCertified: string | null;
}

/** What is known of the distances, and how to ask for them. */
export interface Bounds {
  distances: Distances | null;
  running: boolean;
  progress: string;
  problem: string;
  compute: () => void;
}

interface Answer {
  distances: Distances | null;
  progress: string;
}

const NOTHING: Answer = { distances: null, progress: "" };

function foldBounds(old: Answer, frame: Frame): Answer {
  const header = frame.header as unknown as Distances & { progress?: boolean; done?: number; total?: number; unit?: string };
  return header.progress ? { ...old, progress: `${header.done} of ${header.total} ${header.unit}` } : { distances: header, progress: "" };
}

/** The state of which the distances are: they depend on no attack and no epsilon. */
export function ofNoAttack(state: AttackState): AttackState {
  return { ...state, epsilon: 0, target: null, attack: { id: "pgd", parameters: {} } };
}

/** The distances of a panel's image; computed when they are asked for, and forgotten with the image and the network. */
export function useBounds(panelId: string, state: AttackState): Bounds {
  const [wanted, setWanted] = useState("");
  const asked = ofNoAttack(state);
  const key = JSON.stringify(asked);
  const { value, status, message, stale } = useLive("bounds", `p${panelId}`, wanted === key ? { state: asked } : null, NOTHING, foldBounds);
  const present = wanted === key && !stale;
  return {
    distances: present ? value.distances : null,
    running: wanted === key && status === "running",
    progress: present ? value.progress : "",
    problem: wanted === key && status === "failed" ? message : "",
    compute: () => setWanted(key),
  };
}
