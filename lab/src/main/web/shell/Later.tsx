import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** What is loaded when it is first shown, so that the first page stays small; {@code load} is always the same function. */
export function Later<Props extends object>({ load, with: properties }: { load: () => Promise<ComponentType<Props>>; with: Props }) {
  const [shown, setShown] = useState<{ view: ComponentType<Props> } | { problem: true } | null>(null);
  useEffect(() => {
    let current = true;
    load()
      .then((view) => current && setShown({ view }))
      .catch(() => current && setShown({ problem: true }));
    return () => {
      current = false;
    };
  }, [load]);
  if (shown === null) {
    return <p class="muted small" role="status">Opening …</p>;
  }
  if ("problem" in shown) {
    return <p role="alert">This part could not be loaded: the lab does not answer. Go to another one and back to try again.</p>;
  }
  const View = shown.view;
  return <View {...properties} />;
}
