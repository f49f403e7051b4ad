// What pages can do better with scripts; each of them works without. Nothing here is needed to file, answer or decide.
"use strict";
document.addEventListener("htmx:afterSettle", () => {
  const problem = document.querySelector(".problem, .done");
  if (problem) problem.scrollIntoView({ block: "nearest" });
});
