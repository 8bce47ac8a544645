// Keys, copying, the menu, light and dark. Every page works without it.
"use strict";

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]") !== null;

function say(words) {
  byId("said").textContent = words;
}

function switchTheme() {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* it lasts as long as the page */ }
}

function unfold(button) {
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  byId(button.getAttribute("aria-controls"))?.classList.toggle("unfolded", open);
}

async function copy(button) {
  const source = byId(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    say("Copied");
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  } catch {
    getSelection().selectAllChildren(source);
    say("Press Ctrl+C to copy what is marked");
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act], [data-copy]");
  document.querySelectorAll("details.drop[open]").forEach((drop) => {
    if (!drop.contains(event.target)) drop.open = false;
  });
  if (!button) return;
  if (button.dataset.copy) copy(button);
  else if (button.dataset.act === "theme") switchTheme();
  else if (button.dataset.act === "keys") byId("keys").showModal();
  else if (button.dataset.act === "back") history.back();
  else unfold(button);
});

// Rows by keys.
function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (rows.length === 0) return;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  next.querySelector("a.open, a")?.focus();
  next.scrollIntoView({ block: "nearest" });
}

const KEYS = {
  "/": () => byId("q").focus(),
  "j": () => step(1),
  "k": () => step(-1),
  "[": () => document.querySelector("a[rel=prev]")?.click(),
  "]": () => document.querySelector("a[rel=next]")?.click(),
  "t": switchTheme,
  "?": () => byId("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    document.querySelectorAll("details.drop[open]").forEach((drop) => { drop.open = false; });
    if (typing(event.target)) event.target.blur();
    return;
  }
  if (typing(event.target) || byId("keys").open) return;
  if (event.key === "Enter" && event.target === document.body) document.querySelector("[data-key='Enter']")?.click();
  if (!KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});

// Which facets are open is kept while filters change.
const unfolded = new Map();
document.addEventListener("toggle", (event) => {
  const facet = event.target.dataset?.facet;
  if (facet) unfolded.set(facet, event.target.open);
}, true);
document.addEventListener("htmx:afterSettle", () => {
  document.querySelectorAll("details[data-facet]").forEach((facet) => {
    if (unfolded.has(facet.dataset.facet)) facet.open = unfolded.get(facet.dataset.facet);
  });
  const found = byId("found-title");
  if (found) say(found.textContent.trim());
});
document.addEventListener("htmx:responseError", (event) => say(event.detail.xhr.responseText.slice(0, 200)));

// Selections kept in this browser by a name: the query string of Explore, nothing else.
function savedSelections() {
  try {
    const held = JSON.parse(localStorage.getItem("selections") ?? "[]");
    return Array.isArray(held) ? held.filter((one) => typeof one?.name === "string" && typeof one?.query === "string") : [];
  } catch { return []; }
}

function keepSelections(held) {
  try { localStorage.setItem("selections", JSON.stringify(held)); } catch { say("This browser keeps nothing"); }
  listSaved();
}

function listSaved() {
  const held = savedSelections();
  for (const list of document.querySelectorAll("[data-saved]")) {
    list.replaceChildren(...held.map((one) => {
      const link = document.createElement("a"), remove = document.createElement("button"), item = document.createElement("li");
      link.textContent = one.name;
      link.href = `/explore?${new URLSearchParams(one.query)}`;
      remove.textContent = "Remove";
      remove.type = "button";
      remove.className = "button small";
      remove.setAttribute("aria-label", `Remove ${one.name}`);
      remove.addEventListener("click", (event) => {
        event.stopPropagation();
        keepSelections(savedSelections().filter((other) => other.name !== one.name));
      });
      item.append(link, remove);
      return item;
    }));
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches?.("[data-save]")) return;
  event.preventDefault();
  const field = event.target.elements.name, name = field.value.trim();
  if (!name) return;
  const query = new URLSearchParams(location.search);
  query.delete("page");
  keepSelections([...savedSelections().filter((one) => one.name !== name), { name, query: query.toString() }]);
  field.value = "";
  say(`Saved ${name}`);
});
document.addEventListener("htmx:afterSettle", listSaved);
listSaved();

// A map that is wider than the page begins in its middle.
function centreMaps() {
  for (const box of document.querySelectorAll(".map-box")) box.scrollLeft = 0.6 * (box.scrollWidth - box.clientWidth);
}
document.addEventListener("htmx:afterSettle", centreMaps);
centreMaps();

// The coding of a highlighted stretch, shown beside it.
const card = document.createElement("div");
card.className = "hover-card";
card.hidden = true;
document.body.append(card);

function showCoding(mark) {
  const found = mark.dataset.reports.split(" ").map((id) => byId(`r-${id}`)).filter(Boolean);
  card.replaceChildren(...found.map((report) => report.querySelector(".coding").cloneNode(true)));
  document.querySelectorAll(".lit").forEach((lit) => lit.classList.remove("lit"));
  for (const report of found) {
    report.classList.add("lit");
    document.querySelectorAll(`[data-reports~="${report.dataset.report}"]`).forEach((same) => same.classList.add("lit"));
  }
  card.hidden = false;
  const box = mark.getClientRects()[0], own = card.getBoundingClientRect();
  const below = box.bottom + own.height + 12 < innerHeight;
  card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - own.width - 8)) + scrollX}px`;
  card.style.top = `${(below ? box.bottom + 6 : Math.max(8, box.top - own.height - 6)) + scrollY}px`;
}

function hideCoding() {
  card.hidden = true;
  document.querySelectorAll(".lit").forEach((lit) => lit.classList.remove("lit"));
}

for (const [show, hide] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(show, (event) => {
    const mark = event.target.closest?.("[data-reports]");
    if (mark) showCoding(mark);
  });
  document.addEventListener(hide, (event) => {
    if (event.target.closest?.("[data-reports]")) hideCoding();
  });
}
document.addEventListener("mouseover", (event) => {
  const report = event.target.closest?.("[data-report]");
  if (!report) return;
  document.querySelectorAll(".lit").forEach((lit) => lit.classList.remove("lit"));
  document.querySelectorAll(`[data-reports~="${report.dataset.report}"]`).forEach((same) => same.classList.add("lit"));
});

// A brush across the timeline chooses a time: the address gets `since` and `until`.
const DAY = 86_400_000;
let brushed = null;

document.addEventListener("pointerdown", (event) => {
  const figure = event.target.closest?.("[data-timeline]");
  const lanes = event.target.closest?.(".lanes");
  if (!figure || !lanes || event.button !== 0) return;
  brushed = { figure, lanes, from: event.clientX, to: event.clientX };
});
document.addEventListener("pointermove", (event) => {
  if (!brushed) return;
  brushed.to = event.clientX;
  if (Math.abs(brushed.to - brushed.from) < 5) return;
  event.preventDefault();
  const box = brushed.lanes.getBoundingClientRect();
  const [left, right] = [brushed.from, brushed.to].map((x) => Math.max(0, Math.min(box.width, x - box.left))).sort((a, b) => a - b);
  const mark = brushed.lanes.querySelector("[data-brush]");
  mark.setAttribute("x", left);
  mark.setAttribute("width", right - left);
});
document.addEventListener("pointerup", () => {
  if (!brushed) return;
  const { figure, lanes, from, to } = brushed;
  brushed = null;
  if (Math.abs(to - from) < 5) return;
  const box = lanes.getBoundingClientRect();
  const first = Date.parse(figure.dataset.first), span = Date.parse(figure.dataset.last) - first + DAY;
  const [since, until] = [from, to]
    .map((x) => Math.max(0, Math.min(1, (x - box.left) / box.width)))
    .sort((a, b) => a - b)
    .map((part) => new Date(Math.min(first + span - DAY, first + part * span)).toISOString().slice(0, 10));
  const address = new URL(location.href);
  address.searchParams.set("since", since);
  address.searchParams.set("until", until);
  address.searchParams.delete("page");
  location.assign(address);
});
document.addEventListener("dragstart", (event) => { if (event.target.closest?.(".lanes")) event.preventDefault(); });
document.addEventListener("click", (event) => {
  const mark = event.target.closest?.(".lanes")?.querySelector("[data-brush]");
  if (mark && Number(mark.getAttribute("width")) > 0) event.preventDefault();
}, true);
