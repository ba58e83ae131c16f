// Point at a mark, or reach it by the keyboard, and its record shows beside it; go to it, and it is lit in the margin.

export function start(root) {
  for (const text of root.querySelectorAll("[data-marked]")) attach(text);
}

function attach(text) {
  let card = null;
  const record = (mark) => document.getElementById(decodeURIComponent(mark.hash.slice(1)));

  function show(mark) {
    hide();
    const found = record(mark);
    if (!found) return;
    found.classList.add("lit");
    mark.classList.add("lit");
    card = document.createElement("div");
    card.className = "card";
    const doubt = mark.dataset.finding && document.getElementById(mark.dataset.finding);
    for (const shown of new Set([found, doubt])) {
      if (!shown) continue;
      const copy = shown.cloneNode(true);
      copy.removeAttribute("id");
      copy.classList.remove("lit");
      card.append(copy);
    }
    document.body.append(card);
    const at = mark.getClientRects()[0];
    const left = Math.min(at.left, document.documentElement.clientWidth - card.offsetWidth - 8);
    const below = at.bottom + 6 + card.offsetHeight < innerHeight || at.top < card.offsetHeight + 12;
    const top = below ? at.bottom + 6 : at.top - card.offsetHeight - 6;
    card.style.left = `${Math.max(8, left) + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
    card.addEventListener("mouseleave", hide);
  }

  function hide() {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    card?.remove();
    card = null;
  }

  text.addEventListener("mouseover", (event) => {
    const mark = event.target.closest("a.mark");
    if (mark) show(mark);
  });
  text.addEventListener("mouseout", (event) => {
    if (!card?.contains(event.relatedTarget)) hide();
  });
  text.addEventListener("focusin", (event) => {
    const mark = event.target.closest("a.mark");
    if (mark?.matches(":focus-visible")) show(mark);
  });
  text.addEventListener("focusout", hide);
  text.addEventListener("click", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}
