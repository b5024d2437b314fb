import { useId, useState } from "preact/hooks";
import type { CatalogEntry } from "../api/types.js";
import { AlgorithmSelect } from "../parts/AlgorithmSelect.js";
import { Choice } from "../parts/Choice.js";
import { ClassSearch } from "../parts/ClassSearch.js";
import { Icon } from "../parts/icons.js";
import { algorithm, type HeatDocument } from "../state/document.js";
import { changeHeat, store } from "../state/lab.js";

const MOST_METHODS = 8;

/** How the maps are made and drawn. */
export function HeatTools({ panelId, heat, names, predicted }: {
  panelId: string;
  heat: HeatDocument;
  names: string[];
  predicted: string;
}) {
  const id = useId();
  const { catalog, lab } = store.use((state) => state.offer);
  const [chosen, setChosen] = useState("");
  const free = catalog.filter((entry) => entry.kind === "attribution" && !heat.methods.some(({ id: used }) => used === entry.id));
  const next = free.find((entry) => entry.id === chosen) ?? free[0];
  const add = (entry: CatalogEntry | undefined) => {
    if (entry) {
      changeHeat({ methods: [...heat.methods, algorithm(entry.id)] });
    }
  };
  return (
    <div class="heat-tools">
      <ClassSearch label="Explained class" none={predicted ? `the prediction (${predicted})` : "the prediction"} names={names} value={heat.class} onPick={(index) => changeHeat({ class: index })} />
      <div class="field roomy">
        <label for={`${id}-method`}>Add a method</label>
        <div class="row nowrap">
          <AlgorithmSelect id={`${id}-method`} entries={free} kinds={[["attribution", "Heat maps"]]} value={next?.id ?? ""} onPick={setChosen} />
          <button type="button" class="button" disabled={!next || heat.methods.length >= MOST_METHODS} onClick={() => add(next)}>
            <Icon name="plus" /> Add
          </button>
        </div>
      </div>
      <div class="field tight">
        <span class="label">Sign</span>
        <Choice
          label="Sign"
          name={`${panelId}-sign`}
          value={heat.sign}
          options={[["positive", "as is"], ["absolute", "size"], ["signed", "signed"]]}
          onPick={(sign) => changeHeat({ sign })}
        />
      </div>
      <div class="field tight">
        <span class="label">Scale</span>
        <Choice
          label="Scale"
          name={`${panelId}-scale`}
          value={heat.common ? "common" : "own"}
          options={[["common", "common"], ["own", "own"]]}
          onPick={(scale) => changeHeat({ common: scale === "common" })}
        />
      </div>
      <div class="field">
        <label for={`${id}-map`}>Colours</label>
        <select id={`${id}-map`} class="select" value={heat.colorMap} onChange={(event) => changeHeat({ colorMap: event.currentTarget.value })}>
          {lab.colorMaps.filter((map) => !map.diverging).map((map) => (
            <option key={map.name} value={map.name}>{map.name}</option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for={`${id}-opacity`}>Opacity</label>
        <input
          id={`${id}-opacity`}
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={heat.opacity}
          style={{ "--filled": `${100 * heat.opacity}%` } as never}
          aria-valuetext={`${Math.round(100 * heat.opacity)} %`}
          onInput={(event) => changeHeat({ opacity: Number(event.currentTarget.value) })}
        />
      </div>
    </div>
  );
}
