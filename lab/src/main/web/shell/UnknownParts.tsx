import { store } from "../state/lab.js";

/** A link that names what this lab does not have: said before anything is shown in its place. */
export function UnknownParts({ parts }: { parts: string[] }) {
  const open = () => store.set((state) => ({ ...state, unknown: [] }));
  return (
    <section class="card section unknown-parts" aria-labelledby="unknown-title" role="alert">
      <h2 id="unknown-title">This link names what this lab does not have</h2>
      <ul>
        {parts.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ul>
      <p class="muted">It may come from another version, or from a lab with other networks. Without these parts the rest can be opened; the usual settings take their place.</p>
      <div class="row">
        <button type="button" class="button main" onClick={open}>
          Open without this
        </button>
      </div>
    </section>
  );
}
