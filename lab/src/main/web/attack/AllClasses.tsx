import { useState } from "preact/hooks";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/state.js";
import type { BeforeAfter } from "../api/types.js";
import { Choice } from "../parts/Choice.js";
import { percent } from "../parts/numbers.js";
import { Sheet } from "../parts/Sheet.js";
import { changeHeat, store } from "../state/lab.js";
import { foldUpdate, NOTHING } from "./liveUpdate.js";

const MOST = 1000;
const SHOWN = 100;

type Order = "after" | "before" | "change";

const SIZE: Record<Order, (row: BeforeAfter) => number> = {
  after: ({ after }) => after,
  before: ({ before }) => before,
  change: ({ before, after }) => Math.abs(after - before),
};

/** All classes, sorted and searchable; picking one explains it by the heat maps. */
export function AllClasses({ panelId, state, onClose }: { panelId: string; state: AttackState; onClose: () => void }) {
  const explained = store.use((whole) => whole.document.heat.class);
  const [order, setOrder] = useState<Order>("after");
  const [wanted, setWanted] = useState("");
  const all = useLive("update", `${panelId}-classes`, { state, resting: false, top: MOST, images: [] }, NOTHING, foldUpdate);
  const text = wanted.trim().toLowerCase();
  const rows = (all.value.update?.classes ?? []).filter(({ name, index }) => name.toLowerCase().includes(text) || String(index) === text);
  rows.sort((a, b) => SIZE[order](b) - SIZE[order](a));
  const pick = (index: number) => {
    changeHeat({ class: index === explained ? null : index });
    onClose();
  };
  return (
    <Sheet title="All classes" onClose={onClose}>
      <div class="row apart">
        <input class="input find" type="search" placeholder="Find by name or number" aria-label="Find a class" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
        <Choice label="Sort by" name={`${panelId}-classes`} value={order} options={[["after", "after"], ["before", "before"], ["change", "change"]]} onPick={setOrder} />
      </div>
      <ul class="all-classes" aria-busy={all.value.update === null}>
        {rows.slice(0, SHOWN).map(({ index, name, before, after }) => (
          <li key={index}>
            <button type="button" class="bar-row" aria-pressed={index === explained} onClick={() => pick(index)}>
              <span class="bar-name">
                <span class="muted number">{index}</span> {name}
              </span>
              <span class="bar-values number">
                <span class="unseen">before </span>
                <span class="before">{percent(before)}</span>
                <span class="unseen"> after </span>
                <span class="after">{percent(after)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p class="small muted" role="status">
        {rows.length > SHOWN ? `${SHOWN} of ${rows.length} classes; type to find the others.` : `${rows.length} classes.`}
      </p>
    </Sheet>
  );
}
