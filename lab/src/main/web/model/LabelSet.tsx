import { useState } from "preact/hooks";
import type { ModelDetails } from "../api/types.js";
import { Sheet } from "../parts/Sheet.js";
import { chooseLabels } from "../image/choose.js";

/** How many labels can be decided on together: a set has two to this power classes. */
const MOST_LABELS = 10;

/** Which independent labels a network decides on: an attack turns them on and off, and leaves the others out of account. */
export function LabelSet({ model }: { model: ModelDetails }) {
  const [open, setOpen] = useState(false);
  const names = model.labelSet.map((label) => model.independent[label] ?? String(label));
  return (
    <div class="stack tight">
      <p class="small">
        <span class="muted">Its labels are independent. Decided on: </span>
        <b>{names.join(", ")}</b>
        <span class="muted"> ({model.labelSet.length} of {model.independent.length})</span>
      </p>
      <button type="button" class="button low" onClick={() => setOpen(true)}>
        Choose labels
      </button>
      {open && <LabelSheet model={model} onClose={() => setOpen(false)} />}
    </div>
  );
}

function LabelSheet({ model, onClose }: { model: ModelDetails; onClose: () => void }) {
  const [picked, setPicked] = useState<number[]>(model.labelSet);
  const [wanted, setWanted] = useState("");
  const shown = model.independent
    .map((name, label) => ({ name, label }))
    .filter(({ name, label }) => picked.includes(label) || name.toLowerCase().includes(wanted.toLowerCase()));
  const full = picked.length >= MOST_LABELS;
  return (
    <Sheet title="Labels that are decided on" onClose={onClose}>
      <p class="small muted">
        Each label is on or off by itself. With one label, an attack turns it on or off; with several, each subset of them is a class, and an
        attack changes the subset. At most {MOST_LABELS}.
      </p>
      <div class="field">
        <label for="label-search">Search</label>
        <input id="label-search" class="input" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
      </div>
      <div class="ticks" role="group" aria-label="Labels">
        {shown.slice(0, 200).map(({ name, label }) => (
          <label key={label} class="tick">
            <input
              type="checkbox"
              checked={picked.includes(label)}
              disabled={full && !picked.includes(label)}
              onChange={(event) => setPicked(event.currentTarget.checked ? [...picked, label].sort((a, b) => a - b) : picked.filter((other) => other !== label))}
            />
            {name}
          </label>
        ))}
      </div>
      <div class="row">
        <button
          type="button"
          class="button main"
          disabled={picked.length === 0}
          onClick={() => {
            chooseLabels(picked);
            onClose();
          }}
        >
          Decide on {picked.length === 1 ? "this label" : `these ${picked.length} labels`}
        </button>
      </div>
    </Sheet>
  );
}
