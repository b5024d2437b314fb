import { useId, useState } from "preact/hooks";
import { useLive } from "../api/useLive.js";
import type { AttackState } from "../api/state.js";
import { firstName } from "../attack/attackState.js";
import { ofNoAttack } from "../attack/bounds.js";
import { BoundsBar } from "../attack/BoundsBar.js";
import { Note } from "../parts/Note.js";
import { epsilonText, percent, short, type Units } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { algorithm, type PanelDocument } from "../state/document.js";
import { store } from "../state/lab.js";
import { foldNearest, foldTwins, twinsOf, type Nearest, type Twin, type TwinResult } from "./twins.js";

const FIRST_DEFENCE = "jpeg";

/** The same image, attack and epsilon against the standard network, its robust twin and the network behind a defence. */
export function Twins({ panel, state, most, units }: { panel: PanelDocument; state: AttackState; most: number; units: Units }) {
  const id = useId();
  const { lab, catalog } = store.use((whole) => whole.offer);
  const models = store.use((whole) => whole.models);
  const [picked, setPicked] = useState(FIRST_DEFENCE);
  const [wanted, setWanted] = useState("");
  const present = models.find((model) => model.id === state.model);
  const titleOf = (defense: string) => catalog.find((entry) => entry.id === defense)?.title ?? defense;
  const defenses = panel.defenses.length > 0 ? panel.defenses : [algorithm(picked)];
  const twins = present ? twinsOf(models, present, defenses, defenses.map((one) => titleOf(one.id)).join(", ")) : [];
  const sent = twins.map((twin) => ({ model: twin.model.id, defenses: twin.defenses }));
  const found = useLive("twins", `p${panel.id}`, { state, twins: sent }, [] as TwinResult[], foldTwins);
  const asked = { state: ofNoAttack(state), twins: sent, bounds: true };
  const key = JSON.stringify(asked);
  const bounds = useLive("twins", `p${panel.id}-rest`, wanted === key ? asked : null, [] as Nearest[], foldNearest);
  const nearest = wanted === key && !bounds.stale ? bounds.value : [];
  const text = (size: number) => (state.norm === "linf" ? epsilonText(size, units) : short(size));
  return (
    <>
      <div class="row apart">
        {panel.defenses.length === 0 ? (
          <label class="row nowrap" for={id}>
            <span class="small no-break">Defended by</span>
            <select id={id} class="select narrow-field" value={picked} onChange={(event) => setPicked(event.currentTarget.value)}>
              {lab.defenses.map((defense) => (
                <option key={defense} value={defense}>{titleOf(defense)}</option>
              ))}
            </select>
          </label>
        ) : (
          <span class="small muted">The defence is that of the panel.</span>
        )}
        {wanted !== key && (
          <button type="button" class="button low" onClick={() => setWanted(key)}>
            Compute the bounds of all
          </button>
        )}
      </div>
      {found.status === "failed" && <Note strong>{found.message}</Note>}
      <div class={`twin-row ${found.stale ? "stale" : ""}`} aria-busy={found.status === "running"}>
        {twins.map((twin, at) => (
          <TwinColumn
            key={`${twin.model.id} ${twin.kind}`}
            twin={twin}
            result={found.value.find((one) => one.twin === at)}
            nearest={nearest.find((one) => one.twin === at)}
            computing={wanted === key && bounds.status === "running"}
            epsilon={state.epsilon}
            most={most}
            text={text}
          />
        ))}
      </div>
      {!twins.some(({ kind }) => kind === "adversarially trained") && <p class="small muted">No adversarially trained network of the same kind is at hand.</p>}
      <p class="small muted">
        Each is attacked by its own gradients, and by those that pass its defence. Success is a class other than that of its own clean prediction.
      </p>
    </>
  );
}

function TwinColumn({ twin, result, nearest, computing, epsilon, most, text }: {
  twin: Twin;
  result: TwinResult | undefined;
  nearest: Nearest | undefined;
  computing: boolean;
  epsilon: number;
  most: number;
  text: (size: number) => string;
}) {
  return (
    <section class="twin" aria-label={`${twin.model.title}, ${twin.kind}`}>
      <h4 class="twin-kind">{twin.kind}</h4>
      <span class="tiny muted">{twin.model.title}</span>
      {result?.error && <Note strong>{result.error}</Note>}
      {result && !result.error && (
        <>
          <div class="twin-images">
            <PixelCanvas image={result.clean} label={`The image, classified as ${result.before.name}`} />
            <PixelCanvas image={result.adversarial} label={`The adversarial image, classified as ${result.after.name}`} class={result.success ? "fooled" : ""} />
          </div>
          <p class="twin-verdict">
            {result.success ? (
              <>
                <b class="accent-text">Fooled:</b> {firstName(result.before.name)} → <b class="accent-text">{firstName(result.after.name)}</b>
              </>
            ) : (
              <>
                <b>Not fooled:</b> {firstName(result.after.name)}
              </>
            )}{" "}
            <span class="muted number">{percent(result.after.probability)}</span>
          </p>
        </>
      )}
      {nearest?.distances && <BoundsBar distances={nearest.distances} most={most} text={text} cursor={epsilon} />}
      {nearest?.error && !result?.error && <Note>{nearest.error}</Note>}
      {computing && !nearest && <p class="tiny muted">Computing its bounds …</p>}
    </section>
  );
}
