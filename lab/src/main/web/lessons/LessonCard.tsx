import { useEffect, useId, useRef, useState } from "preact/hooks";
import { shownIn, shownResults } from "../attack/shown.js";
import { Icon } from "../parts/icons.js";
import type { LessonName } from "../state/document.js";
import { show, store } from "../state/lab.js";
import type { Page, Step } from "./lesson.js";
import { lessons } from "./lessons.js";
import { find, useMark } from "./mark.js";
import { leave, reach } from "./progress.js";

/** The present step of a lesson beside the page, which stays usable. */
export function LessonCard({ name }: { name: LessonName }) {
  const id = useId();
  const { title, steps } = lessons[name];
  const at = Math.min(store.use((state) => state.document.lessons.done[name] ?? 0), steps.length - 1);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // opened by a button that is gone, and not by the link of the page
    if (document.activeElement !== document.body) heading.current?.focus();
  }, [name]);
  const step = steps[at];
  if (!step) return null;
  return (
    <aside class="lesson card" aria-labelledby={`${id}-title`}>
      <div class="row apart nowrap">
        <h2 id={`${id}-title`} ref={heading} tabIndex={-1}>
          <span class="unseen">Lesson: </span>
          {title}
        </h2>
        <button type="button" class="button quiet square" aria-label="Leave the lesson" title="Leave the lesson" onClick={leave}>
          <Icon name="close" />
        </button>
      </div>
      <Present key={`${name} ${at}`} step={step} place={`${at + 1} of ${steps.length}`} last={at === steps.length - 1} onBack={at > 0 ? () => reach(name, at - 1) : null} onNext={() => reach(name, at + 1)} />
    </aside>
  );
}

function Present({ step, place, last, onBack, onNext }: {
  step: Step;
  place: string;
  last: boolean;
  onBack: (() => void) | null;
  onNext: () => void;
}) {
  const { title, text, task, at } = step;
  const done = useDone(step);
  useMark(at);
  const lead = () => {
    show("attack");
    requestAnimationFrame(() => {
      const found = find(at);
      found?.scrollIntoView({ block: "center" });
      found?.focus({ preventScroll: true });
    });
  };
  return (
    <>
      <div class="lesson-step">
        <h3>{title}</h3>
        <p>{text}</p>
        {task && <p class="lesson-task">{task.text}</p>}
      </div>
      <p role="status" class="lesson-done">
        {task && done && (
          <>
            <Icon name="check" /> Done
          </>
        )}
      </p>
      <div class="row apart">
        <span class="muted small number">{place}</span>
        <span class="row">
          <button type="button" class="button" onClick={lead}>
            Show me
          </button>
          <button type="button" class="button" disabled={onBack === null} onClick={() => onBack?.()}>
            Back
          </button>
          <button type="button" class={`button${done ? " main" : ""}`} onClick={onNext}>
            {!done ? "Skip" : last ? "Finish" : "Next"}
          </button>
        </span>
      </div>
    </>
  );
}

/** Whether a step was done once; what is set afterwards does not undo it. */
function useDone({ task }: Step): boolean {
  const [done, setDone] = useState(!task);
  useEffect(() => {
    if (!task || done) return undefined;
    const check = () => {
      const page = pageNow();
      if (page && task.done(page)) setDone(true);
    };
    check();
    const ends = [store.watch(check), shownResults.watch(check)];
    return () => ends.forEach((end) => end());
  }, [task, done]);
  return done;
}

function pageNow(): Page | null {
  const { document, offer } = store.get();
  const [panel] = document.panels;
  if (!panel) return null;
  const attack = offer.catalog.find(({ id }) => id === panel.attack.id);
  return { document, panel, attack, ...shownIn(shownResults.get(), panel.id) };
}
