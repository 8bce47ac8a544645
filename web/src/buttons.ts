// The buttons of the page: light and dark, the keys, back, the menu on a narrow screen, copying.
import { all, around, byId, keysDialog, say } from "./page.ts";

const root = document.documentElement;

export function switchTheme(): void {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const chosen = dark ? "light" : "dark";
  root.dataset.theme = chosen;
  try { localStorage.setItem("theme", chosen); } catch { /* it lasts as long as the page */ }
}

export function showKeys(): void {
  keysDialog().showModal();
}

function unfold(button: HTMLElement): void {
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  byId(button.getAttribute("aria-controls") ?? "").classList.toggle("unfolded", open);
}

async function copy(button: HTMLElement, source: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(source.textContent ?? "");
    say("Copied");
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  } catch {
    getSelection()?.selectAllChildren(source);
    say("Press Ctrl+C to copy what is marked");
  }
}

const ACTS: Record<string, (button: HTMLElement) => void> = {
  theme: switchTheme,
  keys: showKeys,
  back: () => history.back(),
  menu: unfold,
  facets: unfold,
};

export function listenForButtons(): void {
  document.addEventListener("click", (event) => {
    for (const drop of all<HTMLDetailsElement>("details.drop[open]")) {
      if (!drop.contains(event.target as Node)) drop.open = false;
    }
    const button = around(event, "[data-act], [data-copy]");
    if (!button) return;
    if (button.dataset.copy) void copy(button, byId(button.dataset.copy));
    else ACTS[button.dataset.act ?? ""]?.(button);
  });
}
