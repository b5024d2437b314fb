import { useId, useState } from "preact/hooks";
import { messageOf, postJson } from "../api/http.js";
import type { Algorithm } from "../api/state.js";
import type { ImageInfo, ModelSummary, StudyEntry } from "../api/types.js";
import { ATTACK_KINDS, epsilons as epsilonsOf } from "../attack/attackState.js";
import { ParameterFields } from "../attack/AttackForm.js";
import { DefenceChoice } from "../attack/DefenceChoice.js";
import { normTitle } from "../attack/EpsilonSlider.js";
import { AlgorithmSelect } from "../parts/AlgorithmSelect.js";
import { Icon } from "../parts/icons.js";
import { Note } from "../parts/Note.js";
import { algorithm } from "../state/document.js";
import { store } from "../state/lab.js";
import { BringImages } from "./BringImages.js";

const MOST_ATTACKS = 6;

/** A study in a few fields; what is set under Attack is the proposal. Its button alone starts it: Enter in a field does not. */
export function NewRun({ datasets, onBegun }: { datasets: string[]; onBegun: (study: StudyEntry) => void }) {
  const id = useId();
  const { catalog, lab } = store.use((state) => state.offer);
  const document = store.use((state) => state.document);
  const models = store.use((state) => state.models).filter(({ atHand }) => atHand);
  const [panel] = document.panels;
  const [model, setModel] = useState(document.model);
  const [source, setSource] = useState("samples");
  const [limit, setLimit] = useState("20");
  const [brought, setBrought] = useState<ImageInfo[]>([]);
  const [attacks, setAttacks] = useState<Algorithm[]>([panel?.attack ?? algorithm(lab.defaults.attack)]);
  const setAttack = (at: number, attack: Algorithm) => setAttacks(attacks.map((other, place) => (place === at ? attack : other)));
  const [defenses, setDefenses] = useState<Algorithm[]>(panel?.defenses ?? []);
  const [method, setMethod] = useState("");
  const [norm, setNorm] = useState(panel?.norm ?? "linf");
  const [written, setEpsilons] = useState<string | null>(null);
  const epsilons = written ?? proposed(norm, models.find(({ id: known }) => known === model));
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);

  const start = async () => {
    setProblem("");
    const values = epsilons.split(",").map(readNumber);
    if (values.some((value) => !(value >= 0))) {
      setProblem("Write the epsilons as numbers with commas between them, such as 4/255, 0.05.");
      return;
    }
    setBusy(true);
    try {
      const kind = source.startsWith("dataset:") ? { kind: "dataset", name: source.slice(8) } : source === "images" ? { kind: "images", ids: brought.map(({ id: known }) => known) } : { kind: source };
      const { study } = await postJson<{ study: StudyEntry }>("api/studies", {
        model,
        source: { ...kind, limit: Math.max(1, Number(limit) || 20) },
        attacks,
        norm,
        epsilons: values,
        target: null,
        methods: method ? [algorithm(method)] : [],
        seed: 0,
        batch: 16,
        rounding: true,
        quantize: false,
        smallest: false,
        defenses,
        labelSet: model === document.model ? document.labelSet : null,
      });
      onBegun(study);
    } catch (failure) {
      setProblem(messageOf(failure));
    }
    setBusy(false);
  };
  return (
    <section class="card section" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>New run</h3>
      <div class="fields">
        <div class="field">
          <label for={`${id}-model`}>Network</label>
          <select id={`${id}-model`} class="select" value={model} onChange={(event) => setModel(event.currentTarget.value)}>
            {models.map((known) => (
              <option key={known.id} value={known.id}>{known.title}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={`${id}-source`}>Images</label>
          <select id={`${id}-source`} class="select" value={source} onChange={(event) => setSource(event.currentTarget.value)}>
            {brought.length > 0 && <option value="images">{brought.length} images of yours</option>}
            <option value="samples">the lab's samples</option>
            {lab.imagesFolder && <option value="folder">the folder given with --images</option>}
            {datasets.map((name) => (
              <option key={name} value={`dataset:${name}`}>{name}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={`${id}-limit`}>At most</label>
          <input id={`${id}-limit`} class="input" inputMode="numeric" value={limit} onInput={(event) => setLimit(event.currentTarget.value)} />
        </div>
        {attacks.map((attack, at) => (
          <div class="field" key={at}>
            <label for={`${id}-attack-${at}`}>{attacks.length > 1 ? `Attack ${at + 1}` : "Attack"}</label>
            <span class="row nowrap">
              <AlgorithmSelect id={`${id}-attack-${at}`} entries={catalog} kinds={ATTACK_KINDS} value={attack.id} onPick={(picked) => setAttack(at, algorithm(picked))} />
              {attacks.length > 1 && (
                <button type="button" class="button quiet square" aria-label={`Leave out attack ${at + 1}`} onClick={() => setAttacks(attacks.filter((_, place) => place !== at))}>
                  <Icon name="close" />
                </button>
              )}
            </span>
          </div>
        ))}
        <div class="field">
          <label for={`${id}-norm`}>Norm</label>
          <select id={`${id}-norm`} class="select" value={norm} onChange={(event) => setNorm(event.currentTarget.value)}>
            {lab.norms.map((known) => (
              <option key={known} value={known}>{normTitle(known)}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={`${id}-epsilons`}>Epsilons</label>
          <input id={`${id}-epsilons`} class="input" value={epsilons} onInput={(event) => setEpsilons(event.currentTarget.value)} />
        </div>
        <div class="field">
          <label for={`${id}-method`}>Heat map</label>
          <select id={`${id}-method`} class="select" value={method} onChange={(event) => setMethod(event.currentTarget.value)}>
            <option value="">none</option>
            {catalog.filter(({ kind }) => kind === "attribution").map((known) => (
              <option key={known.id} value={known.id}>{known.title}</option>
            ))}
          </select>
        </div>
      </div>
      {attacks.map((attack, at) => {
        const entry = catalog.find((known) => known.id === attack.id);
        return (
          entry &&
          entry.parameters.length > 0 && (
            <details class="more" key={at}>
              <summary>Parameters of {entry.title}</summary>
              <ParameterFields parameters={entry.parameters} value={attack} onChange={(changed) => setAttack(at, changed)} />
            </details>
          )
        );
      })}
      <DefenceChoice value={defenses} onChange={setDefenses} />
      <BringImages
        count={brought.length}
        onBrought={(images) => {
          const all = [...new Map([...brought, ...images].map((image) => [image.id, image])).values()];
          setBrought(all);
          setSource(all.length > 0 ? "images" : source);
          setLimit(String(Math.max(1, all.length)));
        }}
      />
      {problem && <Note strong>{problem}</Note>}
      <div class="row">
        <button type="button" class="button main" disabled={busy} onClick={() => void start()}>
          Start the run
        </button>
        {attacks.length < MOST_ATTACKS && (
          <button type="button" class="button" onClick={() => setAttacks([...attacks, algorithm(lab.defaults.attack)])}>
            <Icon name="plus" /> One more attack
          </button>
        )}
      </div>
    </section>
  );
}

/** Half the usual size, the usual size and twice the usual size. */
function proposed(norm: string, model: ModelSummary | undefined): string {
  const { usual } = epsilonsOf(norm, model);
  return [0.5, 1, 2]
    .map((share) => (norm === "linf" ? `${Math.round(255 * share * usual)}/255` : String(Number((share * usual).toPrecision(4)))))
    .join(", ");
}

/** Accepts 8/255 as people write it. */
function readNumber(text: string): number {
  const [top = "", bottom] = text.trim().split("/");
  return top.trim() === "" ? NaN : Number(top) / (bottom === undefined ? 1 : Number(bottom));
}
