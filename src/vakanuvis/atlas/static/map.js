// The time brush: drag over the months and the map shows that time. Without scripts the two lists below do the same.

export function start() {
  brush(document.querySelector("[data-brush]"));
}

function brush(figure) {
  if (!figure) return;
  const svg = figure.querySelector("svg");
  const months = [...svg.querySelectorAll(".month")];
  figure.querySelector(".hint").textContent = figure.dataset.hint;
  figure.dataset.ready = "";
  let first = null, last = null;

  const at = (event) => {
    const box = svg.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.min(months.length - 1, Math.max(0, Math.floor(share * months.length)));
  };
  const light = () => {
    const [low, high] = [Math.min(first, last), Math.max(first, last)];
    months.forEach((month, i) => month.classList.toggle("in", low <= i && i <= high));
  };
  svg.addEventListener("pointerdown", (event) => {
    first = last = at(event);
    svg.setPointerCapture(event.pointerId);
    light();
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => {
    if (first === null) return;
    last = at(event);
    light();
  });
  svg.addEventListener("pointerup", () => {
    if (first === null) return;
    const [low, high] = [Math.min(first, last), Math.max(first, last)];
    first = null;
    show(months[low].dataset.month, months[high].dataset.month);
  });
  figure.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    show(event.target.elements.since.value, event.target.elements.until.value);
  });
}

async function show(since, until) {
  const url = new URL(location);
  for (const [name, value] of [["since", since], ["until", until]]) {
    if (value) url.searchParams.set(name, value); else url.searchParams.delete(name);
  }
  const body = document.querySelector("[data-map]");
  body.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    body.replaceWith(page.querySelector("[data-map]"));
    history.replaceState(null, "", url);
    brush(document.querySelector("[data-brush]"));
  } catch {
    location.assign(url);
  }
}
