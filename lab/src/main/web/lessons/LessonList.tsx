import { Sheet } from "../parts/Sheet.js";
import { LESSONS, type LessonName } from "../state/document.js";
import { store } from "../state/lab.js";
import { lessons } from "./lessons.js";
import { begin, resume } from "./progress.js";

/** The lessons, and how far each has come. */
export function LessonList({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title="Lessons" narrow onClose={onClose}>
      <p class="small muted">A lesson begins with its own network, image and attack; your browser’s Back returns to yours. Your progress is in the link.</p>
      <ol class="lesson-list">
        {LESSONS.map((name) => (
          <Entry key={name} name={name} onOpen={onClose} />
        ))}
      </ol>
    </Sheet>
  );
}

function Entry({ name, onOpen }: { name: LessonName; onOpen: () => void }) {
  const done = store.use((state) => state.document.lessons.done[name] ?? 0);
  const { title, what, steps } = lessons[name];
  const under = done > 0 && done < steps.length;
  const open = (how: (name: LessonName) => void) => {
    onOpen();
    how(name);
  };
  return (
    <li>
      <div class="row apart">
        <h3>{title}</h3>
        <span class="muted small">{done >= steps.length ? "done" : `${done} of ${steps.length} steps`}</span>
      </div>
      <p class="small">{what}</p>
      <div class="row">
        {under && (
          <button type="button" class="button main" aria-label={`Go on with: ${title}`} onClick={() => open(resume)}>
            Go on
          </button>
        )}
        <button type="button" class={`button${under ? "" : " main"}`} aria-label={`Begin: ${title}`} onClick={() => open(begin)}>
          {done > 0 ? "Begin again" : "Begin"}
        </button>
      </div>
    </li>
  );
}
