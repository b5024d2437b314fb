import { useState } from "preact/hooks";
import { messageOf, remove } from "../api/http.js";
import type { ModelList, ModelSummary } from "../api/types.js";
import { bytesText, percent } from "../parts/numbers.js";
import { Note } from "../parts/Note.js";
import { Sheet } from "../parts/Sheet.js";
import { chooseModel } from "../image/choose.js";
import { Later } from "../shell/Later.js";
import { notify, store } from "../state/lab.js";
import { Fetch } from "./Fetch.js";

const addModel = () => import("./AddModel.js").then(({ AddModel }) => AddModel);

const STATES: readonly (readonly [ModelSummary["state"], string])[] = [
  ["embedded", "Comes with the program"],
  ["local", "Your own and fetched"],
  ["mirror", "On this machine"],
  ["hub", "To fetch"],
];

/** All known networks, available ones first. */
export function ModelPicker({ onClose }: { onClose: () => void }) {
  const models = store.use((state) => state.models);
  const problems = store.use((state) => state.problems);
  const present = store.use((state) => state.document.model);
  const guest = store.use((state) => state.offer.lab.guest);
  const [wanted, setWanted] = useState("");
  const [adding, setAdding] = useState(false);
  const matching = models.filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(wanted.trim().toLowerCase()));
  const pick = (model: ModelSummary) => {
    chooseModel(model);
    onClose();
  };
  if (adding) {
    return <Later load={addModel} with={{ onBack: () => setAdding(false), onClose, onAdded: pick }} />;
  }
  return (
    <Sheet title="Choose a network" onClose={onClose}>
      <div class="row nowrap">
        <input class="input" type="search" placeholder="Find by name" aria-label="Find a network by name" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
        {!guest && (
          <button type="button" class="button" onClick={() => setAdding(true)}>
            Add your own
          </button>
        )}
      </div>
      {problems.map((problem) => (
        <Note key={problem}>{problem}</Note>
      ))}
      {STATES.map(([state, title]) => {
        const group = matching.filter((model) => model.state === state);
        return (
          group.length > 0 && (
            <section key={state} class="stack tight">
              <h3>{title}</h3>
              <ul class="models">
                {group.map((model) => (
                  <li key={model.id}>
                    <ModelLine model={model} chosen={model.id === present} onPick={() => pick(model)} />
                  </li>
                ))}
              </ul>
            </section>
          )
        );
      })}
      {matching.length === 0 && <p class="muted">No network is called so.</p>}
    </Sheet>
  );
}

function ModelLine({ model, chosen, onPick }: { model: ModelSummary; chosen: boolean; onPick: () => void }) {
  const { input, measured } = model;
  const accuracy = Object.entries(measured)[0];
  const facts = [
    input ? `${input.width} × ${input.height} ${input.channels === 1 ? "grey" : "colour"}` : "",
    model.classes ? `${model.classes} classes` : "",
    model.bytes ? bytesText(model.bytes) : "",
    accuracy && accuracy[1] <= 1 ? `${percent(accuracy[1])} ${accuracy[0]}` : "",
    model.licence,
  ].filter(Boolean);
  return (
    <div class="model-line">
      <div>
        <strong>{model.title}</strong>
        <span class="muted small">{facts.join(" · ")}</span>
      </div>
      {model.atHand ? (
        <div class="row nowrap">
          {model.state === "local" && !chosen && !store.get().offer.lab.guest && <Remove model={model} />}
          <button type="button" class="button" aria-pressed={chosen} onClick={onPick}>
            {chosen ? "In use" : "Use"}
            <span class="unseen"> {model.title}</span>
          </button>
        </div>
      ) : (
        !store.get().offer.lab.guest && <Fetch model={model} />
      )}
    </div>
  );
}

/** Removes a network from the lab's disk; asks once more, as its file may be nowhere else. */
function Remove({ model }: { model: ModelSummary }) {
  const [asked, setAsked] = useState(false);
  const away = async () => {
    try {
      const left = await remove<ModelList>(`api/models/${encodeURIComponent(model.id)}`);
      store.set((state) => ({ ...state, ...left }));
    } catch (problem) {
      notify(messageOf(problem), true);
    }
  };
  return (
    <button type="button" class="button quiet" onClick={() => (asked ? void away() : setAsked(true))}>
      {asked ? "Really remove" : "Remove"}
      <span class="unseen"> {model.title}</span>
    </button>
  );
}
