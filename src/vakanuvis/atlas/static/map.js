// The map is moved by dragging, by the keys + − and arrows, and by its links; the time brush by dragging and by its two
// handles. Without scripts the links and the two lists of months do the same.

export function start() {
  world(document.querySelector("[data-world]"));
  brush(document.querySelector("[data-brush]"));
}

// ---------------------------------------------------------------- the map

const WIDTH = 1000, HEIGHT = 487, NARROWEST = 10, NEAR = 260;

function world(figure) {
  if (!figure) return;
  const svg = figure.querySelector("svg");
  const spots = [...svg.querySelectorAll(".spot")];
  const links = new Map([...figure.querySelectorAll("[data-move]")].map((link) => [link.dataset.move, link]));
  const hint = figure.querySelector(".hint");
  hint.textContent = hint.dataset.hint;
  let { x, y, width } = svg.viewBox.baseVal;
  const first = width;
  const radii = spots.map((spot) => Number(spot.getAttribute("r")));
  let noted = 0;

  const between = (value, low, high) => Math.min(Math.max(value, low), high);

  function look(left, top, wide) {
    width = between(wide, NARROWEST, WIDTH);
    x = between(left, 0, WIDTH - width);
    y = between(top, 0, HEIGHT - width * HEIGHT / WIDTH);
    svg.setAttribute("viewBox", [x, y, width, width * HEIGHT / WIDTH].join(" "));
    spots.forEach((spot, i) => spot.setAttribute("r", radii[i] * width / first));
    for (const shape of svg.querySelectorAll("[data-near]")) if (width < NEAR) shape.setAttribute("href", shape.dataset.near);
    svg.querySelector(".borders").setAttribute("stroke-width", 0.7 * width / WIDTH);
    for (const [name, link] of links) possible(link, !(name === "in" && width === NARROWEST) && !(name === "out" && width === WIDTH));
    clearTimeout(noted);
    noted = setTimeout(note, 300);
  }

  function possible(link, is) {
    if (is) { link.setAttribute("href", link.getAttribute("href") ?? "#"); link.removeAttribute("aria-disabled"); link.removeAttribute("role"); }
    else { link.removeAttribute("href"); link.setAttribute("aria-disabled", "true"); link.setAttribute("role", "link"); }
  }

  function note() {
    const url = new URL(location);
    const middle = [x + width / 2, y + width * HEIGHT / WIDTH / 2, width].map((value) => value.toFixed(1));
    url.searchParams.set("view", middle.join("_"));
    history.replaceState(null, "", url);
  }

  function nearer(by, [px, py] = [0.5, 0.5]) {
    const wide = between(width / by, NARROWEST, WIDTH);
    look(x + (width - wide) * px, y + (width - wide) * HEIGHT / WIDTH * py, wide);
  }

  const steps = {
    in: () => nearer(2), out: () => nearer(0.5),
    left: () => look(x - width / 4, y, width), right: () => look(x + width / 4, y, width),
    up: () => look(x, y - width * HEIGHT / WIDTH / 4, width), down: () => look(x, y + width * HEIGHT / WIDTH / 4, width),
  };
  const keys = { "+": "in", "=": "in", "-": "out", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

  for (const [name, link] of links) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (link.hasAttribute("href")) steps[name]();
    });
  }
  figure.addEventListener("keydown", (event) => {
    const step = keys[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    steps[step]();
  });

  const share = (event) => {
    const box = svg.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  svg.addEventListener("dblclick", (event) => { event.preventDefault(); nearer(2, share(event)); });
  // Only with Ctrl, which a pinch on a touchpad sends as well: the page must scroll past the map.
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    nearer(Math.exp(-event.deltaY / 200), share(event));
  }, { passive: false });

  let from = null, dragged = false;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    from = { at: share(event), x, y, on: [event.clientX, event.clientY] };
    dragged = false;
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    if (!dragged) {
      if (Math.hypot(event.clientX - from.on[0], event.clientY - from.on[1]) < 5) return;
      dragged = true;
      svg.setPointerCapture(event.pointerId);
      svg.classList.add("dragged");
    }
    const [px, py] = share(event);
    look(from.x + (from.at[0] - px) * width, from.y + (from.at[1] - py) * width * HEIGHT / WIDTH, width);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    svg.addEventListener(end, () => { from = null; svg.classList.remove("dragged"); });
  }
  svg.addEventListener("click", (event) => { if (dragged) event.preventDefault(); dragged = false; }, true);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
}

// ---------------------------------------------------------------- the brush

let shown = null; // the time that the map shows; only the last one that was chosen counts

function brush(figure, focused = null) {
  if (!figure) return;
  const svg = figure.querySelector("svg");
  const months = [...svg.querySelectorAll(".month")];
  figure.querySelector(".hint").textContent = figure.dataset.hint;
  figure.dataset.ready = "";
  const chosen = months.flatMap((month, i) => (month.classList.contains("in") ? [i] : []));
  const ends = [chosen[0] ?? 0, chosen.at(-1) ?? months.length - 1];
  let held = null, later = 0;

  const handles = ["from", "to"].map((name, side) => {
    const handle = document.createElement("div");
    handle.className = `handle ${name}`;
    handle.tabIndex = 0;
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-label", figure.dataset[name]);
    handle.setAttribute("aria-valuemin", 0);
    handle.setAttribute("aria-valuemax", months.length - 1);
    handle.addEventListener("keydown", (event) => {
      const to = {
        ArrowLeft: ends[side] - 1, ArrowDown: ends[side] - 1, ArrowRight: ends[side] + 1, ArrowUp: ends[side] + 1,
        PageDown: ends[side] - 12, PageUp: ends[side] + 12, Home: 0, End: months.length - 1,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      ends[side] = Math.min(Math.max(to, side ? ends[0] : 0), side ? months.length - 1 : ends[1]);
      light();
      clearTimeout(later);
      later = setTimeout(() => show(...named(), name), 500);
    });
    figure.querySelector(".months").append(handle);
    return handle;
  });

  const named = () => [
    ends[0] === 0 ? "" : months[ends[0]].dataset.month,
    ends[1] === months.length - 1 ? "" : months[ends[1]].dataset.month,
  ];
  function light() {
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    months.forEach((month, i) => month.classList.toggle("in", low <= i && i <= high));
    handles.forEach((handle, side) => {
      const at = side ? high : low;
      handle.setAttribute("aria-valuenow", at);
      handle.setAttribute("aria-valuetext", months[at].dataset.name);
      handle.style.left = `${(at + side) / months.length * 100}%`;
    });
  }
  light();
  if (focused) handles[focused === "to" ? 1 : 0].focus();

  const at = (event) => {
    const box = svg.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.min(months.length - 1, Math.max(0, Math.floor(share * months.length)));
  };
  svg.addEventListener("pointerdown", (event) => {
    held = at(event);
    ends[0] = ends[1] = held;
    svg.setPointerCapture(event.pointerId);
    light();
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => {
    if (held === null) return;
    [ends[0], ends[1]] = [Math.min(held, at(event)), Math.max(held, at(event))];
    light();
  });
  svg.addEventListener("pointerup", () => {
    if (held === null) return;
    held = null;
    show(months[ends[0]].dataset.month, months[ends[1]].dataset.month);
  });
  figure.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    show(event.target.elements.since.value, event.target.elements.until.value);
  });
}

async function show(since, until, focused = null) {
  const url = new URL(location);
  for (const [name, value] of [["since", since], ["until", until]]) {
    if (value) url.searchParams.set(name, value); else url.searchParams.delete(name);
  }
  shown = url.href;
  const body = document.querySelector("[data-map]");
  body.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (shown !== url.href) return;
    document.querySelector("[data-map]").replaceWith(page.querySelector("[data-map]"));
    history.replaceState(null, "", url);
    world(document.querySelector("[data-world]"));
    brush(document.querySelector("[data-brush]"), focused);
  } catch {
    location.assign(url);
  }
}
