import { useEffect, useMemo, useState } from "preact/hooks";
import { useLive } from "../api/useLive.js";
import { attackState, epsilons, firstName, isBounded } from "../attack/attackState.js";
import { EpsilonSlider } from "../attack/EpsilonSlider.js";
import { foldUpdate, NOTHING } from "../attack/liveUpdate.js";
import { useSlots } from "../colors/useSlots.js";
import { NO_CURVES } from "../curves/curves.js";
import { SIGNED, tableOf } from "../maps/colors.js";
import { blocksOf } from "../network/blocks.js";
import { ChannelSheet } from "../network/ChannelSheet.js";
import { foldEvidence, NO_EVIDENCE } from "../network/evidence.js";
import { NetworkPicture, type ChannelReference } from "../network/NetworkPicture.js";
import { Switched } from "../network/Switched.js";
import { Note } from "../parts/Note.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { change, changePanel, openModel, store } from "../state/lab.js";
import { AllChannels } from "./AllChannels.js";
import { Filters } from "./Filters.js";

const MOST_LAYERS = 64;

/** Inside the network: its picture, the channels that carry the new class, and the activations of every layer. */
export function LayerView() {
  const document = store.use((state) => state.document);
  const model = store.use((state) => state.opened[document.model]);
  const summary = store.use((state) => state.models.find(({ id }) => id === document.model));
  const maps = store.use((state) => state.offer.lab.colorMaps);
  const entry = store.use((state) => state.offer.catalog.find(({ id }) => id === document.panels[0]?.attack.id));
  const [panel] = document.panels;
  const [off, setOff] = useState<ChannelReference[]>([]);
  const [chosen, setChosen] = useState<ChannelReference | null>(null);
  useEffect(() => void openModel(document.model), [document.model]);
  useEffect(() => {
    setOff([]);
    setChosen(null);
  }, [document.model]);
  const layers = model?.layers ?? [];
  const blocks = useMemo(() => blocksOf(layers), [model]);
  const carrying = blocks.filter(({ last }) => last.spatial).slice(-MOST_LAYERS).map(({ id }) => id);
  const layer = layers.find(({ name }) => name === document.layer)?.name ?? model?.defaultLayer ?? layers[0]?.name ?? "";
  const state = panel && attackState(document, panel);
  const plain = state && { ...state, defense: null };
  const images = useLive("update", "layers", state ? { state, resting: false, top: 1, images: ["clean", "adversarial"] } : null, NOTHING, foldUpdate, { series: JSON.stringify({ ...state, epsilon: 0 }) });
  const evidence = useLive("evidence", "layers", plain && carrying.length > 0 ? { state: plain, layers: carrying } : null, NO_EVIDENCE, foldEvidence, { delay: 120 });
  const { update, clean, adversarial } = images.value;
  const slot = useSlots();
  [update?.before.index, update?.after.index].forEach((index) => index !== undefined && slot(index));
  const found = maps.find(({ name }) => name === document.heat.colorMap);
  const table = found ? tableOf(found) : SIGNED;
  const block = blocks.find(({ id }) => id === chosen?.layer);
  const isOff = (one: ChannelReference) => off.some((other) => other.layer === one.layer && other.channel === one.channel);
  const turn = (one: ChannelReference) =>
    setOff(isOff(one) ? off.filter((other) => other.layer !== one.layer || other.channel !== one.channel) : [...off, one]);
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
            onCurves={null}
            onMove={(epsilon) => changePanel(panel.id, { epsilon })}
            onUnits={(units) => change({ units })}
          />
        )}
        {evidence.status === "failed" && <Note strong>{evidence.message}</Note>}
        <div class={evidence.stale ? "stale" : ""}>
          <NetworkPicture
            blocks={blocks}
            evidence={evidence.value}
            table={table}
            off={off}
            chosen={chosen}
            chosenLayer={layer}
            onChannel={setChosen}
            onLayer={(name) => change({ layer: name })}
          />
        </div>
        {state && <Switched state={state} off={off} onClear={() => setOff([])} />}
        {state && chosen && block && (
          <ChannelSheet
            key={`${chosen.layer}/${chosen.channel}`}
            state={state}
            reference={chosen}
            block={block}
            carrier={evidence.value.layers.get(chosen.layer)?.find(({ channel }) => channel === chosen.channel)}
            carried={evidence.value.carried}
            table={table}
            off={isOff(chosen)}
            onSwitch={() => turn(chosen)}
            onClose={() => setChosen(null)}
          />
        )}
      </section>
      {plain && layer && <AllChannels state={plain} layers={layers} layer={layer} />}
      <section class="card section">
        <h3>Filters of the first layer</h3>
        <Filters model={document.model} />
      </section>
    </div>
  );
}
