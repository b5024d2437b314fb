import type { AttackState, Update } from "../api/types.js";
import type { Curves } from "../curves/curves.js";
import type { PanelDocument } from "../state/document.js";

export function Sections(_: { panel: PanelDocument; state: AttackState; update: Update | null; curves: Curves }) {
  return null;
}
