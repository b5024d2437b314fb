import { useState } from "preact/hooks";
import { Icon } from "../parts/icons.js";
import { Toolbar } from "../parts/Toolbar.js";
import type { View } from "../state/document.js";
import { notify, show, store } from "../state/lab.js";
import { toFragment } from "../state/permalink.js";
import { applyTheme, shownTheme } from "../theme.js";
import { Later } from "./Later.js";

const classSheet = () => import("../class/ClassSheet.js").then(({ ClassSheet }) => ClassSheet);
const lessonList = () => import("../lessons/LessonList.js").then(({ LessonList }) => LessonList);

const TITLES: readonly (readonly [View, string])[] = [
  ["attack", "Attack"],
  ["layers", "Layers"],
  ["runs", "Runs"],
  ["reference", "Reference"],
];

export function titleOf(view: View): string {
  return TITLES.find(([name]) => name === view)?.[1] ?? "";
}

export function Header({ view }: { view: View }) {
  const theme = shownTheme.use((now) => now);
  const [teaching, setTeaching] = useState(false);
  const [learning, setLearning] = useState(false);
  const other = theme === "light" ? "dark" : "light";
  return (
    <header class="top">
      <h1 class="mark">
        <img src="icon.svg" alt="" width={26} height={26} />
        Adversight
      </h1>
      <nav aria-label="Views">
        <Toolbar label="Views" class="views" role={null}>
        {TITLES.map(([name, title]) => (
          <a
            key={name}
            href={`#${name}`}
            aria-current={name === view ? "page" : undefined}
            onClick={(event) => {
              event.preventDefault();
              show(name);
            }}
          >
            {title}
          </a>
        ))}
        </Toolbar>
      </nav>
      <Toolbar label="Tools" class="top-tools">
        <button type="button" class="button quiet" onClick={() => void copyLink()}>
          <Icon name="link" />
          <span class="wide-only">Copy link</span>
          <span class="unseen narrow-only">Copy link</span>
        </button>
        <button type="button" class="button quiet square" aria-label="Class" title="Class" onClick={() => setTeaching(true)}>
          <Icon name="people" />
        </button>
        <button type="button" class="button quiet square" aria-label="Lessons" title="Lessons" onClick={() => setLearning(true)}>
          <Icon name="question" />
        </button>
        <button
          type="button"
          class="button quiet square"
          aria-label={`Use the ${other} theme`}
          title={`Use the ${other} theme`}
          onClick={() => applyTheme(other, true)}
        >
          <Icon name={theme === "light" ? "moon" : "sun"} />
        </button>
      </Toolbar>
      {teaching && <Later load={classSheet} with={{ onClose: () => setTeaching(false) }} />}
      {learning && <Later load={lessonList} with={{ onClose: () => setLearning(false) }} />}
    </header>
  );
}

async function copyLink(): Promise<void> {
  const address = new URL(toFragment(store.get().document), location.href).href;
  try {
    await navigator.clipboard.writeText(address);
    notify("The link is copied. It holds everything you see.");
  } catch {
    notify("The link is in the address bar; it holds everything you see.");
  }
}
