import { useEffect } from "preact/hooks";
import { isUnderWay, live as connection } from "../api/live.js";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/state.js";
import type { Live } from "../attack/liveUpdate.js";
import { About } from "../guide/About.js";
import { Note } from "../parts/Note.js";
import type { PanelDocument } from "../state/document.js";
import { changeHeat, store } from "../state/lab.js";
import { tableOf } from "./colors.js";
import { foldMaps, NO_MAPS } from "./heat.js";
import { HeatRow } from "./HeatRow.js";
import { HeatTools } from "./HeatTools.js";
import { LayerPicker } from "./LayerPicker.js";

const REST = 180;

/** The heat maps of the image and of the adversarial image. */
export function HeatSection({ panel, state, live }: { panel: PanelDocument; state: AttackState; live: Live }) {
  const heat = store.use((whole) => whole.document.heat);
  const { lab, catalog } = store.use((whole) => whole.offer);
  const names = store.use((whole) => whole.opened[state.model]?.labels) ?? [];
  const id = `p${panel.id}`;
  const body = {
    state,
    methods: heat.methods,
    class: heat.class,
    on: ["clean", "adversarial"],
    signed: heat.sign !== "positive",
  };
  const maps = useLive("maps", id, heat.methods.length > 0 ? body : null, NO_MAPS, foldMaps, { delay: REST });
  useEffect(() => () => connection.cancel(id, "maps"), [id]);
  const table = lab.colorMaps.find((map) => map.name === heat.colorMap) ?? lab.colorMaps[0];
  const busy = maps.status === "running";
  return (
    <>
      <HeatTools panelId={panel.id} heat={heat} names={names} predicted={live.update?.before.name ?? ""} />
      <p class="row small muted" role="status">
        {busy ? "Computing the maps …" : ""}
        {busy && (
          <button type="button" class="button low" onClick={() => connection.cancel(id, "maps")}>
            Cancel
          </button>
        )}
        {maps.status === "cancelled" && "Cancelled; change something to compute them again."}
      </p>
      {maps.status === "failed" && <Note strong>{maps.message}</Note>}
      <div class={`heat-grid ${maps.stale ? "stale" : ""}`} aria-busy={isUnderWay(maps.status)}>
        {heat.methods.map((method, place) => {
          const entry = catalog.find((known) => known.id === method.id);
          const found = maps.value.methods[place];
          return (
            <div key={method.id} class="heat-cell">
              <HeatRow
                maps={found?.id === method.id ? found : undefined}
                title={entry?.title ?? method.id}
                heat={heat}
                table={table ? tableOf(table) : new Uint8Array(768)}
                clean={live.clean}
                adversarial={live.adversarial}
                similarities={lab.similarities}
                onRemove={() => changeHeat({ methods: heat.methods.filter((other) => other.id !== method.id) })}
              />
              {entry && (
                <details class="more">
                  <summary>Settings and explanation</summary>
                  <LayerPicker entry={entry} method={method} place={place} />
                  <About entry={entry} />
                </details>
              )}
            </div>
          );
        })}
      </div>
      {maps.value.hints.map((hint) => (
        <Note key={hint}>{hint}</Note>
      ))}
    </>
  );
}
