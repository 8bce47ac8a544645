// Before anything is drawn: the chosen light or dark, that scripts run, and that no key is lost.
import { keepEarlyKeys } from "./early.ts";

document.documentElement.classList.add("js");
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* without storage the system decides */ }
keepEarlyKeys();
