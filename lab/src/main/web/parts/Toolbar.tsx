import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const CONTROLS = "a[href], button, input";

/** Controls that are one stop of the Tab key: arrow keys, Home and End walk among them. */
export function Toolbar({ label, class: name = "row", role = "toolbar", children }: {
  label: string;
  class?: string;
  /** The role of the group; none for links in a navigation. */
  role?: "toolbar" | null;
  children: ComponentChildren;
}) {
  const place = useRef<HTMLDivElement>(null);
  const entrance = useRef<Element | null>(null);
  const controls = () => [...(place.current?.querySelectorAll<HTMLElement>(CONTROLS) ?? [])].filter((control) => !control.matches(":disabled"));
  const arrange = () => {
    const all = controls();
    const way = all.find((control) => control === entrance.current) ?? all.find((control) => control.matches("[aria-current]")) ?? all[0];
    all.forEach((control) => (control.tabIndex = control === way ? 0 : -1));
  };
  useLayoutEffect(arrange);
  const walk = (event: KeyboardEvent) => {
    const all = controls();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at >= 0 && to !== undefined) {
      event.preventDefault();
      all[(to + all.length) % all.length]?.focus();
    }
  };
  const enter = (event: FocusEvent) => {
    entrance.current = event.target as Element;
    arrange();
  };
  return (
    <div ref={place} class={name} {...(role ? { role, "aria-label": label } : {})} onKeyDown={walk} onFocusIn={enter}>
      {children}
    </div>
  );
}
