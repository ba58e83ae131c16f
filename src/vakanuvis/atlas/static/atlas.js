// What every page has; what only some need is loaded where it is needed.

const theme = document.querySelector(".theme");
theme.hidden = false;
theme.addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("vakanuvis-theme", root.dataset.theme); } catch { /* It holds for this page only. */ }
  document.dispatchEvent(new Event("themechange"));
});

// Fields left empty do not belong into an address that is shared.
addEventListener("submit", (event) => {
  if (event.target.method !== "get") return;
  for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
});
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form[method=get] :disabled, form:not([method]) :disabled")) field.disabled = false;
});

const parts = [
  ["[data-marked]", "./marks.js"],
  ["[data-chart]", "./charts.js"],
  ["[data-map]", "./map.js"],
  ["[data-network]", "./network.js"],
  ["[data-read]", "./read.js"],
];
for (const [selector, module] of parts) {
  if (document.querySelector(selector)) import(module).then((loaded) => loaded.start(document));
}
