// Keys on the change that has the focus: J and K go on and back, A takes it, L refuses it.
"use strict";

const changes = [...document.querySelectorAll(".aenderung")];
const kuerzel = (() => { try { return localStorage.getItem("kuerzel") ?? ""; } catch { return ""; } })();
for (const field of document.querySelectorAll('input[name="kuerzel"]')) field.value = kuerzel;
const single = () => { try { return (localStorage.getItem("tasten") ?? "an") === "an"; } catch { return true; } };
const open = changes.find((each) => each.querySelector("[data-taste]"));
open?.focus({ preventScroll: false });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select") || !single()) return;
  const here = changes.indexOf(document.activeElement.closest(".aenderung")), key = event.key.toLowerCase();
  if (key === "j" || key === "k") { changes[here + (key === "j" ? 1 : -1)]?.focus(); event.preventDefault(); return; }
  const button = changes[here]?.querySelector(`[data-taste="${CSS.escape(key)}"]`);
  if (button) { button.click(); event.preventDefault(); }
});
