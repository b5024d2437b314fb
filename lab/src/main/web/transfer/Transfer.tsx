import { useEffect } from "preact/hooks";
import type { Frame, Grid, Rgba } from "../api/envelope.js";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/state.js";
import type { BeforeAfter, ClassName, ModelSummary, Predicted } from "../api/types.js";
import { firstName } from "../attack/attackState.js";
import { Bars } from "../attack/Bars.js";
import { reportTransfer } from "../attack/shown.js";
import { rangeOf, tableOf } from "../maps/colors.js";
import { HeatCanvas } from "../maps/HeatCanvas.js";
import { Note } from "../parts/Note.js";
import type { PanelDocument } from "../state/document.js";
import { changePanel, store } from "../state/lab.js";

const MOST = 6;
const MOST_MAPS = 2;

interface Other {
  model: string;
  error: string | null;
  before: Predicted;
  after: Predicted;
  flipped: boolean;
  resized: boolean;
  classes: BeforeAfter[];
  clean: Rgba | null;
  adversarial: Rgba | null;
  maps: { id: string; class: ClassName; clean: Grid | null; adversarial: Grid | null }[];
}

function foldOthers(others: Other[], frame: Frame): Other[] {
  const { header } = frame;
  if (typeof header.model !== "string") {
    return others;
  }
  const maps = (header.maps as { id: string; class: ClassName }[] | undefined) ?? [];
  const other = {
    ...(header as unknown as Other),
    error: header.error ?? null,
    clean: frame.rgba("clean"),
    adversarial: frame.rgba("adversarial"),
    maps: maps.map((map, at) => ({ id: map.id, class: map.class, clean: frame.grid(`map${at}-clean`), adversarial: frame.grid(`map${at}-adversarial`) })),
  };
  return [...others.filter(({ model }) => model !== other.model), other];
}

/** The same adversarial image, shown to networks that it was not made for. */
export function Transfer({ panel, state }: { panel: PanelDocument; state: AttackState }) {
  const models = store.use((whole) => whole.models);
  const methods = store.use((whole) => whole.document.heat.methods).slice(0, MOST_MAPS);
  const attacked = models.find(({ id }) => id === state.model);
  const possible = models.filter((model) => model.atHand && model.id !== state.model && alike(model, attacked));
  const body = panel.networks.length > 0 ? { state, models: panel.networks, methods, top: 3 } : null;
  const others = useLive("transfer", `p${panel.id}`, body, [] as Other[], foldOthers, { delay: 250 });
  const toggle = (id: string, on: boolean) =>
    changePanel(panel.id, { networks: on ? [...panel.networks, id].slice(-MOST) : panel.networks.filter((other) => other !== id) });
  useEffect(
    () => reportTransfer(panel.id, others.stale || body === null ? {} : Object.fromEntries(others.value.filter(({ error }) => error === null).map(({ model, flipped }) => [model, flipped]))),
    [panel.id, others.value, others.stale, body === null],
  );
  if (possible.length === 0) {
    return <p class="muted">No other network for such images is available. Fetch one under “Change network”.</p>;
  }
  const shown = others.value.filter(({ model }) => panel.networks.includes(model));
  return (
    <>
      <fieldset class="ticks">
        <legend class="small">Show it to</legend>
        {possible.map((model) => (
          <label key={model.id} class="tick small">
            <input type="checkbox" checked={panel.networks.includes(model.id)} onChange={(event) => toggle(model.id, event.currentTarget.checked)} />
            {model.title}
            {model.id === attacked?.robustVariant && <span class="chip">trained against attacks</span>}
          </label>
        ))}
      </fieldset>
      {state.defenses.length > 0 && <p class="small muted">Each of them stands behind the same defence as the attacked network.</p>}
      {others.status === "failed" && <Note strong>{others.message}</Note>}
      {others.status === "running" && <p class="muted small" role="status">Asking …</p>}
      <div class={`others ${others.stale ? "stale" : ""}`}>
        {shown.map((other) => (
          <OtherNetwork key={other.model} other={other} title={models.find(({ id }) => id === other.model)?.title ?? other.model} />
        ))}
      </div>
    </>
  );
}

function OtherNetwork({ other, title }: { other: Other; title: string }) {
  const maps = store.use((whole) => whole.offer.lab.colorMaps);
  const { colorMap, opacity } = store.use((whole) => whole.document.heat);
  const catalog = store.use((whole) => whole.offer.catalog);
  const table = maps.find((map) => map.name === colorMap) ?? maps[0];
  if (other.error) {
    return <Note strong>{title}: {other.error}</Note>;
  }
  return (
    <section class="other" aria-label={title}>
      <h4>{title}</h4>
      <p>
        {other.flipped ? (
          <>Fooled too: <b class="accent-text">{firstName(other.after.name)}</b></>
        ) : (
          <>Not fooled: still <b>{firstName(other.after.name)}</b></>
        )}
      </p>
      {other.resized && <p class="tiny muted">The image was resized for it, which alone blunts the attack.</p>}
      <Bars rows={other.classes} shown={null} caption="Prediction" />
      {other.maps.map((map) => (
        <div key={map.id} class="other-maps">
          <span class="tiny muted">{catalog.find(({ id }) => id === map.id)?.title ?? map.id}, class {map.class.name}</span>
          {([["clean", map.clean, other.clean], ["adversarial", map.adversarial, other.adversarial]] as const).map(
            ([side, grid, image]) =>
              grid && table && <HeatCanvas key={side} map={grid} image={image} table={tableOf(table)} scale={rangeOf([grid])} opacity={opacity} label={`${map.id} of the ${side} image in ${title}`} speaks={map.class.name} />,
          )}
        </div>
      ))}
    </section>
  );
}

function alike(model: ModelSummary, attacked: ModelSummary | undefined): boolean {
  return !model.input || !attacked?.input || (model.input.channels === attacked.input.channels && model.classes === attacked.classes);
}
