import { useEffect } from "preact/hooks";
import { AttackView } from "../attack/AttackView.js";
import { live } from "../api/live.js";
import type { View } from "../state/document.js";
import { store } from "../state/lab.js";
import { Later } from "./Later.js";
import { Header, titleOf } from "./Header.js";
import { Notice } from "./Notice.js";
import { UnknownParts } from "./UnknownParts.js";

export function App() {
  const view = store.use((state) => state.document.view);
  const unknown = store.use((state) => state.unknown);
  const lesson = store.use((state) => state.document.lessons.open);
  const connected = store.use((state) => state.connected);
  useEffect(() => {
    document.title = `${titleOf(view)} – Adversight lab`;
  }, [view]);
  useEffect(() => live.watch((now) => store.set((state) => (state.connected === now ? state : { ...state, connected: now }))), []);
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        To the content
      </a>
      <Header view={view} />
      {!connected && (
        <div class="offline" role="alert">
          The lab does not answer. Trying to reach it again; nothing you set is lost.
        </div>
      )}
      {lesson && unknown.length === 0 && <Later load={lessonCard} with={{ name: lesson }} />}
      <main id="main" tabIndex={-1}>
        {unknown.length > 0 ? <UnknownParts parts={unknown} /> : <Shown view={view} />}
      </main>
      <Notice />
    </>
  );
}

const lessonCard = () => import("../lessons/LessonCard.js").then(({ LessonCard }) => LessonCard);
const layers = () => import("../layers/LayerView.js").then(({ LayerView }) => LayerView);
const runs = () => import("../runs/RunsView.js").then(({ RunsView }) => RunsView);
const reference = () => import("../guide/Reference.js").then(({ Reference }) => Reference);

function Shown({ view }: { view: View }) {
  switch (view) {
    case "attack":
      return <AttackView />;
    case "layers":
      return <Later key={view} load={layers} with={{}} />;
    case "runs":
      return <Later key={view} load={runs} with={{}} />;
    case "reference":
      return <Later key={view} load={reference} with={{}} />;
  }
}

/** The address holds the state, so that the link must not change it. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
