import type { AttackState } from "../api/state.js";
import type { CatalogEntry, LabelChange, Norms, UpdateFields } from "../api/types.js";
import { styleOf } from "../colors/classColors.js";
import { useSlots } from "../colors/useSlots.js";
import { epsilonText, percent, short, type Units } from "../parts/numbers.js";
import { store } from "../state/lab.js";
import { firstName, isBounded } from "./attackState.js";
import type { Live } from "./liveUpdate.js";

/**
 * What happened, in one sentence. Everything in it is read off the answer and what the answer is
 * about; what is set by now appears only where there is no answer for it.
 */
export function Headline({ live, wanted, stale, problem, units }: {
  live: Live;
  wanted: AttackState;
  stale: boolean;
  problem: string;
  units: Units;
}) {
  const catalog = store.use((state) => state.offer.catalog);
  const connected = store.use((state) => state.connected);
  const { update, state } = live;
  const entryOf = ({ attack }: AttackState) => catalog.find(({ id }) => id === attack.id);
  const behind = ({ defenses, adaptive }: AttackState) =>
    defenses.length > 0
      ? ` · behind ${defenses.map((one) => catalog.find(({ id }) => id === one.id)?.title ?? one.id).join(", ")}${adaptive ? "" : ", of which the attack does not know"}`
      : "";
  const missing = problem || (connected ? "" : "the lab does not answer");
  if (update && state && !(stale && missing)) {
    return (
      <div role="status" class={stale ? "stale" : ""}>
        <Sentence update={update} />
        <p class="muted">
          {facts(update, state, entryOf(state), units)}
          {behind(state)}
          {stale ? " · computing what is set now …" : ""}
        </p>
      </div>
    );
  }
  return (
    <div role="status">
      <p class="headline muted">{missing ? `No result for ${setting(wanted, entryOf(wanted), units)}${behind(wanted)}: ${missing}.` : "Attacking …"}</p>
      {update && state && <p class="muted">The images below are older: {facts(update, state, entryOf(state), units)}{behind(state)}.</p>}
    </div>
  );
}

function Sentence({ update }: { update: UpdateFields }) {
  const slot = useSlots();
  return (
    <p class="headline">
      It saw <b class={styleOf(slot(update.before.index))}>{firstName(update.before.name)}</b>
      {update.before.index === update.after.index ? (
        <>, and still does.</>
      ) : (
        <>
          . Now it sees <b class={`accent ${styleOf(slot(update.after.index))}`}>{firstName(update.after.name)}</b>.
        </>
      )}
      {update.labels && <LabelChanges labels={update.labels} />}
    </p>
  );
}

/** Which independent labels the attack turned on and off. */
function LabelChanges({ labels: { on, off } }: { labels: LabelChange }) {
  if (on.length + off.length === 0) {
    return <> No label was turned on or off.</>;
  }
  return (
    <>
      {" "}
      The attack turned{" "}
      {on.length > 0 && (
        <>
          <b>{on.join(", ")}</b> on
        </>
      )}
      {on.length > 0 && off.length > 0 && " and "}
      {off.length > 0 && (
        <>
          <b>{off.join(", ")}</b> off
        </>
      )}
      .
    </>
  );
}

function setting(state: AttackState, entry: CatalogEntry | undefined, units: Units): string {
  const title = entry?.title ?? state.attack.id;
  return isBounded(entry) ? `${title} at ${size(state, units)}` : title;
}

function facts(update: UpdateFields, state: AttackState, entry: CatalogEntry | undefined, units: Units): string {
  return `${entry?.title ?? state.attack.id} · ${strength(update, state, entry, units)} · confidence ${percent(update.after.probability)}`;
}

function strength(update: UpdateFields, state: AttackState, entry: CatalogEntry | undefined, units: Units): string {
  if (!isBounded(entry)) {
    return `found at a distance of ${short(update.norms[state.norm as keyof Norms] ?? update.norms["l2"])}`;
  }
  return state.norm === "linf" ? `no pixel moved by more than ${size(state, units)}` : `within ${size(state, units)}`;
}

function size({ epsilon, norm }: AttackState, units: Units): string {
  return norm === "linf" ? epsilonText(epsilon, units) : `${short(epsilon)} in ${norm.toUpperCase()}`;
}
