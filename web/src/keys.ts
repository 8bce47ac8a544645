// The keys of every page, and rows walked by keys.
import { showKeys, switchTheme } from "./buttons.ts";
import { all, byId, keysDialog, modified, typing } from "./page.ts";

function step(by: number): void {
  const rows = all("[data-row]");
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  next?.querySelector<HTMLElement>("a.open, a")?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

const press = (selector: string) => (): void => document.querySelector<HTMLElement>(selector)?.click();

const KEYS: Record<string, () => void> = {
  "/": () => byId("q").focus(),
  "j": () => step(1),
  "k": () => step(-1),
  "[": press("a[rel=prev]"),
  "]": press("a[rel=next]"),
  "t": switchTheme,
  "?": showKeys,
};

function leave(event: KeyboardEvent): void {
  for (const drop of all<HTMLDetailsElement>("details.drop[open]")) drop.open = false;
  if (typing(event)) (event.target as HTMLElement).blur();
}

export function listenForKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (modified(event)) return;
    if (event.key === "Escape") return leave(event);
    if (typing(event) || keysDialog().open) return;
    const first = event.key === "Enter" && event.target === document.body;
    const act = first ? press("[data-key='Enter']") : KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
