// Charts: drawn when they come into view, by Vega with an interpreter that needs no eval.

const WIDEST = 900; // pixels
let vega = null;

function theme() {
  const chosen = document.documentElement.dataset.theme;
  return chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

async function draw(figure) {
  const place = figure.querySelector(".drawing");
  const note = figure.querySelector(".note");
  note.textContent = note.dataset.loading;
  note.hidden = false;
  figure.dataset.busy = "";
  try {
    vega ??= import("./vega/vega.js");
    const url = new URL(figure.dataset.chart, location);
    url.searchParams.set("theme", theme());
    url.searchParams.set("words", document.documentElement.lang);
    url.searchParams.set("format", "json");
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(answer.statusText);
    const [{ embed, expressionInterpreter }, specification] = [await vega, await answer.json()];
    specification.config.background = "transparent";
    delete specification.title; // The page has one.
    specification.padding = { left: 2, top: 5, bottom: 5, right: 22 }; // The last label of an axis reaches beyond it.
    fit(specification, place.clientWidth);
    if (place.clientWidth < 520) specification.config.legend = { ...specification.config.legend, columns: 2 };
    await embed(place, specification, {
      actions: false, ast: true, expr: expressionInterpreter, renderer: "svg", defaultStyle: false, tooltip: false, logLevel: 1,
    });
    describe(place, figure.querySelector("figcaption").textContent);
    note.hidden = true;
  } catch {
    note.textContent = note.dataset.failed;
  }
  delete figure.dataset.busy;
}

// A chart is drawn as wide as its place, not made larger or smaller: its letters must be read.
function fit(chart, room) {
  if (chart.vconcat) {
    for (const part of chart.vconcat) fit(part, room - 70); // beside the axis
  } else if (chart.layer && !chart.width) {
    for (const part of chart.layer) fit(part, room);
  } else if (typeof chart.width === "number") {
    chart.width = Math.min(Math.max(room, 120), WIDEST);
    chart.autosize = { type: "fit-x", contains: "padding" };
  }
}

// To a screen reader the chart is one picture with its caption; its numbers are in the table.
function describe(place, caption) {
  for (const name of ["role", "aria-roledescription", "aria-label"]) {
    for (const part of place.querySelectorAll(`[${name}]`)) part.removeAttribute(name);
    place.removeAttribute(name);
  }
  const svg = place.querySelector("svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", caption);
}

export function start(root) {
  const figures = [...root.querySelectorAll("[data-chart]")];
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "200px" });
  for (const figure of figures) seen.observe(figure);
  const again = () => figures.filter((figure) => figure.querySelector("svg")).forEach(draw);
  document.addEventListener("themechange", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
}
