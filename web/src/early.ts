// A page is seen before all its scripts have come. Keys that are pressed in between are kept, and pressed again when the
// scripts are there; what one of them has taken already (it has prevented the default) is not done twice.
import { modified, typing } from "./page.ts";

export function keepEarlyKeys(): void {
  const pressed: KeyboardEvent[] = [];
  const keep = (event: KeyboardEvent): void => {
    // Enter on a link or button needs no script, nor does a field.
    const own = event.key === "Enter" && event.target !== document.body;
    if (!modified(event) && !event.repeat && !typing(event) && !own) pressed.push(event);
  };
  document.addEventListener("keydown", keep, true);
  document.addEventListener("DOMContentLoaded", () => {
    document.removeEventListener("keydown", keep, true);
    for (const { key, shiftKey, defaultPrevented } of pressed) {
      if (defaultPrevented) continue;
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
    }
  });
}
