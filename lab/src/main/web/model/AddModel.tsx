import { useId, useState } from "preact/hooks";
import { messageOf, postBytes, postJson } from "../api/http.js";
import type { ModelSummary, Sent } from "../api/types.js";
import { DraftInput } from "../parts/DraftInput.js";
import { Note } from "../parts/Note.js";
import { percent } from "../parts/numbers.js";
import { Sheet } from "../parts/Sheet.js";
import { Presets } from "./Presets.js";
import { refreshModels, store } from "../state/lab.js";

type Form = Record<string, unknown>;

interface Upload {
  upload: string;
  bytes: number;
  proposal: Form;
  layers: number;
  notes: string[];
}

interface CheckResult {
  ok: boolean;
  error?: string;
  classes?: number;
  notes?: string[];
  warnings?: string[];
  samples?: { image: string; top: { index: number; name: string; probability: number }[] }[];
}

const HINTS: Record<string, string> = {
  name: "short name, letters, digits and hyphens",
  channels: "order of the channels: RGB, BGR or GRAY",
  range: "pixels are multiplied by this first: 1 or 255",
  mean: "subtracted per channel, after the range",
  std: "divided by per channel",
  layout: "NCHW or NHWC",
  shortSide: "the shorter side is resized to this before the crop; 0 stretches the image",
  output: "logits, probabilities, binary-logit, binary-probability, sigmoid-logits or sigmoid-probabilities; empty for logits",
  labels: "names of the classes, one a line; empty for class 0, class 1, …",
};

/** A network of one's own: its file, how its input is prepared, and a trial before it is kept. */
export function AddModel({ onBack, onClose, onAdded }: { onBack: () => void; onClose: () => void; onAdded: (model: ModelSummary) => void }) {
  const [upload, setUpload] = useState<Upload | null>(null);
  const [form, setForm] = useState<Form>({});
  const [result, setResult] = useState<CheckResult | null>(null);
  const [side, setSide] = useState("");
  const sideId = useId();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem("");
    try {
      await work();
    } catch (failure) {
      setProblem(messageOf(failure));
    }
    setBusy(false);
  };
  const image = store.use((state) => state.document.image.id);
  /** The network, files that hold its weights, and a text file with the names of its classes. */
  const take = (files: File[]) =>
    attempt(async () => {
      const network = files.find(({ name }) => /\.onnx$/i.test(name)) ?? (files.length === 1 ? files[0] : undefined);
      if (!network) throw new Error("Choose the .onnx file, with the files that belong to it.");
      const labels = files.find((file) => file !== network && /\.txt$/i.test(file.name));
      const sent: string[] = [];
      for (const file of files.filter((other) => other !== network && other !== labels)) {
        sent.push((await postBytes<Sent>(`api/model-files?name=${encodeURIComponent(file.name)}`, plain(file))).file);
      }
      const query = [`name=${encodeURIComponent(network.name)}`, `side=${encodeURIComponent(side)}`, ...sent.map((file) => `beside=${file}`)].join("&");
      const fresh = await postBytes<Upload>(`api/model-uploads?${query}`, plain(network));
      setUpload(fresh);
      setForm(labels ? { ...fresh.proposal, labels: lines(await labels.text()) } : fresh.proposal);
      setResult(null);
    });
  const check = () => attempt(async () => setResult(await postJson<CheckResult>(`api/model-uploads/${upload?.upload}/check`, form)));
  const add = () =>
    attempt(async () => {
      const entry = await postJson<ModelSummary>("api/models", { upload: upload?.upload, form });
      await refreshModels();
      onAdded(entry);
    });
  return (
    <Sheet title="Add your own network" onClose={onClose}>
      <div class="row">
        <label class="button">
          {upload ? "Other files" : "Choose an .onnx file"}
          <input
            type="file"
            class="unseen"
            multiple
            onChange={(event) => {
              const files = [...(event.currentTarget.files ?? [])];
              if (files.length > 0) void take(files);
            }}
          />
        </label>
        <button type="button" class="button quiet" onClick={onBack}>
          Back to the list
        </button>
      </div>
      {!upload && <p class="small muted">Choose the files of its weights with it, if it has any, and a .txt file with the names of its classes, one a line.</p>}
      {!upload && (
        <div class="field">
          <label for={sideId}>Side of its images</label>
          <DraftInput id={sideId} type="number" min={1} value={side} onCommit={setSide} aria-describedby={`${sideId}-hint`} />
          <span class="hint" id={`${sideId}-hint`}>in pixels, if the file leaves it open and no usual size fits; else leave it empty</span>
        </div>
      )}
      {busy && <p class="muted small" role="status">Working …</p>}
      {problem && !upload && <Note strong>{problem}</Note>}
      {upload?.notes.map((note) => (
        <Note key={note}>{note}</Note>
      ))}
      {upload && (
        <>
          <h3>Preprocessing</h3>
          <p class="small muted">The network gets (range × pixel − mean) / std. Wrong values here are the usual reason for wrong classes.</p>
          <Presets key={upload.upload} upload={upload.upload} form={form} image={image} onPick={setForm} />
          <div class="fields">
            {Object.entries(upload.proposal).map(([name, standard]) => (
              <FormField key={name} name={name} standard={standard} value={form[name]} onChange={(value) => setForm({ ...form, [name]: value })} />
            ))}
          </div>
          {result && <Result result={result} />}
          {problem && <Note strong>{problem}</Note>}
          <div class="row apart">
            <button type="button" class="button" disabled={busy} onClick={() => void check()}>
              Try it
            </button>
            <button type="button" class="button main" disabled={busy || !result?.ok} onClick={() => void add()}>
              Add it
            </button>
          </div>
        </>
      )}
    </Sheet>
  );
}

function FormField({ name, standard, value, onChange }: { name: string; standard: unknown; value: unknown; onChange: (value: unknown) => void }) {
  const id = useId();
  const isLines = name === "labels";
  const text = value === null ? "" : isLines ? (value as string[]).join("\n") : typeof value === "object" ? JSON.stringify(value).replace(/^\[|\]$/g, "") : String(value);
  const change = (written: string) => onChange(read(written, standard, isLines));
  return (
    <div class="field">
      <label for={id}>{name}</label>
      <DraftInput id={id} value={text} multiline={isLines} onCommit={change} />
      {HINTS[name] && <span class="hint">{HINTS[name]}</span>}
    </div>
  );
}

function plain(file: File): Blob {
  return new Blob([file], { type: "application/octet-stream" });
}

function lines(text: string): string[] {
  return text.replace(/^\uFEFF/, "").split("\n").map((line) => line.trim()).filter(Boolean);
}

/** Text as the kind of value that the server proposed. */
function read(text: string, standard: unknown, isLines: boolean): unknown {
  if (isLines) {
    return lines(text);
  }
  if (standard === null) {
    return text.trim() || null;
  }
  if (Array.isArray(standard)) {
    return text.split(",").map((part) => Number(part));
  }
  if (typeof standard === "number") {
    return Number(text);
  }
  if (typeof standard === "object" && standard !== null) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return standard;
    }
  }
  return text;
}

function Result({ result }: { result: CheckResult }) {
  return (
    <section class="stack tight" aria-label="Trial">
      {result.error && <Note strong>{result.error}</Note>}
      {[...(result.warnings ?? []), ...(result.notes ?? [])].map((note) => (
        <Note key={note}>{note}</Note>
      ))}
      {result.samples && result.samples.length > 0 && (
        <ul class="trial">
          {result.samples.map(({ image, top }) => (
            <li key={image}>
              <img class="pixels" src={`api/images/${encodeURIComponent(image)}/thumbnail`} alt={image} />
              <span class="small">{top.map(({ name, probability }) => `${name} ${percent(probability)}`).join(", ")}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
