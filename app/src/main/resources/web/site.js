// What pages can do better with scripts; each of them works without. Nothing here is needed to file, answer or decide.
"use strict";
document.addEventListener("htmx:afterSettle", () => {
  const problem = document.querySelector(".problem, .done");
  if (problem) problem.scrollIntoView({ block: "nearest" });
});

// One press ticks, or unticks, every box of a form.
const offer = () => document.querySelectorAll("[data-all]").forEach((it) => { it.hidden = false; });
document.addEventListener("DOMContentLoaded", offer);
document.addEventListener("htmx:afterSettle", offer);
document.addEventListener("click", (event) => {
  const all = event.target.closest("[data-all]");
  if (!all) return;
  const boxes = [...all.form.querySelectorAll("input[type=checkbox]")];
  const tick = boxes.some((it) => !it.checked);
  boxes.forEach((it) => { it.checked = tick; });
});
