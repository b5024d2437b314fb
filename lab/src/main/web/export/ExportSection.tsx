import { useEffect, useState } from "preact/hooks";
import { download, messageOf, postJson } from "../api/http.js";
import type { AttackState } from "../api/state.js";
import { Icon } from "../parts/icons.js";
import { Note } from "../parts/Note.js";
import { notify, store } from "../state/lab.js";

const FILES: readonly (readonly [string, string])[] = [
  ["adversarial.png", "Adversarial PNG"],
  ["perturbation.png", "Perturbation PNG"],
  ["clean.png", "Image PNG"],
  ["adversarial.npy", "Adversarial .npy"],
  ["clean.npy", "Image .npy"],
  ["manifest.json", "Manifest"],
];

/** The images, maps and numbers shown, as files, and the command that reproduces them. */
export function ExportSection({ state }: { state: AttackState }) {
  const { methods, class: index } = store.use((whole) => whole.document.heat);
  const [command, setCommand] = useState({ command: "", note: "" });
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const body = { state, methods, class: index };
  const key = JSON.stringify(body);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      postJson<{ command: string; note: string }>("api/command", JSON.parse(key))
        .then((answer) => current && (setCommand(answer), setProblem("")))
        .catch((failure: unknown) => current && setProblem(messageOf(failure)));
    }, 300);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [key]);
  const save = async (what: string) => {
    setBusy(true);
    try {
      notify(`${await download("api/export", { ...body, what })} is saved.`);
    } catch (failure) {
      notify(messageOf(failure), true);
    }
    setBusy(false);
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command.command);
      notify("The command is copied.");
    } catch {
      notify("Select the command and copy it by hand.");
    }
  };
  return (
    <>
      <div class="row">
        <button type="button" class="button main" disabled={busy} onClick={() => void save("zip")}>
          <Icon name="save" /> Everything as ZIP
        </button>
        {FILES.map(([what, title]) => (
          <button key={what} type="button" class="button" disabled={busy} onClick={() => void save(what)}>
            {title}
          </button>
        ))}
      </div>
      {problem && <Note strong>{problem}</Note>}
      {command.command && (
        <div class="command">
          <code tabIndex={0} role="group" aria-label="Command">{command.command}</code>
          <button type="button" class="button low" onClick={() => void copy()}>
            Copy
          </button>
        </div>
      )}
      <p class="small muted">{command.note}</p>
    </>
  );
}
