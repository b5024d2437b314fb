import type { AlgorithmChoice, PanelState } from "./types.js";

/** An algorithm as the page sends it: with all parameters that differ from the default. */
export interface Algorithm extends AlgorithmChoice {
  parameters: Record<string, string>;
}

/** A panel's state as the page sends it: norm and epsilon are never left to the server. */
export interface AttackState extends PanelState {
  attack: Algorithm;
  norm: string;
  epsilon: number;
  defenses: Algorithm[];
  adaptive: boolean;
}
