// The desk of one report: keys, words marked in the text taken into fields, rows added and removed. Without it every
// button still works; only marking needs it.
"use strict";
(() => {
  const desk = document.querySelector("[data-desk]");
  const form = document.querySelector("[data-form]");
  const text = document.getElementById("rv-text");
  if (!desk || !form || !text) return;
  const tell = (words) => { document.getElementById("said").textContent = words; };
  const points = (string) => { let number = 0; for (const _ of string) number += 1; return number; };

  // Offsets count code points of the text, as the record does.
  function marked() {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const all = range.toString(), words = all.trim();
    if (!words) return null;
    const start = points(before.toString()) + points(all.slice(0, all.indexOf(words)));
    return { start, end: start + points(words), words };
  }

  // --- taking words: mark first and press the button, or press the button first and mark then.
  let armed = null;
  function arm(button) {
    armed?.classList.remove("armed");
    armed = button;
    desk.classList.toggle("picking", button !== null);
    button?.classList.add("armed");
    if (button) tell("Mark the words in the text");
  }

  function take(button, found) {
    const name = button.dataset.take;
    if (name === "evidence") {
      if (!addEvidence(found)) { tell("These words are evidence already"); return; }
    } else if (button.closest("[data-party]")) takeParty(button.closest("[data-party]"), name, found);
    else setValue(form.elements.namedItem(name), found.words);
    arm(null);
    getSelection().removeAllRanges();
    tell(`Took “${found.words.slice(0, 80)}”`);
    dirty();
  }

  function setValue(field, value) {
    field.value = value.replace(/\s+/g, " ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function takeParty(row, name, found) {
    const field = (part) => row.querySelector(`[name="party.${part}"]`);
    if (name !== "mention") { setValue(field(name), found.words); return; }
    field("mention").value = found.words;
    field("start").value = found.start;
    field("end").value = found.end;
    field("mention").classList.add("dirty");
  }

  // Whether the words were added: words that are evidence already are not added twice.
  function addEvidence(found) {
    const rows = [...form.querySelectorAll("[data-evidence] input")];
    if (rows.some((row) => row.value.startsWith(`${found.start}:${found.end}:`))) return false;
    const row = document.createElement("li"), quote = document.createElement("q");
    const value = document.createElement("input"), drop = document.createElement("button");
    quote.textContent = found.words;
    Object.assign(value, { type: "hidden", name: "evidence", value: `${found.start}:${found.end}:${found.words}` });
    Object.assign(drop, { type: "button", className: "rv-drop", textContent: "×" });
    drop.dataset.drop = "";
    drop.setAttribute("aria-label", "Remove this evidence");
    row.append(quote, value, drop);
    form.querySelector("[data-evidence]").append(row);
    return true;
  }

  // --- what was changed
  const initial = new Map([...form.elements].map((field) => [field, field.type === "checkbox" ? field.checked : field.value]));
  function dirty() {
    const note = form.querySelector("[data-changed]");
    if (note) note.hidden = false;
  }
  form.addEventListener("input", (event) => {
    const field = event.target;
    if (field.name === "note" || !field.name) return;
    const now = field.type === "checkbox" ? field.checked : field.value;
    field.classList.toggle("dirty", initial.get(field) !== now);
    dirty();
  });

  // Another type has other modes and roles.
  form.querySelector("[data-type]").addEventListener("change", (event) => {
    const chosen = event.target.selectedOptions[0].dataset;
    const fill = (select, values, empty) => {
      const held = select.value;
      select.replaceChildren(...(empty ? [new Option("none told", "")] : []), ...values.split(" ").filter(Boolean).map((v) => new Option(v.replaceAll("_", " "), v)));
      if ([...select.options].some((o) => o.value === held)) select.value = held;
    };
    fill(form.querySelector("[data-mode]"), chosen.modes, true);
    form.querySelectorAll("[data-roles]").forEach((select) => { if (select.tagName === "SELECT") fill(select, chosen.roles, false); });
    const blank = form.querySelector("[data-blank]").content.querySelector("select[data-roles]");
    fill(blank, chosen.roles, false);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take], [data-drop], [data-more]");
    if (!button) return;
    if (button.dataset.take !== undefined) {
      const found = marked();
      if (found) take(button, found); else arm(armed === button ? null : button);
    } else if (button.dataset.drop !== undefined) {
      button.closest("li, [data-party]").remove();
      dirty();
    } else {
      form.querySelector("[data-parties]").append(form.querySelector("[data-blank]").content.cloneNode(true));
      form.querySelector("[data-parties] > :last-child [name='party.actor']").focus();
    }
  });
  // A button must not take the selection away before it reads it.
  document.addEventListener("mousedown", (event) => { if (event.target.closest("[data-take], [data-missed]")) event.preventDefault(); });
  text.addEventListener("mouseup", () => {
    if (!armed) return;
    const found = marked();
    if (found) take(armed, found);
  });

  // --- words by keys: arrows move a place in the text, Shift marks, Enter takes.
  const WAYS = { ArrowRight: ["forward", "word"], ArrowLeft: ["backward", "word"], ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"] };
  let lastField = null;
  document.addEventListener("focusin", (event) => { if (form.contains(event.target)) lastField = event.target; });
  function enterText() {
    const button = lastField?.closest(".rv-with, section, [data-party]")?.querySelector("[data-take]") ?? form.querySelector("[data-take='evidence']");
    arm(button);
    text.focus();
    const chosen = getSelection(), first = text.querySelector("mark")?.firstChild ?? text.firstChild;
    if (first) chosen.collapse(first.nodeType === Node.TEXT_NODE ? first : first.firstChild ?? text, 0);
  }
  text.addEventListener("keydown", (event) => {
    if (WAYS[event.key]) {
      event.preventDefault();
      getSelection().modify(event.shiftKey ? "extend" : "move", ...WAYS[event.key]);
    } else if (event.key === "Enter" && armed) {
      const found = marked();
      if (!found) return;
      event.preventDefault();
      event.stopPropagation();
      take(armed, found);
      lastField?.focus();
    } else if (event.key === "Escape") { arm(null); lastField?.focus(); }
  });

  // The evidence is what a reviewer looks at first.
  const evidence = text.querySelector("mark");
  if (evidence && evidence.getBoundingClientRect().top > 0.75 * innerHeight) evidence.scrollIntoView({ block: "center" });

  // --- keys
  const click = (key) => document.querySelector(`[data-key="${key}"]`)?.click();
  const missed = document.querySelector("[data-missed]");
  missed?.addEventListener("click", () => {
    const found = marked();
    if (!found) return;
    const address = new URL(missed.href);
    address.searchParams.set("start", found.start);
    address.searchParams.set("end", found.end);
    missed.href = address;
  });
  const KEYS = {
    a: () => click("a"), r: () => click("r"), u: () => click("u"), s: () => click("s"), w: () => click("w"), z: () => click("z"), d: () => click("d"),
    e: () => form.querySelector("[data-type]").focus(),
    n: () => form.querySelector("[data-note]")?.focus(),
    m: () => missed?.click(),
    x: enterText,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select")) {
      if (event.key === "Enter" && event.target.matches("input:not([data-note])")) event.preventDefault();
      if (event.key === "Enter" && event.target.matches("[data-note]")) {
        event.preventDefault();
        form.querySelector("[data-note-only]")?.click();
      }
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!KEYS[event.key]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    KEYS[event.key]();
  }, true);
  const keys = document.getElementById("rv-keys"), list = document.querySelector("#keys dl");
  if (keys && list) list.prepend(keys.content.cloneNode(true));
})();
