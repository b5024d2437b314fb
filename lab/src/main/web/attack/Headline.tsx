import type { Entry, Update } from "../api/types.js";
import { epsilonText, percent, short, type Units } from "../parts/numbers.js";
import { firstName, isBounded } from "./attackState.js";

/** What happened, in one sentence. */
export function Headline({ update, entry, units, norm, epsilon }: {
  update: Update | null;
  entry: Entry | undefined;
  units: Units;
  norm: string;
  epsilon: number;
}) {
  if (!update) {
    return <p class="headline muted">Attacking …</p>;
  }
  const before = firstName(update.before.name);
  const after = firstName(update.after.name);
  return (
    <div role="status">
      <p class="headline">
        It saw <b>{before}</b>
        {update.before.index === update.after.index ? (
          <>, and still does.</>
        ) : (
          <>
            . Now it sees <b class="accent">{after}</b>.
          </>
        )}
      </p>
      <p class="muted">
        {entry?.title ?? ""} · {strength(update, entry, units, norm, epsilon)} · {percent(update.after.probability)} sure
      </p>
    </div>
  );
}

function strength(update: Update, entry: Entry | undefined, units: Units, norm: string, epsilon: number): string {
  if (!isBounded(entry)) {
    return `found at a distance of ${short(update.norms[norm] ?? update.norms["l2"])}`;
  }
  return norm === "linf" ? `no pixel moved by more than ${epsilonText(epsilon, units)}` : `within ${short(epsilon)} in ${norm.toUpperCase()}`;
}
