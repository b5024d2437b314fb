import { useId } from "preact/hooks";
import type { ModelDetails } from "../api/types.js";

/**
 * What an attack is to do to independent labels: to change any of the set, or to turn one on or off. The class that it then aims at is
 * the subset that the network sees in the clean image, with that one label changed.
 */
export function LabelGoal({ model, before, target, onPick }: {
  model: ModelDetails;
  /** The class of the clean image. */
  before: number | null;
  target: number | null;
  onPick: (target: number | null) => void;
}) {
  const id = useId();
  if (before === null) {
    return null;
  }
  const goals = model.labelSet.map((label, place) => ({
    target: before ^ (1 << place),
    text: `turn ${(before >> place) & 1 ? "off" : "on"} ${model.independent[label] ?? label}`,
  }));
  const known = target === null || goals.some((goal) => goal.target === target);
  return (
    <div class="field">
      <label for={id}>The attack is to</label>
      <select id={id} class="select" value={target === null ? "" : String(target)} onChange={(event) => onPick(event.currentTarget.value === "" ? null : Number(event.currentTarget.value))}>
        <option value="">change any label of the set</option>
        {goals.map((goal) => (
          <option key={goal.target} value={String(goal.target)}>{goal.text}</option>
        ))}
        {!known && <option value={String(target)}>{`reach “${model.labels[target] ?? target}”`}</option>}
      </select>
    </div>
  );
}
