// Which facets are open is kept while filters change, and what was found is told.
import { all, say } from "./page.ts";

export function keepFacets(): void {
  const unfolded = new Map<string, boolean>();
  document.addEventListener("toggle", (event) => {
    const facet = event.target;
    if (facet instanceof HTMLDetailsElement && facet.dataset.facet) unfolded.set(facet.dataset.facet, facet.open);
  }, true);
  document.addEventListener("htmx:afterSettle", () => {
    for (const facet of all<HTMLDetailsElement>("details[data-facet]")) {
      facet.open = unfolded.get(facet.dataset.facet ?? "") ?? facet.open;
    }
    const found = document.getElementById("found-title");
    if (found) say((found.textContent ?? "").trim());
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    say(xhr.responseText.slice(0, 200));
  });
}
