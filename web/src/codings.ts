// The coding of a highlighted stretch, shown beside it; a coding that is pointed at lights its stretches.
import { all, around } from "./page.ts";

const GAP = 6, EDGE = 8;

/** Lights these and nothing else. */
function light(chosen: Element[]): void {
  for (const lit of all(".lit")) lit.classList.remove("lit");
  for (const one of chosen) one.classList.add("lit");
}

function marksOf(report: HTMLElement): HTMLElement[] {
  return report.dataset.report ? all(`[data-reports~="${report.dataset.report}"]`) : [];
}

function reportsOf(mark: HTMLElement): HTMLElement[] {
  const ids = (mark.dataset.reports ?? "").split(" ");
  return ids.map((id) => document.getElementById(`r-${id}`)).filter((report) => report !== null);
}

function place(card: HTMLElement, mark: HTMLElement): void {
  const box = mark.getClientRects()[0], own = card.getBoundingClientRect();
  if (!box) return;
  const below = box.bottom + own.height + 2 * GAP < innerHeight;
  card.style.left = `${Math.max(EDGE, Math.min(box.left, innerWidth - own.width - EDGE)) + scrollX}px`;
  card.style.top = `${(below ? box.bottom + GAP : Math.max(EDGE, box.top - own.height - GAP)) + scrollY}px`;
}

export function showCodings(): void {
  const card = document.createElement("div");
  card.className = "hover-card";
  card.hidden = true;
  document.body.append(card);

  const show = (event: Event): void => {
    const mark = around(event, "[data-reports]");
    if (!mark) return;
    const reports = reportsOf(mark);
    card.replaceChildren(...reports.flatMap((report) => report.querySelector(".coding")?.cloneNode(true) ?? []));
    light(reports.flatMap((report) => [report, ...marksOf(report)]));
    card.hidden = false;
    place(card, mark);
  };
  const hide = (event: Event): void => {
    if (!around(event, "[data-reports]")) return;
    card.hidden = true;
    light([]);
  };
  document.addEventListener("mouseover", show);
  document.addEventListener("focusin", show);
  document.addEventListener("mouseout", hide);
  document.addEventListener("focusout", hide);
  document.addEventListener("mouseover", (event) => {
    const report = around(event, "[data-report]");
    if (report) light(marksOf(report));
  });
}
