// Point at a node, or reach it by the keyboard, and only what it is linked with stays bright.

export function start(root) {
  const svg = root.querySelector("[data-network]");
  const nodes = [...svg.querySelectorAll("[data-node]")];
  const links = [...svg.querySelectorAll("line")];

  function show(name) {
    const near = new Set([name]);
    for (const { dataset: { a, b } } of links) {
      if (a === name) near.add(b);
      if (b === name) near.add(a);
    }
    for (const link of links) link.classList.toggle("dim", name !== null && link.dataset.a !== name && link.dataset.b !== name);
    for (const node of nodes) node.classList.toggle("dim", name !== null && !near.has(node.dataset.node));
  }

  for (const node of nodes) {
    for (const begin of ["mouseenter", "focus"]) node.addEventListener(begin, () => show(node.dataset.node));
    for (const end of ["mouseleave", "blur"]) node.addEventListener(end, () => show(null));
  }
}
