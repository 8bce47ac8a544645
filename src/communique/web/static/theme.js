// Built from web/src/theme.ts by `make web`; change that file, not this one.
"use strict";
(function() {
	// src/page.ts
	/** The nearest element around the target of an event that a selector fits. */
	function around(event, selector) {
		return event.target instanceof Element ? event.target.closest(selector) : null;
	}
	/** Whether the target of an event takes what is typed. */
	function typing(event) {
		return around(event, "input, textarea, select, [contenteditable]") !== null;
	}
	/** Whether a key is pressed together with one that makes it the browser's. */
	function modified(event) {
		return event.ctrlKey || event.metaKey || event.altKey;
	}
	// src/early.ts
	function keepEarlyKeys() {
		const pressed = [];
		const keep = (event) => {
			const own = event.key === "Enter" && event.target !== document.body;
			if (!modified(event) && !event.repeat && !typing(event) && !own) pressed.push(event);
		};
		document.addEventListener("keydown", keep, true);
		document.addEventListener("DOMContentLoaded", () => {
			document.removeEventListener("keydown", keep, true);
			for (const { key, shiftKey, defaultPrevented } of pressed) {
				if (defaultPrevented) continue;
				(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", {
					key,
					shiftKey,
					bubbles: true,
					cancelable: true
				}));
			}
		});
	}
	// src/theme.ts
	document.documentElement.classList.add("js");
	try {
		const theme = localStorage.getItem("theme");
		if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
	} catch {}
	keepEarlyKeys();
})();
