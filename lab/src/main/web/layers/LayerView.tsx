import { useEffect } from "preact/hooks";
import { useLive } from "../api/useLive.js";
import { attackState, epsilons, firstName, isBounded } from "../attack/attackState.js";
import { EpsilonSlider } from "../attack/EpsilonSlider.js";
import { foldUpdate, NOTHING } from "../attack/liveUpdate.js";
import { useSlots } from "../colors/useSlots.js";
import { NO_CURVES } from "../curves/curves.js";
import { Inside } from "../network/Inside.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { change, changePanel, openModel, store } from "../state/lab.js";
import { AllChannels } from "./AllChannels.js";
import { Filters } from "./Filters.js";

/** Inside the network: its picture, the channels that carry the new class, and the activations of every layer. */
export function LayerView() {
  const document = store.use((state) => state.document);
  const model = store.use((state) => state.opened[document.model]);
  const summary = store.use((state) => state.models.find(({ id }) => id === document.model));
  const entry = store.use((state) => state.offer.catalog.find(({ id }) => id === document.panels[0]?.attack.id));
  const [panel] = document.panels;
  useEffect(() => void openModel(document.model, document.labelSet), [document.model, document.labelSet]);
  const layers = model?.layers ?? [];
  const layer = layers.find(({ name }) => name === document.layer)?.name ?? model?.defaultLayer ?? layers[0]?.name ?? "";
  const state = panel && attackState(document, panel);
  const images = useLive("update", "layers", state ? { state, resting: false, top: 1, images: ["clean", "adversarial"] } : null, NOTHING, foldUpdate, { series: JSON.stringify({ ...state, epsilon: 0 }) });
  const { update, clean, adversarial } = images.value;
  const slot = useSlots();
  [update?.before.index, update?.after.index].forEach((index) => index !== undefined && slot(index));
  return (
    <div class="stack view">
      <header class="view-head">
        <div>
          <h2>Inside {model?.title ?? document.model}</h2>
          <p class="muted" role="status">
            {update && update.before.index !== update.after.index
              ? `Lit are the channels that carry ${firstName(update.after.name)}, which the network sees now in place of ${firstName(update.before.name)}.`
              : "The channels of each layer that gained most under the attack."}
          </p>
        </div>
        <div class={`twins ${images.stale ? "stale" : ""}`}>
          <figure>
            <PixelCanvas image={clean} label="The image" />
            <figcaption class="tiny muted">{update ? firstName(update.before.name) : ""}</figcaption>
          </figure>
          <figure>
            <PixelCanvas image={adversarial} label="The adversarial image" />
            <figcaption class="tiny">{update ? firstName(update.after.name) : ""}</figcaption>
          </figure>
        </div>
      </header>
      <section class="card section" aria-labelledby="network-title">
        <h3 id="network-title">The network</h3>
        {panel && isBounded(entry) && (
          <EpsilonSlider
            epsilon={panel.epsilon}
            norm={panel.norm}
            most={Math.max(epsilons(panel.norm, summary).largest, panel.epsilon)}
            units={document.units}
            curves={NO_CURVES}
            old=""
            bounds={null}
            onCurves={null}
            onMove={(epsilon) => changePanel(panel.id, { epsilon })}
            onUnits={(units) => change({ units })}
          />
        )}
        {state && <Inside place="layers" state={state} />}
      </section>
      {state && layer && <AllChannels state={state} layers={layers} layer={layer} />}
      <section class="card section">
        <h3>Filters of the first layer</h3>
        <Filters model={document.model} />
      </section>
    </div>
  );
}
