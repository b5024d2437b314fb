import { publishColors } from "./colors/classColors.js";
import { Store } from "./state/store.js";

export type Theme = "light" | "dark";
const KEY = "adversight-theme";

function remembered(): Theme | null {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === "light" || theme === "dark" ? theme : null;
  } catch {
    return null;
  }
}

/** The user's choice, or what the system prefers. */
export function currentTheme(): Theme {
  return remembered() ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

/** The theme that is shown, for what is drawn on a canvas. */
export const shownTheme = new Store<Theme>("light");

export function applyTheme(theme: Theme, remember: boolean): void {
  document.documentElement.dataset.theme = theme;
  publishColors(theme);
  shownTheme.set(() => theme);
  if (remember) {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // A browser without storage forgets the choice; nothing else depends on it.
    }
  }
}
