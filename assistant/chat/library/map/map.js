/* The map of the papers: titles on hover, arrow keys between papers, and a rectangle drawn with the
   mouse that selects papers. It sends the same events as the table. */
const MAX_DISTANCE = 18; /* screen pixels between a click and the point that it opens */
let dragStart = null;
let currentId = null;

const map = () => element.querySelector("svg");
const points = () => [...element.querySelectorAll("circle")];
const center = (point) => [point.cx.baseVal.value, point.cy.baseVal.value];

const position = (event) => {
  const matrix = map().getScreenCTM().inverse();
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
  return [x, y];
};

const nearest = (event) => {
  const [x, y] = position(event);
  const scale = map().getScreenCTM().a;
  let best = null;
  let least = MAX_DISTANCE / scale;
  for (const point of points()) {
    const [px, py] = center(point);
    const distance = Math.hypot(px - x, py - y);
    if (distance < least) [best, least] = [point, distance];
  }
  return best;
};

const showTip = (point) => {
  const tip = element.querySelector(".tip");
  element.querySelectorAll("circle.hovered").forEach((one) => one.classList.remove("hovered"));
  tip.hidden = !point;
  if (!point) return;
  point.classList.add("hovered");
  tip.textContent = point.getAttribute("aria-label");
  const figure = tip.parentElement.getBoundingClientRect();
  const box = point.getBoundingClientRect();
  const left = box.left - figure.left + box.width / 2 - tip.offsetWidth / 2;
  tip.style.left = `${Math.max(4, Math.min(left, figure.width - tip.offsetWidth - 4))}px`;
  const above = box.top - figure.top - tip.offsetHeight - 8;
  tip.style.top = `${above > 0 ? above : box.bottom - figure.top + 8}px`;
};

const open = (point) => {
  currentId = point.dataset.id;
  trigger("click", { action: "open", id: currentId });
};

/* One point is in the tab order; the arrow keys move on from it. */
const setTabStop = () => {
  const all = points();
  if (!all.length || all.some((point) => point.tabIndex === 0)) return;
  (all.find((point) => point.dataset.id === currentId) ?? all[0]).setAttribute("tabindex", "0");
};

const moveFocus = (from, [dx, dy]) => {
  const [x, y] = center(from);
  let best = null;
  let least = Infinity;
  for (const point of points()) {
    const [px, py] = center(point);
    const ahead = (px - x) * dx + (py - y) * dy;
    const aside = Math.abs((px - x) * dy - (py - y) * dx);
    if (point === from || ahead <= 0 || aside > 2 * ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [point, cost];
  }
  if (!best) return;
  from.setAttribute("tabindex", "-1");
  best.setAttribute("tabindex", "0");
  currentId = best.dataset.id;
  best.focus();
};

const drawLasso = (event) => {
  const [x, y] = position(event);
  const lasso = element.querySelector("rect.lasso");
  const sides = [Math.min(x, dragStart[0]), Math.min(y, dragStart[1])];
  const sizes = [Math.abs(x - dragStart[0]), Math.abs(y - dragStart[1])];
  ["x", "y"].forEach((name, i) => lasso.setAttribute(name, sides[i]));
  ["width", "height"].forEach((name, i) => lasso.setAttribute(name, sizes[i]));
  return [sides, sizes];
};

element.addEventListener("pointerdown", (event) => {
  /* The figure, because the rounded corners are not part of the svg. */
  if (!event.target.closest("figure.map") || event.button !== 0) return;
  if (event.pointerType === "touch") return;
  event.preventDefault();
  dragStart = position(event);
  map().setPointerCapture(event.pointerId);
});

element.addEventListener("pointermove", (event) => {
  if (!map()) return;
  if (dragStart) {
    showTip(null);
    drawLasso(event);
  } else showTip(event.target.closest("svg") ? nearest(event) : null);
});

element.addEventListener("pointerup", (event) => {
  if (!dragStart) return;
  const [[left, top], [width, height]] = drawLasso(event);
  ["width", "height"].forEach((name) => element.querySelector("rect.lasso").setAttribute(name, 0));
  dragStart = null;
  if (Math.max(width, height) < 6) return;
  const inside = points().filter((point) => {
    const [x, y] = center(point);
    return x >= left && x <= left + width && y >= top && y <= top + height;
  });
  /* The click that ends a drag opens no paper. */
  element.dataset.dragged = "yes";
  setTimeout(() => delete element.dataset.dragged, 100);
  trigger("select", { ids: inside.map((point) => point.dataset.id), selected: true });
});

element.addEventListener("pointerleave", () => map() && !dragStart && showTip(null));

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-action]");
  if (button) return trigger("click", { ...button.dataset });
  if (element.dataset.dragged) return;
  const point = event.target.closest("svg") && nearest(event);
  if (point) open(point);
});

element.addEventListener("keydown", (event) => {
  const point = event.target.closest("circle");
  if (!point) return;
  const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (directions[event.key]) moveFocus(point, directions[event.key]);
  else if (event.key === "Enter" || event.key === " ") open(point);
  else return;
  event.preventDefault();
});

element.addEventListener("focusin", (event) => {
  const point = event.target.closest("circle");
  if (point) showTip(point);
});
element.addEventListener("focusout", () => map() && showTip(null));

watch("value", setTabStop);
setTabStop();
