import { useEffect, useId } from "preact/hooks";
import type { Frame } from "../api/envelope.js";
import { useLive } from "../api/useLive.js";
import { attackState } from "../attack/attackState.js";
import { firstName } from "../attack/attackState.js";
import { foldUpdate, NOTHING } from "../attack/liveUpdate.js";
import { Choice } from "../parts/Choice.js";
import { Note } from "../parts/Note.js";
import { shapeText } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { change, openModel, store } from "../state/lab.js";
import { ChannelGrid, type Activations, type Channel } from "./ChannelGrid.js";
import { Filters } from "./Filters.js";

const MOST = 32;
const NO_ACTIVATIONS: Activations | null = null;

function foldActivations(_: Activations | null, frame: Frame): Activations | null {
  const clean = frame.numbers("clean");
  const adversarial = frame.numbers("adversarial");
  if (!clean || !adversarial) {
    return null;
  }
  return {
    shape: frame.header.shape as number[],
    channels: frame.header.channels as Channel[],
    total: Number(frame.header.total),
    from: Number(frame.header.min),
    to: Number(frame.header.max),
    clean,
    adversarial,
  };
}

/** Inside the network: filters of the first layer, and the activations of every layer for both images. */
export function LayerView() {
  const id = useId();
  const document = store.use((state) => state.document);
  const model = store.use((state) => state.opened[document.model]);
  const [panel] = document.panels;
  useEffect(() => void openModel(document.model), [document.model]);
  const layers = model?.layers ?? [];
  const layer = layers.find(({ name }) => name === document.layer)?.name ?? model?.defaultLayer ?? layers[0]?.name;
  const state = panel && attackState(document, panel);
  const body = state && layer ? { state: { ...state, defense: null }, layer, order: document.order, offset: 0, limit: MOST } : null;
  const activations = useLive("activations", "layers", body, NO_ACTIVATIONS, foldActivations, { delay: 100 });
  const images = useLive("update", "layers", state ? { state, resting: false, top: 1, images: ["clean", "adversarial"] } : null, NOTHING, foldUpdate);
  const { update, clean, adversarial } = images.value;
  const shape = layers.find(({ name }) => name === layer);
  return (
    <div class="stack view">
      <header class="view-head">
        <div>
          <h2>Inside {model?.title ?? document.model}</h2>
          <p class="muted">The activation of each channel for the image and for the adversarial image.</p>
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
      <section class="card section">
        <h3>Filters of the first layer</h3>
        <Filters model={document.model} />
      </section>
      <section class="card section" aria-label="Activations">
        <div class="row apart">
          <div class="field narrow-field">
            <label for={id}>Layer</label>
            <select id={id} class="select" value={layer} onChange={(event) => change({ layer: event.currentTarget.value })}>
              {layers.map(({ name, type }) => (
                <option key={name} value={name}>{`${name} (${type})`}</option>
              ))}
            </select>
          </div>
          <div class="field">
            <span class="label">Order</span>
            <Choice
              label="Order"
              name={`${id}-order`}
              value={document.order}
              options={[["changed", "most changed"], ["strongest", "strongest"], ["index", "by number"]]}
              onPick={(order) => change({ order })}
            />
          </div>
        </div>
        <p class="small muted" role="status">
          {activations.status === "running" ? "Looking …" : shape ? `${shape.type}, ${shapeText(shape.shape)}${activations.value && activations.value.total > MOST ? `; ${MOST} of ${activations.value.total} channels` : ""}` : ""}
        </p>
        {activations.status === "failed" && <Note strong>{activations.message}</Note>}
        {activations.value && layer && (
          <div class={activations.stale ? "stale" : ""}>
            <ChannelGrid activations={activations.value} layer={layer} />
          </div>
        )}
      </section>
    </div>
  );
}
