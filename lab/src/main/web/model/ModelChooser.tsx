import { useEffect, useState } from "preact/hooks";
import { openModel, store } from "../state/lab.js";
import { Toolbar } from "../parts/Toolbar.js";
import { LabelSet } from "./LabelSet.js";
import { ModelCard } from "./ModelCard.js";
import { ModelPicker } from "./ModelPicker.js";

/** The network under attack, and the way to another one. */
export function ModelChooser() {
  const id = store.use((state) => state.document.model);
  const model = store.use((state) => state.models.find((known) => known.id === id));
  const opened = store.use((state) => state.opened[id]);
  const [shown, setShown] = useState<"picker" | "card" | null>(null);
  const labelSet = store.use((state) => state.document.labelSet);
  useEffect(() => void openModel(id, labelSet), [id, labelSet]);
  const input = model?.input;
  return (
    <section class="chooser" aria-labelledby="model-title">
      <h2 id="model-title">Network</h2>
      <div class="model-now">
        <strong>{model?.title ?? id}</strong>
        <span class="muted small">
          {input ? `${input.width} × ${input.height} ${input.channels === 1 ? "grey" : "colour"}` : ""}
          {model?.classes ? ` · ${model.classes} ${model.multiLabel ? "independent labels" : "classes"}` : ""}
          {opened ? ` · ${opened.layers.length} layers` : ""}
        </span>
      </div>
      {opened && opened.independent.length > 0 && <LabelSet model={opened} />}
      <Toolbar label="The network">
        <button type="button" class="button" onClick={() => setShown("picker")}>
          Change network
        </button>
        <button type="button" class="button quiet" disabled={!opened} onClick={() => setShown("card")}>
          Its card
        </button>
      </Toolbar>
      {shown === "picker" && <ModelPicker onClose={() => setShown(null)} />}
      {shown === "card" && opened && <ModelCard model={opened} entry={model} onClose={() => setShown(null)} />}
    </section>
  );
}
