// Built from web/src/review.ts by `make web`; change that file, not this one.
"use strict";
(function() {
	// src/page.ts
	/** The element of an id, which every page has. */
	function byId(id) {
		const found = document.getElementById(id);
		if (!found) throw new Error(`no element #${id} on this page`);
		return found;
	}
	/** Tells a short message to the eye and to screen readers. */
	function say(words) {
		byId("said").textContent = words;
	}
	/** The nearest element around the target of an event that a selector fits. */
	function around(event, selector) {
		return event.target instanceof Element ? event.target.closest(selector) : null;
	}
	function all(selector, within = document) {
		return [...within.querySelectorAll(selector)];
	}
	/** Whether the target of an event takes what is typed. */
	function typing(event) {
		return around(event, "input, textarea, select, [contenteditable]") !== null;
	}
	/** Whether a key is pressed together with one that makes it the browser's. */
	function modified(event) {
		return event.ctrlKey || event.metaKey || event.altKey;
	}
	// src/coding_form.ts
	function valueOf(field) {
		return field instanceof HTMLInputElement && field.type === "checkbox" ? field.checked : field.value;
	}
	function fieldsOf(form) {
		return all("input, select, textarea", form);
	}
	/** Says that fields are changed: they are saved with the verdict. */
	function tellChanged(form) {
		const note = form.querySelector("[data-changed]");
		if (note) note.hidden = false;
	}
	function watchChanges(form) {
		const initial = new Map(fieldsOf(form).map((field) => [field, valueOf(field)]));
		form.addEventListener("input", (event) => {
			const field = event.target;
			if (field.name === "note" || !field.name) return;
			field.classList.toggle("dirty", initial.get(field) !== valueOf(field));
			tellChanged(form);
		});
	}
	function fill(select, values, ...before) {
		const held = select.value, names = values.split(" ").filter(Boolean);
		select.replaceChildren(...before, ...names.map((name) => new Option(name.replaceAll("_", " "), name)));
		if ([...select.options].some((option) => option.value === held)) select.value = held;
	}
	function blankParty(form) {
		return form.querySelector("[data-blank]").content;
	}
	/** Another type has other modes and roles. */
	function watchType(form) {
		const type = form.querySelector("[data-type]");
		type.addEventListener("change", () => {
			const { modes = "", roles = "" } = type.selectedOptions[0]?.dataset ?? {};
			fill(form.querySelector("[data-mode]"), modes, new Option("none told", ""));
			for (const place of [form, blankParty(form)]) for (const select of all("select[data-roles]", place)) fill(select, roles);
		});
	}
	function setValue(field, value) {
		if (!field) return;
		field.value = value.replace(/\s+/g, " ");
		field.dispatchEvent(new Event("input", { bubbles: true }));
	}
	function takeForParty(row, name, found) {
		const field = (part) => row.querySelector(`[name="party.${part}"]`);
		if (name !== "mention") return setValue(field(name), found.words);
		field("mention").value = found.words;
		field("start").value = String(found.start);
		field("end").value = String(found.end);
		field("mention").classList.add("dirty");
	}
	/** Whether the words were added: words that are evidence already are not added twice. */
	function addEvidence(form, { start, end, words }) {
		if (all("[data-evidence] input", form).some((row) => row.value.startsWith(`${start}:${end}:`))) return false;
		const row = document.createElement("li"), quote = document.createElement("q");
		const value = document.createElement("input"), drop = document.createElement("button");
		quote.textContent = words;
		Object.assign(value, {
			type: "hidden",
			name: "evidence",
			value: `${start}:${end}:${words}`
		});
		Object.assign(drop, {
			type: "button",
			className: "rv-drop",
			textContent: "×"
		});
		drop.dataset.drop = "";
		drop.setAttribute("aria-label", "Remove this evidence");
		row.append(quote, value, drop);
		form.querySelector("[data-evidence]")?.append(row);
		return true;
	}
	/** Gives the marked words to the field of a button; whether that changed anything. */
	function took(form, button, found) {
		const name = button.dataset.take ?? "", row = button.closest("[data-party]");
		if (name === "evidence") {
			if (!addEvidence(form, found)) return false;
		} else if (row) takeForParty(row, name, found);
		else setValue(form.elements.namedItem(name), found.words);
		tellChanged(form);
		return true;
	}
	/** Removes the row of a button, or adds an empty party. */
	function watchRows(form) {
		document.addEventListener("click", (event) => {
			const drop = around(event, "[data-drop]");
			if (drop) {
				drop.closest("li, [data-party]")?.remove();
				tellChanged(form);
			} else if (around(event, "[data-more]")) {
				form.querySelector("[data-parties]")?.append(blankParty(form).cloneNode(true));
				form.querySelector("[data-parties] > :last-child [name='party.actor']")?.focus();
			}
		});
	}
	// src/marking.ts
	/** How many code points a string has: offsets count them, as the record does. */
	function points(string) {
		let number = 0;
		for (const _ of string) number += 1;
		return number;
	}
	/** The words that are marked in the text, without white space around them; null for none. */
	function marked(text) {
		const chosen = getSelection();
		if (!chosen?.rangeCount || chosen.isCollapsed) return null;
		const range = chosen.getRangeAt(0);
		if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
		const before = document.createRange();
		before.setStart(text, 0);
		before.setEnd(range.startContainer, range.startOffset);
		const all = range.toString(), words = all.trim();
		if (!words) return null;
		const start = points(before.toString()) + points(all.slice(0, all.indexOf(words)));
		return {
			start,
			end: start + points(words),
			words
		};
	}
	var WAYS = {
		ArrowRight: ["forward", "word"],
		ArrowLeft: ["backward", "word"],
		ArrowDown: ["forward", "line"],
		ArrowUp: ["backward", "line"]
	};
	/** Moves the place in the text, or marks with Shift; whether the key does so. */
	function moved(event) {
		const way = WAYS[event.key];
		if (way) getSelection()?.modify(event.shiftKey ? "extend" : "move", ...way);
		return way !== void 0;
	}
	/** Puts the place where the evidence begins, or the text. */
	function goToEvidence(text) {
		const first = text.querySelector("mark")?.firstChild ?? text.firstChild;
		if (first) getSelection()?.collapse(first.nodeType === Node.TEXT_NODE ? first : first.firstChild ?? text, 0);
	}
	// src/review.ts
	/** Taking words: mark first and press the button, or press the button first and mark then. */
	function taking({ desk, form, text }) {
		let armed = null;
		function arm(button) {
			armed?.classList.remove("armed");
			armed = button;
			desk.classList.toggle("picking", button !== null);
			button?.classList.add("armed");
			if (button) say("Mark the words in the text");
		}
		/** Whether words were marked. */
		function take(button) {
			const found = marked(text);
			if (!found) return false;
			if (took(form, button, found)) {
				arm(null);
				getSelection()?.removeAllRanges();
				say(`Took “${found.words.slice(0, 80)}”`);
			} else say("These words are evidence already");
			return true;
		}
		document.addEventListener("click", (event) => {
			const button = around(event, "[data-take]");
			if (button && !take(button)) arm(armed === button ? null : button);
		});
		document.addEventListener("mousedown", (event) => {
			if (around(event, "[data-take], [data-missed]")) event.preventDefault();
		});
		text.addEventListener("mouseup", () => {
			if (armed) take(armed);
		});
		return {
			arm,
			armed: () => armed,
			take
		};
	}
	/** Words by keys: arrows move a place in the text, Shift marks, Enter takes. Gives what leads into the text. */
	function markingByKeys({ form, text }, { arm, armed, take }) {
		let last = null;
		document.addEventListener("focusin", (event) => {
			if (event.target instanceof HTMLElement && form.contains(event.target)) last = event.target;
		});
		text.addEventListener("keydown", (event) => {
			const button = armed();
			if (moved(event)) event.preventDefault();
			else if (event.key === "Enter" && button && take(button)) {
				event.preventDefault();
				event.stopPropagation();
				last?.focus();
			} else if (event.key === "Escape") {
				arm(null);
				last?.focus();
			}
		});
		return () => {
			const near = last?.closest(".rv-with, section, [data-party]")?.querySelector("[data-take]");
			arm(near ?? form.querySelector("[data-take='evidence']"));
			text.focus();
			goToEvidence(text);
		};
	}
	/** The link to add a missed event bears the words that are marked. */
	function missedEvent(text) {
		const missed = document.querySelector("[data-missed]");
		missed?.addEventListener("click", () => {
			const found = marked(text);
			if (!found) return;
			const address = new URL(missed.href);
			address.searchParams.set("start", String(found.start));
			address.searchParams.set("end", String(found.end));
			missed.href = address.href;
		});
		return missed;
	}
	/** Keys within a field: Enter sends nothing but a note, Escape leaves. */
	function inField(event, form) {
		const note = around(event, "[data-note]");
		if (event.key === "Escape") event.target.blur();
		if (event.key !== "Enter" || !around(event, "input")) return;
		event.preventDefault();
		if (note) form.querySelector("[data-note-only]")?.click();
	}
	function listen({ form, text }, enterText) {
		const missed = missedEvent(text);
		const acts = {
			e: () => form.querySelector("[data-type]")?.focus(),
			n: () => form.querySelector("[data-note]")?.focus(),
			m: () => missed?.click(),
			x: enterText
		};
		for (const key of "aruswzd") acts[key] = () => document.querySelector(`[data-key="${key}"]`)?.click();
		document.addEventListener("keydown", (event) => {
			if (modified(event) || event.repeat || document.querySelector("dialog[open]")) return;
			if (typing(event)) return inField(event, form);
			const act = acts[event.key];
			if (!act) return;
			event.preventDefault();
			event.stopImmediatePropagation();
			act();
		}, true);
		const keys = document.querySelector("#rv-keys"), list = document.querySelector("#keys dl");
		if (keys && list) list.prepend(keys.content.cloneNode(true));
	}
	/** The evidence is what a reviewer looks at first. */
	function showEvidence(text) {
		const evidence = text.querySelector("mark");
		if (evidence && evidence.getBoundingClientRect().top > .75 * innerHeight) evidence.scrollIntoView({ block: "center" });
	}
	function begin() {
		const desk = document.querySelector("[data-desk]");
		const form = document.querySelector("[data-form]");
		const text = document.getElementById("rv-text");
		if (!desk || !form || !text) return;
		const all = {
			desk,
			form,
			text
		};
		watchChanges(form);
		watchType(form);
		watchRows(form);
		listen(all, markingByKeys(all, taking(all)));
		showEvidence(text);
	}
	begin();
})();
